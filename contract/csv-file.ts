import { z } from 'zod'

/** A CSV file (RFC 4180, UTF-8 with byte order mark, first line names the columns), sent as it is made. */
export const csvFile = z.custom<AsyncIterable<string>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
)

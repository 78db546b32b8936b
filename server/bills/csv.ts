import { stringify } from 'csv-stringify/sync'

/** A value of a CSV field; null is an empty field. */
export type CsvValue = string | number | null

const byteOrderMark = '\uFEFF'

/**
 * Lines of CSV as RFC 4180 has them. What people typed is never taken for a formula by a spreadsheet: texts that begin like one
 * get an apostrophe. Numbers, also those kept as text, stay as they are.
 */
export function csvLines(rows: readonly (readonly CsvValue[])[]): string {
  return stringify(
    rows.map((row) => row.map(harmless)),
    { record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  )
}

function harmless(value: CsvValue): CsvValue {
  if (typeof value !== 'string' || /^-?\d+(\.\d+)?$/.test(value)) return value
  return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
}

/** A whole file, page by page as its rows are read: a byte order mark, the names of the columns, the rows. */
export async function* csvFile(
  columns: readonly string[],
  pages: AsyncIterable<readonly (readonly CsvValue[])[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + csvLines([columns])
  for await (const page of pages) if (page.length > 0) yield csvLines(page)
}

import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import { usageLimits, usageMediaTypes } from '../../contract/metering.ts'
import { Problem } from '../../contract/problems.ts'

const unzip = promisify(gunzip)

/**
 * The events of a body that is one JSON text, unread: decompressed, one value per event. A body that is not right is refused whole; a
 * stream of lines is read by `readUsageLines`. Throws `media_type_unsupported`, `body_too_large`, `body_unreadable`, `too_many_events`.
 */
export async function readUsageBody(
  body: Buffer,
  contentType: string | undefined,
  encoding: string | undefined,
): Promise<unknown[]> {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!(usageMediaTypes as readonly string[]).includes(mediaType))
    throw new Problem('media_type_unsupported', { allowed: usageMediaTypes.join(', ') })
  const text = (await decode(body, encoding)).toString('utf8')
  const events = readJson(text, mediaType)
  if (events.length > usageLimits.eventsPerCall)
    throw new Problem('too_many_events', { max: usageLimits.eventsPerCall })
  return events
}

async function decode(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  switch (encoding) {
    case undefined:
    case '':
    case 'identity':
      return body
    case 'gzip':
    case 'x-gzip':
      return unzip(body, { maxOutputLength: usageLimits.bytesPerCall }).catch((error: unknown) => {
        const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
        throw tooLarge ? new Problem('body_too_large') : new Problem('body_unreadable', { reason: 'gzip' })
      })
    case 'zstd':
      return unzstd(body)
    default:
      throw new Problem('media_type_unsupported', { allowed: 'gzip, zstd' })
  }
}

/** Block by block, so that a small body cannot unfold into a large one. */
function unzstd(body: Buffer): Buffer {
  const parts: Uint8Array[] = []
  let bytes = 0
  const stream = new Decompress((part) => {
    bytes += part.length
    if (bytes > usageLimits.bytesPerCall) throw new Problem('body_too_large')
    parts.push(part)
  })
  try {
    stream.push(body, true)
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('body_unreadable', { reason: 'zstd' })
  }
  return Buffer.concat(parts)
}

function readJson(text: string, mediaType: string): unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Problem('body_unreadable', { reason: 'JSON' })
  }
  const list = Array.isArray(value)
  if (mediaType === 'application/cloudevents-batch+json' && !list)
    throw new Problem('body_unreadable', { reason: 'a batch is a JSON array' })
  if (mediaType === 'application/cloudevents+json' && list)
    throw new Problem('body_unreadable', {
      reason: 'one event is a JSON object; use application/cloudevents-batch+json',
    })
  return Array.isArray(value) ? (value as unknown[]) : [value]
}

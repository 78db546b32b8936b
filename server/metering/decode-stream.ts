import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import { Problem } from '../../contract/problems.ts'

/** Bytes of zstd unfolded at once: the most its format can make of them (128 KiB of every 4) still fits into memory easily. */
const zstdBytesAtOnce = 512

/**
 * The bytes of a body as it arrives, decompressed; never more of it in memory than a few chunks. Throws `media_type_unsupported` for an
 * encoding that is not known, and `stream_broken` where the body ends too early or is not what it says. Whoever stops reading leaves
 * the body open, so that an answer can still be sent.
 */
export async function* decodeStream(body: Readable, encoding: string | undefined): AsyncGenerator<Uint8Array> {
  const decoder = decoderOf(encoding)
  try {
    yield* decoder(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>)
  } catch (error) {
    const gone = body.destroyed && !body.readableEnded
    throw gone ? new Problem('stream_broken', { reason: 'connection' }) : error
  }
}

type Decoder = (chunks: AsyncIterable<Buffer>) => AsyncIterable<Uint8Array>

function decoderOf(encoding: string | undefined): Decoder {
  switch (encoding) {
    case undefined:
    case '':
    case 'identity':
      return (chunks) => chunks
    case 'gzip':
    case 'x-gzip':
      return gunzip
    case 'zstd':
      return unzstd
    default:
      throw new Problem('media_type_unsupported', { allowed: 'gzip, zstd' })
  }
}

async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  // An error of either end arrives where the other is read.
  const unzipped = pipeline(chunks, createGunzip(), () => {})
  try {
    yield* unzipped as AsyncIterable<Buffer>
  } catch (error) {
    throw isZlib(error) ? new Problem('stream_broken', { reason: 'gzip' }) : error
  }
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  const stream = new Decompress((part) => parts.push(part))
  const push = (bytes: Uint8Array, last = false) => {
    parts = []
    try {
      stream.push(bytes, last)
    } catch {
      throw new Problem('stream_broken', { reason: 'zstd' })
    }
    return parts
  }
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += zstdBytesAtOnce) yield* push(chunk.subarray(at, at + zstdBytesAtOnce))
  }
  yield* push(new Uint8Array(), true)
}

import { StringDecoder } from 'node:string_decoder'
import { usageLimits } from '../../contract/metering.ts'

/** Stands for a line that is no JSON; no JSON text yields it. */
export const notJson = Symbol('not JSON')
/** Stands for a line that is longer than a line may be. */
export const tooLong = Symbol('too long')

/**
 * One value per line that is not empty, as the bytes arrive. A line that is no JSON, or is too long, is one broken event; of a line
 * that is too long no more is kept than a line may have.
 */
export async function* readUsageLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new StringDecoder('utf8')
  let begun = ''
  let skipping = false
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)).split('\n')
    if (!skipping) begun += first
    for (const next of others) {
      if (skipping) yield tooLong
      else if (begun.trim() !== '') yield readLine(begun)
      skipping = false
      begun = next
    }
    if (begun.length > usageLimits.charactersPerLine) {
      skipping = true
      begun = ''
    }
  }
  if (skipping) yield tooLong
  else if (begun.trim() !== '') yield readLine(begun)
}

function readLine(line: string): unknown {
  if (line.length > usageLimits.charactersPerLine) return tooLong
  try {
    return JSON.parse(line) as unknown
  } catch {
    return notJson
  }
}

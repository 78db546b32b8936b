/** A zstd frame with its content in raw blocks of at most 100,000 bytes: RFC 8878 §3.1.1. */
export function zstdOf(text: string): Buffer {
  const content = Buffer.from(text)
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0])
  header.writeUInt32LE(content.length, 5)
  const parts = [header]
  for (let at = 0; at < content.length; at += blockBytes) {
    const part = content.subarray(at, at + blockBytes)
    const last = at + blockBytes >= content.length ? 1 : 0
    const block = Buffer.alloc(3)
    block.writeUIntLE((part.length << 3) | last, 0, 3)
    parts.push(block, part)
  }
  return Buffer.concat(parts)
}

const blockBytes = 100_000

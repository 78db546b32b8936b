import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, sha256 } from './canonical.ts'

const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { noNullPrototype: true },
    ),
  ),
}))

function shuffled(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(shuffled)
  if (input === null || typeof input !== 'object') return input
  return Object.fromEntries(
    Object.entries(input)
      .toReversed()
      .map(([key, entry]) => [key, shuffled(entry)]),
  )
}

describe('canonical bytes', () => {
  it('are the same for the same value, in whatever order it was put together, and say the value', () => {
    fc.assert(
      fc.property(value, (input) => {
        const text = canonicalJson(input)
        expect(canonicalJson(shuffled(input))).toBe(text)
        expect(JSON.parse(text)).toEqual(input)
      }),
      { numRuns: 1000 },
    )
  })

  it('are stable across releases: this hash is written down', () => {
    expect(canonicalJson({ b: [1, '2', null], a: { d: false, c: '观测' } })).toBe(
      '{"a":{"c":"观测","d":false},"b":[1,"2",null]}',
    )
    expect(sha256(canonicalJson({ b: 1, a: '13.40' }))).toBe(
      '012dcd3ccec51e97c968e2967711f8065c47357b145aa7ecb919e18af1f07991',
    )
  })

  it('do not exist for what a double cannot say exactly', () => {
    expect(() => canonicalJson(0.1)).toThrow('write it as decimal text')
    expect(() => canonicalJson(2 ** 53)).toThrow('write it as decimal text')
    expect(() => canonicalJson(Number.NaN)).toThrow('write it as decimal text')
    expect(() => canonicalJson(new Date(0))).toThrow('has no canonical text')
    expect(() => canonicalJson({ a: undefined })).toThrow('has no canonical text')
  })
})

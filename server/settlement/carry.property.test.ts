import fc from 'fast-check'
import { expect, test } from 'vitest'
import { missingFrom, takeWholeUnits } from './carry.ts'

/* An oracle of its own: everything counted in trillionths, as bigint. */
const places = 1_000_000_000_000n
const toCount = (text: string) => {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.')
  const count = BigInt(whole) * places + BigInt(fraction.padEnd(12, '0'))
  return text.startsWith('-') ? -count : count
}
const quantity = fc
  .tuple(fc.bigInt(-(10n ** 15n), 10n ** 18n), fc.integer({ min: 0, max: 12 }))
  .map(([digits, decimals]) => decimalFrom(digits, decimals))
const unit = fc
  .tuple(fc.bigInt(1n, 10n ** 9n), fc.integer({ min: 0, max: 6 }))
  .map(([digits, decimals]) => decimalFrom(digits, decimals))

function decimalFrom(digits: bigint, decimals: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0')
  const whole = text.slice(0, text.length - decimals)
  const fraction = text.slice(text.length - decimals).replace(/0+$/, '')
  return `${digits < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

test('over any sequence of periods, what was reported and what is carried is all that was measured', () => {
  fc.assert(
    fc.property(fc.array(quantity, { maxLength: 30 }), unit, (measured, size) => {
      let carried = '0'
      let reported = 0n
      for (const each of measured) {
        const { units, carriedOut } = takeWholeUnits({ carriedIn: carried, measured: each, unit: size })
        expect(units).toMatch(/^\d+$/)
        expect(toCount(carriedOut)).toBeLessThan(toCount(size))
        if (units !== '0') expect(toCount(carriedOut)).toBeGreaterThanOrEqual(0n)
        reported += BigInt(units)
        carried = carriedOut
      }
      const total = measured.reduce((sum, each) => sum + toCount(each), 0n)
      expect(reported * toCount(size) + toCount(carried)).toBe(total)
    }),
    { numRuns: 2_000 },
  )
})

test('a unit changed in the catalogue loses nothing either', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(quantity, unit), { maxLength: 20 }), (periods) => {
      let carried = '0'
      let reported = 0n
      for (const [each, size] of periods) {
        const { units, carriedOut } = takeWholeUnits({ carriedIn: carried, measured: each, unit: size })
        reported += BigInt(units) * toCount(size)
        carried = carriedOut
      }
      expect(reported + toCount(carried)).toBe(periods.reduce((sum, [each]) => sum + toCount(each), 0n))
    }),
    { numRuns: 1_000 },
  )
})

test('however often and in whatever steps a source is read, its contributions come to its last total', () => {
  fc.assert(
    fc.property(fc.array(quantity, { minLength: 1, maxLength: 20 }), (readings) => {
      const contributed: string[] = []
      for (const total of readings) contributed.push(missingFrom(total, contributed))
      expect(contributed.reduce((sum, each) => sum + toCount(each), 0n)).toBe(toCount(readings.at(-1)!))
      expect(missingFrom(readings.at(-1)!, contributed)).toBe('0')
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  [{ carriedIn: '0', measured: '1e5', unit: '1' }, 'measured'],
  [{ carriedIn: 'NaN', measured: '1', unit: '1' }, 'carriedIn'],
  [{ carriedIn: '0', measured: '1', unit: '0' }, 'unit'],
  [{ carriedIn: '0', measured: '1', unit: '-1' }, 'unit'],
])('%o is refused by the name of the field', (input, field) => {
  expect(() => takeWholeUnits(input)).toThrow(field)
})

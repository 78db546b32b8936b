import { expect, test } from 'vitest'
import { testCatalogue } from '../../test/catalogue.ts'
import { catalogueSchema } from '../config.ts'
import { dimensionsOf } from './metering-map.ts'

const product = (over: object) => ({
  ...testCatalogue,
  products: [{ marketplace: 'alibaba', productCode: 'p', name: { en: 'P', zh: 'P' }, sites: ['cn1'], ...over }],
})

test('a catalogue that says nothing about metering reports nothing', () => {
  const [read] = catalogueSchema.parse(product({})).products
  expect(dimensionsOf(read!)).toEqual([])
})

test('an amount is reported in units of money, 0.01 CNY unless said otherwise', () => {
  const [read] = catalogueSchema.parse(
    product({ billing: 'daily', metering: { by: 'amount', item: 'p-Unit-1' } }),
  ).products
  expect(dimensionsOf(read!)).toEqual([
    { dimension: 'Unit', item: 'p-Unit-1', unit: '0.01', of: { kind: 'amount', currency: 'CNY' } },
  ])
})

test('meters are reported each as its dimension', () => {
  expect(dimensionsOf(testCatalogue.products[0]!).map((each) => [each.dimension, each.unit, each.of])).toEqual([
    ['Unit', '1000', { kind: 'meter', meter: 'logs' }],
    ['Frequency', '1', { kind: 'meter', meter: 'traces' }],
  ])
})

test.each([
  [{ billing: 'hourly', metering: { by: 'amount' } }, 'must be daily'],
  [{ metering: { by: 'meter', dimensions: [{ meter: 'lines', dimension: 'Unit' }] } }, 'expected one of'],
  [{ billing: 'daily', metering: { by: 'amount', unitAmount: '0.001' } }, 'no more decimals'],
  [{ pushTiming: { sealAfter: 55 } }, 'at most 50'],
  [{ billing: 'daily', metering: { by: 'amount', unitAmount: '0' } }, 'more than 0'],
  [{ metering: { by: 'meter', dimensions: [{ meter: 'logs', dimension: 'Unit', unit: '0' }] } }, 'more than 0'],
  [
    {
      metering: {
        by: 'meter',
        dimensions: [
          { meter: 'logs', dimension: 'Unit' },
          { meter: 'traces', dimension: 'Unit' },
        ],
      },
    },
    'once',
  ],
])('%o is refused', (over, why) => {
  expect(catalogueSchema.safeParse(product(over)).error?.message).toContain(why)
})

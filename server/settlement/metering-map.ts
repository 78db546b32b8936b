import type { Product } from '../config.ts'
import type { MeterCode } from '../metering/meters.ts'

/** One thing a marketplace product is billed by. */
export interface Dimension {
  /** The marketplace's name of the unit, e.g. `Unit`. */
  dimension: string
  /** Which of several items with that unit (Alibaba: `meteringAssit`); empty where the product has none. */
  item: string
  /** How much of what is measured makes one unit, as decimal text. */
  unit: string
  /** What is measured: one meter, or the money the cloud has to pay. */
  of: { kind: 'meter'; meter: MeterCode } | { kind: 'amount'; currency: string }
}

/** What a product's usage is reported as; empty where the catalogue says nothing, and then nothing is ever reported. */
export function dimensionsOf(product: Pick<Product, 'metering'>): Dimension[] {
  const { metering } = product
  if (metering === null) return []
  switch (metering.by) {
    case 'amount':
      return [
        {
          dimension: metering.dimension,
          item: metering.item ?? '',
          unit: metering.unitAmount,
          of: { kind: 'amount', currency: metering.currency },
        },
      ]
    case 'meter':
      return metering.dimensions.map(({ dimension, item, unit, meter }) => ({
        dimension,
        item: item ?? '',
        unit,
        of: { kind: 'meter', meter },
      }))
    default:
      return metering satisfies never
  }
}

/** Name of a dimension within a product: `Unit cmgj00053362-Unit-1`. */
export function dimensionName(of: { dimension: string; item: string }): string {
  return of.item === '' ? of.dimension : `${of.dimension} ${of.item}`
}

import { describe, expect, it } from 'vitest'
import { diffPriceBooks } from './price-book-edit.ts'
import type { PriceBook, PriceBookVersion, PriceRule } from './price-book.ts'

const sms = (unitPrice: string): PriceRule => ({
  meter: 'sms',
  retentionDays: null,
  model: 'flat',
  per: '10',
  unitPrice,
})
const logs = (unitPrice: string): PriceRule => ({
  meter: 'logs',
  retentionDays: 7,
  model: 'flat',
  per: '1000000',
  unitPrice,
})
const version = (number: number, effectiveFrom: string, rules: PriceRule[]): PriceBookVersion => ({
  version: number,
  effectiveFrom,
  note: '',
  rules,
})

const standing: PriceBook = {
  book: 'CN-CNY',
  priceRegion: 'CN',
  currency: 'CNY',
  versions: [version(1, '2026-01-01', [sms('1'), logs('1.2')])],
}
const [first] = standing.versions as [PriceBookVersion]

describe('editing a price book', () => {
  it('adds a version and shows what it changes', () => {
    const edited = {
      ...standing,
      versions: [first, version(2, '2026-06-01', [logs('1.3')]), version(3, '2026-07-01', [logs('1.3'), sms('2')])],
    }
    expect(diffPriceBooks(standing, edited, { notBefore: '2026-06-01' })).toEqual({
      book: 'CN-CNY',
      refusals: [],
      newVersions: [
        {
          version: 2,
          effectiveFrom: '2026-06-01',
          note: '',
          changes: [
            { kind: 'removed', id: 'sms', from: sms('1') },
            { kind: 'changed', id: 'logs.7d', from: logs('1.2'), to: logs('1.3') },
          ],
        },
        { version: 3, effectiveFrom: '2026-07-01', note: '', changes: [{ kind: 'added', id: 'sms', to: sms('2') }] },
      ],
    })
  })

  it('changes nothing when nothing was edited', () => {
    expect(diffPriceBooks(standing, structuredClone(standing))).toEqual({
      book: 'CN-CNY',
      newVersions: [],
      refusals: [],
    })
  })

  it('never changes the past: a standing price, its date, or its being there', () => {
    const refusalsOf = (versions: PriceBookVersion[]) => diffPriceBooks(standing, { ...standing, versions }).refusals
    expect(refusalsOf([version(1, '2026-01-01', [sms('1'), logs('9')])])).toEqual([
      'versions[0].rules: logs.7d would be changed; add a version with a later date instead',
    ])
    expect(refusalsOf([version(1, '2026-01-01', [sms('1')])])).toEqual([
      'versions[0].rules: logs.7d would be removed; add a version with a later date instead',
    ])
    expect(refusalsOf([{ ...first, effectiveFrom: '2025-01-01' }])).toEqual([
      'versions[0].effectiveFrom: is 2026-01-01 and cannot become 2025-01-01',
    ])
    expect(refusalsOf([])).toEqual(['versions[0]: version 1 is missing; a version once added stays'])
  })

  it('never begins on a day that may already be billed', () => {
    const edited = { ...standing, versions: [first, version(2, '2026-05-31', [sms('2')])] }
    expect(diffPriceBooks(standing, edited, { notBefore: '2026-06-01' }).refusals).toEqual([
      'versions[1].effectiveFrom: 2026-05-31 is before 2026-06-01, the first day still open',
    ])
  })

  it('never turns a book into another one', () => {
    expect(diffPriceBooks(standing, { ...standing, currency: 'USD' }).refusals).toEqual([
      'currency: is CNY and cannot become USD; make another book',
    ])
  })
})

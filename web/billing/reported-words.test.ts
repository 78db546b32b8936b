import { describe, expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import type { ReportedUsage } from '../../contract/settlement.ts'
import { periodInWords, reportedQuantity } from './reported-words.ts'

describe('what was reported, in words', () => {
  const day = { from: '2026-11-23T16:00:00.000Z', until: '2026-11-24T16:00:00.000Z' }

  it('names a whole day by its date, where it is one for the reader', () => {
    expect(periodInWords(day, 'en', 'Asia/Shanghai')).toBe('24 Nov 2026')
    expect(periodInWords(day, 'zh', 'Asia/Shanghai')).toBe('2026年11月24日')
  })

  it('says from when to when elsewhere, and for hours and cut days', () => {
    expect(periodInWords(day, 'en', 'UTC')).toBe('23 Nov 2026 16:00 – 24 Nov 2026 16:00')
    const hour = { from: day.from, until: '2026-11-23T17:00:00.000Z' }
    expect(periodInWords(hour, 'en', 'Asia/Shanghai')).toBe('24 Nov 2026 00:00 – 01:00')
    expect(periodInWords(hour, 'zh', 'Asia/Shanghai')).toBe('2026年11月24日 00:00 – 01:00')
  })

  const record: ReportedUsage = {
    id: newId('usageRecord'),
    dimension: 'Unit',
    measures: { of: 'amount', currency: 'CNY' },
    meterName: null,
    periodFrom: day.from,
    periodUntil: day.until,
    state: 'ACCEPTED',
    measured: '43.009',
    units: '4300',
    unit: '0.01',
    endedAt: day.until,
  }

  it('counts what the marketplace was told in whole units, and what was measured while there are none', () => {
    expect(reportedQuantity(record)).toBe('43')
    expect(reportedQuantity({ ...record, state: 'OPEN', units: null, unit: null })).toBe('43.009')
    expect(reportedQuantity({ ...record, state: 'CARRIED', units: '0', measured: '0.004' })).toBe('0.004')
  })
})

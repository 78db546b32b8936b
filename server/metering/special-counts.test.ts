import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  logEntryCount,
  pageViewCount,
  profileCount,
  sensitiveScanBytes,
  sessionReplayCount,
  traceCount,
  triggerCount,
} from './special-counts.ts'

describe('traces', () => {
  it('count ten spans as one, and a trace of few spans as one', () => {
    expect(traceCount({ spans: 1000, traceIds: 20 })).toBe('100')
    expect(traceCount({ spans: 40, traceIds: 20 })).toBe('20')
  })

  it('keep the tenth of a span exact', () => {
    expect(traceCount({ spans: 13, traceIds: 1 })).toBe('1.3')
  })
})

describe('page views', () => {
  it('count every page visit, or a hundred entries of it, whichever is more', () => {
    expect(pageViewCount({ resources: 90, longTasks: 5, errors: 3, actions: 2, pageViews: 3 })).toBe('3')
    expect(pageViewCount({ resources: 400, longTasks: 50, errors: 30, actions: 21, pageViews: 3 })).toBe('5.01')
  })
})

describe('large entries', () => {
  it('count by size beyond 10 KB in our storage: 10 KB, 12 KB and 19 KB count once, 20 KB twice', () => {
    const kilobytes = (size: number) => logEntryCount({ sizeBytes: size * 1024, storage: 'own' })
    expect([0, 1, 10, 12, 19, 20, 29, 30].map(kilobytes)).toEqual(['1', '1', '1', '1', '1', '2', '2', '3'])
  })

  it('count by size beyond 2 KB in a buyer’s own SLS', () => {
    expect(logEntryCount({ sizeBytes: 3 * 1024, storage: 'sls' })).toBe('1')
    expect(logEntryCount({ sizeBytes: 10 * 1024, storage: 'sls' })).toBe('5')
  })

  it('are profiles beyond 300 KB and sessions beyond 4 hours as well', () => {
    expect(profileCount({ sizeBytes: 300 * 1024 + 1 })).toBe('1')
    expect(profileCount({ sizeBytes: 900 * 1024 })).toBe('3')
    expect(sessionReplayCount({ timeSpentSeconds: 60 })).toBe('1')
    expect(sessionReplayCount({ timeSpentSeconds: 12 * 3600 })).toBe('3')
  })

  it('never count less than one, nor more than by size', () => {
    fc.assert(
      fc.property(fc.nat(100_000_000), (sizeBytes) => {
        const count = Number(logEntryCount({ sizeBytes, storage: 'own' }))
        expect(count).toBeGreaterThanOrEqual(1)
        expect(count === 1 || count * 10_240 <= sizeBytes).toBe(true)
        expect((count + 1) * 10_240).toBeGreaterThan(sizeBytes)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('triggers', () => {
  it('are 6 for one outlier check over 30 minutes (the price list’s example)', () => {
    expect(triggerCount({ kind: 'monitor', detections: ['outlier'], intervalMinutes: 30 })).toBe('6')
  })

  it('are 13 for two range checks over 60 minutes: the surcharge counts once (the price list’s example)', () => {
    expect(triggerCount({ kind: 'monitor', detections: ['range', 'range'], intervalMinutes: 60 })).toBe('13')
  })

  it('add one for every started quarter of an hour beyond the first', () => {
    const threshold = (intervalMinutes: number) =>
      triggerCount({ kind: 'monitor', detections: ['threshold'], intervalMinutes })
    expect([1, 15, 16, 30, 31, 45].map(threshold)).toEqual(['1', '1', '2', '2', '3', '3'])
  })

  it('are fixed for smart monitors and queries', () => {
    expect(triggerCount({ kind: 'smart_host' })).toBe('10')
    expect(triggerCount({ kind: 'smart_rum' })).toBe('100')
    expect(triggerCount({ kind: 'open_api_query' })).toBe('1')
  })
})

describe('a scan for sensitive content', () => {
  it('counts the bytes once per field, without losing any beyond what a double holds', () => {
    expect(sensitiveScanBytes({ bytes: Number.MAX_SAFE_INTEGER, fields: 3 })).toBe(
      (3n * BigInt(Number.MAX_SAFE_INTEGER)).toString(),
    )
  })
})

describe('what cannot have been counted', () => {
  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1e308])('is refused with the field named: %d', (spans) => {
    expect(() => traceCount({ spans, traceIds: 1 })).toThrow(/^spans: .* must be a whole number of 0 or more/)
  })

  it('is a monitor that checked nothing', () => {
    expect(() => triggerCount({ kind: 'monitor', detections: [], intervalMinutes: 5 })).toThrow('detections: ')
  })
})

import { describe, expect, it } from 'vitest'
import { dayBefore, everyDay } from './days.ts'

describe('usage by day', () => {
  it('shows every day, also those without usage, and adds retentions up exactly', () => {
    const points = [
      { at: '2026-02-28', quantity: '0.1' },
      { at: '2026-02-28', quantity: '0.2' },
      { at: '2026-03-02', quantity: '90071992547409931' },
    ]
    expect(everyDay(points, '2026-02-27', '2026-03-02')).toEqual([
      { day: '2026-02-27', value: '0' },
      { day: '2026-02-28', value: '0.3' },
      { day: '2026-03-01', value: '0' },
      { day: '2026-03-02', value: '90071992547409931' },
    ])
  })

  it('counts days back over months and leap days', () => {
    expect(dayBefore('2028-03-01', 1)).toBe('2028-02-29')
    expect(dayBefore('2026-01-01', 29)).toBe('2025-12-03')
  })
})

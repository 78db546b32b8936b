import { describe, expect, it } from 'vitest'
import { waitSeconds } from './code-sending.ts'
import { groupDigits } from './Money.tsx'

describe('money', () => {
  it('is grouped and keeps every decimal it has, without becoming a float', () => {
    expect(groupDigits('1234567.5')).toBe('1,234,567.50')
    expect(groupDigits('9007199254740993.07')).toBe('9,007,199,254,740,993.07')
    expect(groupDigits('0.000123')).toBe('0.000123')
    expect(groupDigits('-12')).toBe('−12.00')
  })
})

describe('the wait before another code', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')

  it('counts down to the moment the server named', () => {
    expect(waitSeconds('2026-01-01T00:00:42Z', now)).toBe(42)
  })

  it('is never longer than the rule, however far the clocks are apart, and never negative', () => {
    expect(waitSeconds('2026-03-01T00:00:00Z', now)).toBe(60)
    expect(waitSeconds('2025-12-31T00:00:00Z', now)).toBe(0)
  })
})

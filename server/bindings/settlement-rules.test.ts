import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { InstanceId } from '../../contract/ids.ts'
import { changeableFrom, judgeChange } from './settlement-rules.ts'
import type { ChangeRequest } from './settlement-rules.ts'

const one = 'inst_1' as InstanceId
const two = 'inst_2' as InstanceId
const at = new Date('2026-11-23T03:00:00Z')
const base: ChangeRequest = {
  now: { kind: 'balance' },
  target: { kind: 'instance', instanceId: one },
  lastChangedAt: null,
  at,
  timeZone: 'Asia/Shanghai',
}

test('a workspace paid by balance may move to the purchased instance', () => {
  expect(judgeChange(base)).toBe('allowed')
})

test('asking for what is set already changes nothing, even when this month has had its change', () => {
  expect(judgeChange({ ...base, target: { kind: 'balance' }, lastChangedAt: at })).toBe('unchanged')
})

test('a workspace leaves a live cloud instance for nothing else', () => {
  const now = { kind: 'instance', instanceId: two, status: 'active' } as const
  expect(judgeChange({ ...base, now })).toBe('settlement_cloud_alive')
  expect(judgeChange({ ...base, now, target: { kind: 'balance' } })).toBe('settlement_cloud_alive')
})

test('a workspace may always leave a closed or suspended instance, which is how a countdown ends', () => {
  for (const status of ['suspended', 'released'] as const) {
    const now = { kind: 'instance', instanceId: two, status } as const
    expect(judgeChange({ ...base, now, target: { kind: 'balance' }, lastChangedAt: at })).toBe('allowed')
  }
})

test('the billing method changes once per calendar month of the site, not of the server', () => {
  // 1 December in Shanghai is still 30 November in UTC.
  const changed = new Date('2026-11-30T15:59:00Z')
  expect(judgeChange({ ...base, lastChangedAt: changed, at: new Date('2026-11-30T15:59:59Z') })).toBe(
    'settlement_changed_this_month',
  )
  expect(judgeChange({ ...base, lastChangedAt: changed, at: new Date('2026-11-30T16:00:00Z') })).toBe('allowed')
})

test('the day from which it may change again is the first of the next month, and never in the past', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 60 * 86_400 }),
      fc.constantFrom('Asia/Shanghai', 'America/Los_Angeles', 'Europe/Berlin'),
      (changed, later, timeZone) => {
        const now = new Date(changed.getTime() + later * 1000)
        const from = changeableFrom(changed, now, timeZone)
        if (from === null) return
        expect(from.getTime()).toBeGreaterThan(now.getTime())
        expect(from.toLocaleDateString('en-CA', { timeZone })).toMatch(/-01$/)
      },
    ),
    { numRuns: 1000 },
  )
})

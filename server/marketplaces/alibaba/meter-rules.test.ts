import { expect, test } from 'vitest'
import { meterDeadline } from './meter-rules.ts'

test.each([
  ['hourly', '2026-03-10T08:10:00+08:00', '2026-03-10T09:59:00+08:00'],
  ['hourly', '2026-03-10T08:00:00+08:00', '2026-03-10T09:59:00+08:00'],
  ['hourly', '2026-03-10T23:59:59+08:00', '2026-03-11T00:59:00+08:00'],
  ['daily', '2026-03-10T00:00:00+08:00', '2026-03-11T01:59:00+08:00'],
  ['daily', '2026-03-10T23:59:59+08:00', '2026-03-11T01:59:00+08:00'],
  ['daily', '2026-12-31T20:00:00+08:00', '2027-01-01T01:59:00+08:00'],
] as const)('usage of an %s product that began at %s must arrive before %s', (granularity, from, deadline) => {
  expect(meterDeadline(new Date(from), granularity)).toEqual(new Date(deadline))
})

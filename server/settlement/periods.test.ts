import { expect, test } from 'vitest'
import { alibabaMeterRules, meterDeadline, meterPeriod } from '../marketplaces/alibaba/meter-rules.ts'
import { finalPeriod, sealsAt, timingOf, urgencyOf } from './periods.ts'

const at = (text: string) => new Date(`2026-03-10T${text}+08:00`)
const hour = { from: at('10:00:00'), until: at('11:00:00') }

test.each(['hourly', 'daily'] as const)(
  'an %s period is sealed, and its alarm rings, before its deadline',
  (granularity) => {
    const period = meterPeriod(at('10:20:00'), granularity)
    const deadline = meterDeadline(period.from, granularity)
    const timing = timingOf({ billing: granularity })
    expect(sealsAt(period, timing) > period.until).toBe(true)
    expect(urgencyOf(deadline, sealsAt(period, timing), timing)).toBe('calm')
    expect(urgencyOf(deadline, new Date(deadline.getTime() - timing.alarmBeforeSeconds * 1000), timing)).toBe('alarm')
    expect(urgencyOf(deadline, new Date(deadline.getTime() - 15_000), timing)).toBe('over')
  },
)

test.each([
  ['10:20:00', '10:20:00'],
  ['10:20:00.250', '10:20:01'],
  // The marketplace wants more than five minutes.
  ['10:00:00', '10:05:01'],
  ['10:05:00', '10:05:01'],
  ['10:59:59.900', '11:00:00'],
])('released at %s, the last interval ends at %s', (released, until) => {
  expect(finalPeriod(hour, at(released), alibabaMeterRules.intervalLongerThanSeconds)).toEqual({
    from: hour.from,
    until: at(until),
  })
})

import type { Product } from '../config.ts'

/** An interval of usage; `until` is excluded. */
export interface Period {
  from: Date
  until: Date
}

/** When a product's periods are definite and when to worry, in seconds. */
export interface PushTiming {
  /** From the end of a period until it is sealed: late events and the daily close have this long. */
  sealAfterSeconds: number
  /** How long before the deadline people are told. */
  alarmBeforeSeconds: number
}

/**
 * When a period of a kind is sealed and when it becomes urgent. An hourly report has 59 minutes after its hour, a daily one 119 after its
 * day (page PushMeteringData): both leave half of that for sending, and the alarm a third.
 */
const defaultMinutes = {
  hourly: { sealAfter: 10, alarmBefore: 20 },
  daily: { sealAfter: 45, alarmBefore: 40 },
} as const

/** A product's timing: as the catalogue says, else the default of its kind. */
export function timingOf(product: Pick<Product, 'billing' | 'pushTiming'>): PushTiming {
  const { sealAfter, alarmBefore } = { ...defaultMinutes[product.billing], ...product.pushTiming }
  return { sealAfterSeconds: sealAfter * 60, alarmBeforeSeconds: alarmBefore * 60 }
}

/** Nothing is sent in the last moments: the answer would come too late to say which side of the deadline it was on. */
export const sendBeforeDeadlineSeconds = 15

/** When a period's record is sealed. */
export function sealsAt(period: Period, timing: PushTiming): Date {
  return new Date(period.until.getTime() + timing.sealAfterSeconds * 1000)
}

/** Where a sealed record stands against its deadline. */
export function urgencyOf(deadline: Date, now: Date, timing: PushTiming): 'calm' | 'alarm' | 'over' {
  if (now.getTime() >= deadline.getTime() - sendBeforeDeadlineSeconds * 1000) return 'over'
  return now.getTime() >= deadline.getTime() - timing.alarmBeforeSeconds * 1000 ? 'alarm' : 'calm'
}

/**
 * The last interval of an instance that was released inside a period: from the period's begin to the release, in whole seconds, but
 * longer than the marketplace's shortest. It is sent once it is over, never before.
 */
export function finalPeriod(period: Period, releasedAt: Date, intervalLongerThanSeconds: number): Period {
  const wholeSecond = Math.ceil(releasedAt.getTime() / 1000) * 1000
  const shortest = period.from.getTime() + (intervalLongerThanSeconds + 1) * 1000
  return { from: period.from, until: new Date(Math.min(period.until.getTime(), Math.max(wholeSecond, shortest))) }
}

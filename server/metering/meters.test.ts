import { describe, expect, it } from 'vitest'
import { compareMeters, meterCode, meterOf, meters } from './meters.ts'

describe('the meters', () => {
  it('are told apart by their code, which is an identifier', () => {
    const codes = meters.map((meter) => meter.code)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })

  it('count a day as the price list says: stock for data held, distinct for series, hosts and sessions, sums for the rest', () => {
    const codesOf = (aggregation: string) =>
      meters.filter((meter) => meter.aggregation === aggregation).map((meter) => meter.code)
    expect(codesOf('max')).toEqual(['forwarding_internal'])
    expect(codesOf('distinct')).toEqual(['time_series', 'network_hosts', 'session_replays', 'collector_hosts'])
  })

  it('leave SMS and synthetic tests to real money', () => {
    expect(meters.filter((meter) => !meter.voucherPayable).map((meter) => meter.code)).toEqual([
      'synthetic_tests',
      'sms',
    ])
  })

  it('offer SMS on China sites only', () => {
    expect(meters.filter((meter) => meter.priceRegions.length === 1).map((meter) => meter.code)).toEqual(['sms'])
  })

  it('have a price by retention exactly where the price list has one', () => {
    expect(meters.filter((meter) => meter.retentionPolicy !== null).map((meter) => meter.code)).toEqual([
      'time_series',
      'logs',
      'log_ingest',
      'traces',
      'profiles',
      'page_views',
    ])
  })

  it('have names in both languages', () => {
    for (const meter of meters) {
      expect(meter.name.en).toMatch(/^[\x20-\x7e]+$/)
      expect(meter.name.zh).not.toBe('')
    }
  })

  it('are listed in one order, and an unknown one is refused with what is allowed', () => {
    expect(compareMeters('time_series', 'logs')).toBeLessThan(0)
    expect(meterOf('logs').unitSize).toBe('1000000')
    expect(meterCode.safeParse('log').error?.issues[0]?.message).toContain('"logs"')
  })
})

import { describe, expect, it } from 'vitest'
import { billPeriod, isInService, pushDeadline, readMetering } from './metering.ts'
import { periodAmount, statementOf } from './statement.ts'
import { productSchema } from '../options.ts'

const at = (text: string) => new Date(`2026-03-01T${text}+08:00`)
const record = { InstanceId: '1', StartTime: '1723771200', EndTime: '1723774800' }
const entity = { Key: 'Unit', Value: '96', meteringAssit: 'a-Unit-1' }
const push = (...records: unknown[]) => readMetering(JSON.stringify(records))

describe('the Metering parameter', () => {
  it('is read with numbers or text, as the example writes it', () => {
    const expected = {
      instanceId: '1',
      key: 'Unit',
      quantity: '96',
      assit: 'a-Unit-1',
      startAt: new Date(1_723_771_200_000),
    }
    expect(push({ ...record, Entities: [entity] })[0]).toMatchObject(expected)
    const numbers = {
      InstanceId: 1,
      StartTime: 1_723_771_200,
      EndTime: 1_723_774_800,
      Entities: [{ ...entity, Value: 96 }],
    }
    expect(push(numbers)[0]).toMatchObject(expected)
  })

  it.each([
    ['negative', { ...record, Entities: [{ ...entity, Value: '-1' }] }],
    ['with a fraction', { ...record, Entities: [{ ...entity, Value: '1.5' }] }],
    ['a fraction as number', { ...record, Entities: [{ ...entity, Value: 1.5 }] }],
    ['of an unknown key', { ...record, Entities: [{ ...entity, Key: 'Unicorn' }] }],
    ['in milliseconds', { ...record, StartTime: '1723771200000', EndTime: '1723774800000', Entities: [entity] }],
    ['of exactly five minutes', { ...record, EndTime: '1723771500', Entities: [entity] }],
    ['that ends before it starts', { ...record, EndTime: '1723771100', Entities: [entity] }],
    ['without entities', { ...record, Entities: [] }],
    ['that is no object', 7],
  ])('%s is invalid', (_name, wrong) => {
    expect(() => push(wrong)).toThrow(expect.objectContaining({ code: 'Invalid.Parameter.Metering', status: 500 }))
  })

  it('holds at most 100 entities', () => {
    const records = (count: number) => Array.from({ length: count }, () => ({ ...record, Entities: [entity] }))
    expect(push(...records(100))).toHaveLength(100)
    const exceeded = { code: 'Metering.Data.Exceeded', message: 'The number of metering entities must not exceed 100.' }
    expect(() => push(...records(101))).toThrow(expect.objectContaining(exceeded))
  })
})

describe('the deadline', () => {
  it('of usage from 8:10 is 9:59, when billed by the hour', () => {
    expect(pushDeadline(at('08:10:00'), 'hourly')).toEqual(at('09:59:00'))
  })
  it('of usage of a day is 1:59 of the next day in China, when billed by the day', () => {
    expect(pushDeadline(at('08:10:00'), 'daily')).toEqual(new Date('2026-03-02T01:59:00+08:00'))
    expect(billPeriod(at('00:00:00'), 'daily').beginsAt).toEqual(at('00:00:00'))
    expect(billPeriod(at('23:59:59'), 'daily').beginsAt).toEqual(at('00:00:00'))
  })
})

describe('service', () => {
  const periods = [{ beganAt: at('08:30:00'), endedAt: at('12:20:00') }]
  const hour = (start: string, end: string) => ({ startAt: at(start), endAt: at(end) })
  it('includes the hour in which the instance expired, and no later one', () => {
    expect(isInService(hour('12:00:00', '13:00:00'), periods)).toBe(true)
    expect(isInService(hour('12:30:00', '13:00:00'), periods)).toBe(true)
    expect(isInService(hour('13:00:00', '14:00:00'), periods)).toBe(false)
    expect(isInService(hour('06:00:00', '07:00:00'), periods)).toBe(false)
    expect(isInService(hour('13:00:00', '14:00:00'), [...periods, { beganAt: at('13:50:00'), endedAt: null }])).toBe(
      true,
    )
  })
})

describe('money', () => {
  it('is cut to two decimals, so that little usage costs nothing', () => {
    expect(periodAmount('9', 'Unit', '0.001')).toBe('0.00')
    expect(periodAmount('1999', 'Unit', '0.01')).toBe('19.99')
    expect(periodAmount('3333', 'Unit', '0.003')).toBe('9.99')
  })
  it('converts seconds to hours, bytes to MB, bits to Mb and tokens to thousands', () => {
    expect(periodAmount('5400', 'Period', '0.5')).toBe('0.75')
    expect(periodAmount('3145728', 'Storage', '0.1')).toBe('0.30')
    expect(periodAmount('1048576', 'NetworkOut', '1')).toBe('1.00')
    expect(periodAmount('2500', 'KTokens', '2')).toBe('5.00')
    expect(periodAmount('60', 'PeriodMin', '0.1')).toBe('6.00')
  })

  it('is cut per hour for hourly goods and per day for daily ones', () => {
    const words = { en: 'x', zh: 'x' }
    const product = (billing: 'hourly' | 'daily') =>
      productSchema.parse({
        code: 'cmgj1',
        skuCodes: ['s'],
        name: words,
        vendor: words,
        description: words,
        billing,
        meteringItems: [{ assit: 'a', key: 'Unit', unitPrice: '0.001' }],
      })
    const hours = [8, 9, 10].map((hour) => ({
      instanceId: '1',
      productCode: 'cmgj1',
      assit: 'a',
      key: 'Unit',
      hour: at(`${String(hour).padStart(2, '0')}:00:00`),
      records: 1,
      acceptedQuantity: '19',
      billedQuantity: '19',
    }))
    expect(statementOf(hours, [product('hourly')])).toMatchObject({
      rows: [{ day: '2026-03-01', acceptedQuantity: '57', amount: '0.03', records: 3 }],
      totals: [{ amount: '0.03' }],
      amounts: [{ currency: 'CNY', amount: '0.03' }],
    })
    expect(statementOf(hours, [product('daily')]).rows[0]?.amount).toBe('0.05')
  })
})

import { describe, expect, it } from 'vitest'
import { codeDigits, codeHash, judgeCode, judgeSend, sameAddress } from './codes.ts'
import { maskEmail, maskUsername } from './mask.ts'

const now = new Date('2026-03-10T04:00:00.000Z')
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000)
const fresh = { purpose: 'register-email', tries: 0, expiresAt: new Date(now.getTime() + 1), usedAt: null }

describe('a code', () => {
  it('is six digits that follow from its id and the secret, and from nothing else', () => {
    const digits = codeDigits('secret', 'code_1')
    expect(digits).toMatch(/^\d{6}$/)
    expect(codeDigits('secret', 'code_1')).toBe(digits)
    expect(codeDigits('secret', 'code_2')).not.toBe(digits)
    expect(codeDigits('another secret', 'code_1')).not.toBe(digits)
  })

  it('is kept as a hash that differs for the same digits of another code', () => {
    expect(codeHash('secret', 'code_1', '123456')).not.toBe(codeHash('secret', 'code_2', '123456'))
  })

  it('uses all the digits it could: a thousand codes spread over the whole million', () => {
    const all = Array.from({ length: 1000 }, (_, at) => Number(codeDigits('secret', `code_${at}`)))
    const tenths = new Set(all.map((digits) => Math.floor(digits / 100_000)))
    expect(tenths.size).toBe(10)
  })

  it('may be tried until ten minutes are over, to the millisecond', () => {
    expect(judgeCode(fresh, now)).toBe('open')
    expect(judgeCode({ ...fresh, expiresAt: now }, now)).toBe('expired')
    expect(judgeCode(null, now)).toBe('missing')
  })

  it('may be tried five times', () => {
    expect(judgeCode({ ...fresh, tries: 4 }, now)).toBe('open')
    expect(judgeCode({ ...fresh, tries: 5 }, now)).toBe('exhausted')
  })

  it('proves a step again when the step is submitted twice, but resets a password once', () => {
    expect(judgeCode({ ...fresh, usedAt: secondsAgo(1) }, now)).toBe('open')
    expect(judgeCode({ ...fresh, purpose: 'console-reset', usedAt: secondsAgo(1) }, now)).toBe('expired')
    expect(judgeCode({ ...fresh, purpose: 'billing-reset', usedAt: secondsAgo(1) }, now)).toBe('expired')
  })
})

describe('asking for another code', () => {
  it('waits a minute after the last', () => {
    expect(judgeSend([], now)).toBeNull()
    expect(judgeSend([secondsAgo(59)], now)).toEqual({ code: 'code_too_soon', seconds: 1 })
    expect(judgeSend([secondsAgo(60)], now)).toBeNull()
  })

  it('waits until the fifth-last is an hour old, in whatever order they are given', () => {
    const five = [61, 3540, 1200, 2400, 3000].map(secondsAgo)
    expect(judgeSend(five, now)).toEqual({ code: 'code_too_many', minutes: 1 })
    expect(judgeSend([...five.filter((sent) => sent > secondsAgo(3500)), secondsAgo(3600)], now)).toBeNull()
  })

  it('treats an address alike however it is typed', () => {
    expect(sameAddress(' Li.Wei@Acme.CN ')).toBe('li.wei@acme.cn')
  })
})

describe('a masked name', () => {
  it('shows its owner enough and others nothing', () => {
    expect(maskEmail('li.wei@acme.cn')).toBe('l•••@acme.cn')
    expect(maskEmail('x@acme.cn')).toBe('x•••@acme.cn')
    expect(maskEmail('no address')).toBe('•••')
    expect(maskUsername('li.wei')).toBe('l•••')
    expect(maskUsername('李伟')).toBe('李•••')
  })
})

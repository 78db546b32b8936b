import { describe, expect, it } from 'vitest'
import { hashPassword, passwordMatches, refuseCommonPassword } from './passwords.ts'

describe('a password', () => {
  it('is kept as argon2id at 19 MiB, 2 passes, and never twice alike', async () => {
    const one = await hashPassword('calm-harbour-42')
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await hashPassword('calm-harbour-42')).not.toBe(one)
    expect(await passwordMatches(one, 'calm-harbour-42')).toBe(true)
    expect(await passwordMatches(one, 'calm-harbour-43')).toBe(false)
  })

  it('matches nobody where there is no account', async () => {
    expect(await passwordMatches(null, 'a password nobody has')).toBe(false)
  })

  it('is refused when it is among the most used, whatever its case', () => {
    for (const common of ['1234567890', 'qwertyuiop', 'QwertyUiop']) {
      expect(() => refuseCommonPassword(common)).toThrow(
        expect.objectContaining({ code: 'password_too_common', field: 'password' }),
      )
    }
  })

  it('is refused when it only repeats a short piece', () => {
    for (const repeated of ['zzzzzzzzzzzz', 'xyxyxyxyxyx', 'kqpkqpkqpkqp']) {
      expect(() => refuseCommonPassword(repeated)).toThrow(expect.objectContaining({ code: 'password_too_common' }))
    }
  })

  it('is refused when it is the person’s own name or address', () => {
    const own = ['li.wei.acme', 'li.wei@acme-industries.cn']
    for (const name of ['Li.Wei.Acme', 'li.wei@acme-industries.cn']) {
      expect(() => refuseCommonPassword(name, own, 'owner.password')).toThrow(
        expect.objectContaining({ field: 'owner.password' }),
      )
    }
  })

  it('needs no digits, capitals or signs', () => {
    expect(() => refuseCommonPassword('a calm harbour at dusk')).not.toThrow()
  })
})

import { expect, test } from 'vitest'
import { readHandOff } from './read-hand-off.ts'
import { spiToken } from './spi-token.ts'

const key = 'testkey-of-ours'
const now = new Date('2026-03-10T04:00:00Z')

function link(over: Record<string, string> = {}) {
  const params = { action: 'verify', instanceId: '122779388', timeStamp: '2026-03-10 12:00:00', ...over }
  return { ...params, token: spiToken(params, key) }
}

test('a fresh Direct Login is genuine; its time is read as UTC+8', () => {
  expect(readHandOff(link(), [key], now)).toMatchObject({ kind: 'genuine', instanceRef: '122779388' })
})

test.each([
  ['2026-03-10 11:55:00', 'genuine'],
  ['2026-03-10 12:05:00', 'genuine'],
  ['2026-03-10 11:54:59', 'expired'],
  ['2026-03-10 12:05:01', 'expired'],
  ['2013-01-01 01:01:01', 'expired'],
  ['10/03/2026', 'tampered'],
  ['', 'tampered'],
])('stamped %s it is %s', (timeStamp, kind) => {
  expect(readHandOff(link({ timeStamp }), [key], now).kind).toBe(kind)
})

test('a changed, added or removed parameter, another action, a missing token: tampered', () => {
  const good = link()
  const { token: _token, ...unsigned } = good
  const bad = [{ ...good, instanceId: '1' }, { ...good, extra: '1' }, unsigned, link({ action: 'createInstance' }), {}]
  for (const params of bad) expect(readHandOff(params, [key], now)).toEqual({ kind: 'tampered' })
  expect(readHandOff(good, ['another-key-of-ours'], now)).toEqual({ kind: 'tampered' })
})

test('an old link with a wrong token is tampered, not expired: nothing is said before the token is right', () => {
  expect(readHandOff({ ...link({ timeStamp: '2013-01-01 01:01:01' }), token: '0'.repeat(32) }, [key], now)).toEqual({
    kind: 'tampered',
  })
})

test('one link has one fingerprint, however its token is written; another link has another', () => {
  const fingerprintOf = (params: Record<string, string>) => {
    const handOff = readHandOff(params, [key], now)
    return handOff.kind === 'genuine' ? handOff.fingerprint : handOff.kind
  }
  const good = link()
  expect(fingerprintOf({ ...good, token: good.token.toUpperCase() })).toBe(fingerprintOf(good))
  expect(fingerprintOf(link({ timeStamp: '2026-03-10 12:00:01' }))).not.toBe(fingerprintOf(good))
  expect(fingerprintOf(link({ instanceId: '2' }))).not.toBe(fingerprintOf(good))
})

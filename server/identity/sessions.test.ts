import { describe, expect, it } from 'vitest'
import { sessionIsLive, sessionWantsTouch } from './sessions.ts'

const day = 86_400_000
const began = Date.parse('2026-03-01T00:00:00.000Z')
const session = { lastSeenAt: new Date(began), expiresAt: new Date(began + 30 * day), endedAt: null }
const after = (milliseconds: number) => new Date(began + milliseconds)

describe('a session', () => {
  it('ends seven days after it was last used', () => {
    expect(sessionIsLive(session, after(7 * day - 1))).toBe(true)
    expect(sessionIsLive(session, after(7 * day))).toBe(false)
  })

  it('ends after thirty days however much it is used', () => {
    const used = { ...session, lastSeenAt: after(30 * day - 1) }
    expect(sessionIsLive(used, after(30 * day - 1))).toBe(true)
    expect(sessionIsLive(used, after(30 * day))).toBe(false)
  })

  it('ends when it is ended', () => {
    expect(sessionIsLive({ ...session, endedAt: after(1) }, after(2))).toBe(false)
  })

  it('is written down as used at most every five minutes', () => {
    expect(sessionWantsTouch(session, after(299_999))).toBe(false)
    expect(sessionWantsTouch(session, after(300_000))).toBe(true)
  })
})

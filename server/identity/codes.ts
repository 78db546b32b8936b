import { createHmac } from 'node:crypto'
import { keyedHash } from '../platform/secrets.ts'

/** What a mailed code is for. A code proves its address for this purpose, in its scope, and for nothing else. */
export const codePurposes = [
  'register-email', // basic information: the e-mail being registered
  'prove-account', // an existing Billing Center account, by its e-mail
  'console-owner', // Create Workspace with a console account one has
  'console-register', // Create Workspace with a console account to be made
  'console-reset', // a new console password
  'billing-reset', // a new Billing Center password
] as const
export type CodePurpose = (typeof codePurposes)[number]

/** The limits, all from the product page "Verification codes". */
export const codeLifetimeMinutes = 10
export const codeTriesMax = 5
export const codeResendSeconds = 60
export const codesPerHour = 5

/** What decides a code's fate; times and counts as the row holds them. */
export interface CodeState {
  purpose: string
  tries: number
  expiresAt: Date
  usedAt: Date | null
}

/** Whether another try may be made against the newest code of an address, or why not. */
export type CodeVerdict = 'open' | 'missing' | 'expired' | 'exhausted'

/** A new password may be chosen once per code; any other step may be submitted twice with the same one. */
export function singleUse(purpose: string): boolean {
  return purpose === 'console-reset' || purpose === 'billing-reset'
}

/** Judges the newest code of purpose + address + scope; older ones are void since the newer was sent. */
export function judgeCode(state: CodeState | null, now: Date): CodeVerdict {
  if (state === null) return 'missing'
  if (state.expiresAt.getTime() <= now.getTime()) return 'expired'
  if (state.usedAt !== null && singleUse(state.purpose)) return 'expired'
  if (state.tries >= codeTriesMax) return 'exhausted'
  return 'open'
}

/** Why no code is sent now, with the wait in the unit its words use; null when one may be. */
export type SendRefusal = { code: 'code_too_soon'; seconds: number } | { code: 'code_too_many'; minutes: number }

/** Judges a wish for another code by when the last ones went to the same address, in whatever order. */
export function judgeSend(sentTimes: readonly Date[], now: Date): SendRefusal | null {
  const hourAgo = now.getTime() - 3_600_000
  const recent = sentTimes
    .map((sent) => sent.getTime())
    .filter((sent) => sent > hourAgo)
    .sort((one, other) => other - one)
  const [newest] = recent
  const fifth = recent[codesPerHour - 1]
  if (fifth !== undefined) return { code: 'code_too_many', minutes: Math.ceil((fifth - hourAgo) / 60_000) }
  if (newest === undefined) return null
  const wait = newest + codeResendSeconds * 1000 - now.getTime()
  return wait > 0 ? { code: 'code_too_soon', seconds: Math.ceil(wait / 1000) } : null
}

/** End of a code sent now. */
export function codeExpiry(now: Date): Date {
  return new Date(now.getTime() + codeLifetimeMinutes * 60_000)
}

/** From when another code may be asked for. */
export function codeResendFrom(now: Date): Date {
  return new Date(now.getTime() + codeResendSeconds * 1000)
}

/**
 * The six digits of a code, derived from its id: they are stored nowhere and can still be mailed later.
 * 48 bits modulo a million: no digit is likelier than another by more than one in 10⁸.
 */
export function codeDigits(secret: string, codeId: string): string {
  const digest = createHmac('sha256', secret).update(`code digits ${codeId}`).digest()
  return String(digest.readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}

/** What is kept to check a code against: a keyed hash bound to the row. */
export function codeHash(secret: string, codeId: string, digits: string): string {
  return keyedHash(secret, 'code', codeId, digits)
}

/** Addresses are compared without regard to case or surrounding space. */
export function sameAddress(address: string): string {
  return address.trim().toLowerCase()
}

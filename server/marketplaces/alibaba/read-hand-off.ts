import { tokenHash } from '../../platform/secrets.ts'
import type { HandOff, Params } from '../connector.ts'
import { readLocalTime } from './local-time.ts'
import { tokenMatches } from './spi-token.ts'

/** The vendor's page "verify" asks to check the time and publishes no window; 5 minutes either way is ours. */
const windowMilliseconds = 5 * 60_000

/**
 * Reads a Direct Login (page "verify"): `action=verify`, `instanceId`, `timeStamp` (UTC+8), `token`, and whatever else was
 * signed with them. It proves somebody who may open this instance in the marketplace, and no person.
 */
export function readHandOff(params: Params, keys: readonly string[], now: Date): HandOff {
  const genuine = tokenMatches(params, keys)
  const { action, instanceId, timeStamp, token } = params
  if (!genuine || action !== 'verify' || !instanceId || !timeStamp || !token) return { kind: 'tampered' }
  const at = readLocalTime(timeStamp)
  if (!at) return { kind: 'tampered' }
  if (Math.abs(now.getTime() - at.getTime()) > windowMilliseconds) return { kind: 'expired' }
  // Hex in another case is the same token and must be the same link.
  const fingerprint = tokenHash(JSON.stringify(['alibaba', instanceId, timeStamp, token.toLowerCase()]))
  return { kind: 'genuine', instanceRef: instanceId, fingerprint }
}

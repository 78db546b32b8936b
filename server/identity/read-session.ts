import type { Ctx } from '../context.ts'
import { tokenHash } from '../platform/secrets.ts'
import { selectSession, updateSessionSeen } from './queries.ts'
import type { SessionRow } from './queries.ts'
import { sessionIsLive, sessionWantsTouch } from './sessions.ts'

export type { SessionRow } from './queries.ts'

/** The live session of a cookie's token in one realm, or null. Keeps it from going idle. */
export async function readSession(
  ctx: Ctx,
  realm: SessionRow['realm'],
  token: string | undefined,
): Promise<SessionRow | null> {
  if (!token) return null
  const row = await selectSession(ctx.db, realm, tokenHash(token))
  if (!row) return null
  const now = ctx.now()
  const times = { lastSeenAt: row.last_seen_at, expiresAt: row.expires_at, endedAt: row.ended_at }
  if (!sessionIsLive(times, now)) return null
  if (sessionWantsTouch(times, now)) await updateSessionSeen(ctx.db, row.id, now)
  return row
}

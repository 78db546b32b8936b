import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { endSession } from './end-session.ts'
import { readSession } from './read-session.ts'

/** Ends the session a browser's token stands for; without one, nothing happens. */
export async function signOut(
  ctx: Ctx,
  input: { realm: 'console' | 'billing' | 'operator'; token: string | undefined },
): Promise<void> {
  const session = await readSession(ctx, input.realm, input.token)
  if (session) await inTransaction(ctx, (tx) => endSession(tx, session))
}

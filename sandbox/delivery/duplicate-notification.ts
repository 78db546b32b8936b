import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { lockExistingNotification } from './lock-existing-notification.ts'
import { insertNotification } from './queries.ts'

/** Sends the same notification once more, as a new delivery. Answers its id. */
export async function duplicateNotification(ctx: Ctx, id: string): Promise<string> {
  const copy = await inTransaction(ctx, async (tx) => {
    const notification = await lockExistingNotification(tx, id)
    const now = tx.clock.now()
    return insertNotification(tx.db, {
      ...notification,
      state: 'waiting',
      copyOf: id,
      nextAttemptAt: now,
      createdAt: now,
    })
  })
  ctx.wake()
  return copy.id
}

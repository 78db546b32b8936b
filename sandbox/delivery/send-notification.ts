import { inTransaction, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { lockExistingNotification } from './lock-existing-notification.ts'
import { setNotification } from './queries.ts'

/** Makes a held, waiting or failed notification due now; a failed one's counter of attempts begins again. */
export async function sendNotification(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const notification = await lockExistingNotification(tx, id)
    if (notification.state === 'delivered') {
      throw new Refusal(409, 'not_allowed_now', `Notification ${id} is delivered; send a duplicate instead.`)
    }
    await setNotification(tx.db, id, {
      state: 'waiting',
      attempts: notification.state === 'failed' ? 0 : notification.attempts,
      nextAttemptAt: tx.clock.now(),
      settledAt: null,
    })
  })
  ctx.wake()
}

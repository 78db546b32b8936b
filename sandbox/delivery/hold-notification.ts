import { inTransaction, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { lockExistingNotification } from './lock-existing-notification.ts'
import { setNotification } from './queries.ts'

/** Keeps a notification back, so that later ones overtake it. Throws Refusal when it is already settled. */
export async function holdNotification(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const notification = await lockExistingNotification(tx, id)
    if (notification.state === 'held') return
    if (notification.state !== 'waiting') {
      throw new Refusal(
        409,
        'not_allowed_now',
        `Notification ${id} is ${notification.state}; only a waiting one can be held back.`,
      )
    }
    await setNotification(tx.db, id, { ...notification, state: 'held' })
  })
}

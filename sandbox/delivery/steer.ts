import { inTransaction, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { insertNotification, lockNotification, setNotification } from './queries.ts'
import type { Notification } from './queries.ts'

/** Keeps a notification back, so that later ones overtake it. Throws Refusal when it is already settled. */
export async function holdNotification(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const notification = await load(tx, id)
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

/** Makes a held, waiting or failed notification due now; a failed one's counter of attempts begins again. */
export async function sendNotification(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const notification = await load(tx, id)
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

/** Sends the same notification once more, as a new delivery. Answers its id. */
export async function duplicateNotification(ctx: Ctx, id: string): Promise<string> {
  const copy = await inTransaction(ctx, async (tx) => {
    const notification = await load(tx, id)
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

async function load(ctx: Ctx, id: string): Promise<Notification> {
  const notification = await lockNotification(ctx.db, id)
  if (!notification) throw new Refusal(404, 'not_found', `There is no notification ${id}.`)
  return notification
}

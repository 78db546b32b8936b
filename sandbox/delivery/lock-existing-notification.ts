import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { lockNotification } from './queries.ts'
import type { Notification } from './queries.ts'

/** The notification, locked for a change. Throws Refusal not_found. */
export async function lockExistingNotification(ctx: Ctx, id: string): Promise<Notification> {
  const notification = await lockNotification(ctx.db, id)
  if (!notification) throw new Refusal(404, 'not_found', `There is no notification ${id}.`)
  return notification
}

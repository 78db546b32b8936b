import { inTransaction, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { instanceById } from '../market/queries.ts'
import { notify } from './notify.ts'

/** Sends any action with any parameters, rightly signed: for actions nobody has heard of. Answers the notification's id. */
export async function sendRaw(
  ctx: Ctx,
  input: { action: string; instanceId: string | null; params: Record<string, string> },
): Promise<string> {
  const notification = await inTransaction(ctx, async (tx) => {
    if (input.instanceId !== null && !(await instanceById(tx.db, input.instanceId))) {
      throw new Refusal(404, 'not_found', `There is no instance ${input.instanceId}.`)
    }
    return notify(tx, { action: input.action, instanceId: input.instanceId, params: Object.entries(input.params) })
  })
  ctx.wake()
  return notification.id
}

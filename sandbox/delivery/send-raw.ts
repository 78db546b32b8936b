import { inTransaction, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { instanceById } from '../market/queries.ts'
import { notify } from './notify.ts'

/**
 * Sends any action with any parameters, rightly signed: for replays out of season and for actions nobody has heard of. A named
 * instance is sent as `instanceId` unless the parameters say otherwise. Answers the notification's id. Throws Refusal not_found.
 */
export async function sendRaw(
  ctx: Ctx,
  input: { action: string; instanceId: string | null; params: Record<string, string> },
): Promise<string> {
  const notification = await inTransaction(ctx, async (tx) => {
    const about = input.instanceId === null ? {} : await instanceParameter(tx, input.instanceId)
    const params = Object.entries<string>({ ...about, ...input.params })
    return notify(tx, { action: input.action, instanceId: input.instanceId, params })
  })
  ctx.wake()
  return notification.id
}

async function instanceParameter(ctx: Ctx, instanceId: string): Promise<{ instanceId: string }> {
  const instance = await instanceById(ctx.db, instanceId)
  if (!instance) throw new Refusal(404, 'not_found', `There is no instance ${instanceId}.`)
  return { instanceId: instance.vendorInstanceId ?? instanceId }
}

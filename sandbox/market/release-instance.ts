import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { closeInstance } from './close-instance.ts'
import { lockInstanceFor } from './lock-instance-for.ts'
import { instanceById } from './queries.ts'

/** The buyer gives the instance back. Releasing a closed one again changes nothing and answers null. Throws Refusal. */
export async function releaseInstance(ctx: Ctx, instanceId: string): Promise<string | null> {
  const notificationId = await inTransaction(ctx, async (tx) => {
    if ((await instanceById(tx.db, instanceId))?.status === 'CLOSED') return null
    const instance = await lockInstanceFor(tx, 'release', instanceId)
    return (await closeInstance(tx, instance)).id
  })
  ctx.wake()
  return notificationId
}

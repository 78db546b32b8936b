import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { lockInstanceFor } from './lock-instance-for.ts'
import { setArrears, setTimer } from './queries.ts'

/** The buyer stops paying: after the grace the instance expires, after the retention it is released. Throws Refusal. */
export async function fallIntoArrears(ctx: Ctx, instanceId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await lockInstanceFor(tx, 'fallIntoArrears', instanceId)
    const now = tx.clock.now()
    await setArrears(tx.db, instanceId, now)
    await setTimer(tx.db, { instanceId, kind: 'expire', dueAt: new Date(now.getTime() + tx.knobs().arrearsGraceMs) })
  })
  ctx.wake()
}

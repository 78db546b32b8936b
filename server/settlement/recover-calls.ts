import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { finishCall, lockCall, lockRecordsOfCall, selectRunningCalls, unlockCall } from './call-queries.ts'
import { takeStep } from './take-step.ts'

const lookedAt = 100

/**
 * Finds calls whose sender died before it wrote the answer, and says UNKNOWN of their records: whether the marketplace counted them
 * nobody here can tell. A running sender holds its call's lock, so it is left alone however slow it is. Returns how many calls were lost.
 */
export async function recoverCalls(ctx: Ctx): Promise<number> {
  let lost = 0
  for (const id of await selectRunningCalls(ctx.db, lookedAt)) if (await recoverCall(ctx, id)) lost += 1
  return lost
}

async function recoverCall(ctx: Ctx, id: Id<'push'>): Promise<boolean> {
  return ctx.db.connection().execute(async (connection) => {
    if (!(await lockCall(connection, id))) return false
    try {
      return await inTransaction(ctx, async (tx) => {
        // Answered between being seen and being locked.
        if (!(await finishCall(tx.db, id, tx.now()))) return false
        for (const row of await lockRecordsOfCall(tx.db, id)) await takeStep(tx, row, 'lost', { code: 'SenderDied' })
        tx.log.error({ callId: id }, 'A sender died while usage was on its way; its records are unknown')
        return true
      })
    } finally {
      await unlockCall(connection, id)
    }
  })
}

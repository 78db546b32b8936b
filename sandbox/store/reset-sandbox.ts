import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { knobsSchema } from '../knobs.ts'

/** Forgets every buyer, purchase, notification, fault and record, and turns the knobs back. The clock and the id sequences go on. */
export async function resetSandbox(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.db.query(
      `truncate marketplace_sandbox.attempts, marketplace_sandbox.notifications, marketplace_sandbox.timers,
         marketplace_sandbox.service_periods, marketplace_sandbox.orders, marketplace_sandbox.metering_records,
         marketplace_sandbox.metering_turns, marketplace_sandbox.api_calls, marketplace_sandbox.nonces,
         marketplace_sandbox.faults, marketplace_sandbox.instances, marketplace_sandbox.buyers`,
    )
    await tx.db.query(`update marketplace_sandbox.settings set knobs = '{}'`)
  })
  ctx.setKnobs(knobsSchema.parse({ retryIntervalMs: ctx.options.retryIntervalMs }))
}

import type { Ctx } from '../context.ts'
import { expireDue } from './expire-due.ts'
import { gatherUsage } from './gather-usage.ts'
import type { ConnectorFor } from './metered.ts'
import { recoverCalls } from './recover-calls.ts'
import { sealDue } from './seal-due.ts'
import { sendDue } from './send-due.ts'
import { warnOfDeadlines } from './warn-of-deadlines.ts'

export interface SettlementRun {
  lost: number
  sealed: number
  calls: number
  warned: number
  expired: number
}

/**
 * One round of everything that falls due by the clock, in its order: the dead are found, the last hours' usage is read, what is definite is sealed, what may be sent
 * is sent, people are told of what is late, and what is too late ends.
 */
export async function runSettlement(ctx: Ctx, connectorFor?: ConnectorFor): Promise<SettlementRun> {
  const lost = await recoverCalls(ctx)
  await gatherUsage(ctx, { hoursBack: 3 }, connectorFor)
  const sealed = await sealDue(ctx, connectorFor)
  const calls = await sendDue(ctx, connectorFor)
  const warned = await warnOfDeadlines(ctx)
  const expired = await expireDue(ctx)
  return { lost, sealed, calls, warned, expired }
}

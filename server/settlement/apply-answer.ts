import type { Id } from '../../contract/ids.ts'
import type { PushState } from '../../contract/settlement.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { UsageVerdict } from '../marketplaces/connector.ts'
import { record } from '../platform/record.ts'
import { finishCall, lockRecordsOfCall, updateCallRecord } from './call-queries.ts'
import { decideVerdict } from './decide-verdict.ts'
import { postCloudMoney } from './post-cloud-money.ts'
import type { UsageRecordRow } from './queries.ts'
import { takeStep } from './take-step.ts'

export interface Answer {
  recordId: Id<'usageRecord'>
  verdict: UsageVerdict
}

/**
 * Writes down what the marketplace said about each record of a call, and what follows, in one transaction. A record that was taken
 * for lost meanwhile hears its own call's answer still; one that has been in another call since does not.
 */
export async function applyAnswer(ctx: Ctx, of: { callId: Id<'push'>; answers: readonly Answer[] }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const rows = new Map((await lockRecordsOfCall(tx.db, of.callId)).map((row) => [row.id, row]))
    const collected: UsageRecordRow[] = []
    for (const { recordId, verdict } of of.answers) {
      await updateCallRecord(tx.db, { callId: of.callId, recordId }, answerOf(verdict))
      const row = rows.get(recordId)
      const state = row && (await applyVerdict(tx, row, { verdict, together: of.answers.length }))
      if (row && (state === 'ACCEPTED' || state === 'DUPLICATE')) collected.push(row)
    }
    await postCloudMoney(tx, collected, 'cloud_settlement')
    await finishCall(tx.db, of.callId, tx.now())
  })
}

async function applyVerdict(
  ctx: TxCtx,
  row: UsageRecordRow,
  of: { verdict: UsageVerdict; together: number },
): Promise<PushState | null> {
  const { verdict } = of
  const decision = decideVerdict(verdict, { now: ctx.now(), together: of.together })
  const { code, message } = answerOf(verdict)
  const state = await takeStep(ctx, row, decision.step, {
    code,
    message,
    ...(decision.sendAfter && { sendAfter: decision.sendAfter }),
    ...(decision.alone && { alone: true }),
  })
  if (!decision.operator) return state
  const about = { usageRecordId: row.id, instanceId: row.instance_id }
  ctx.log.error({ ...about, code, state }, 'A usage report needs an operator')
  if (state === 'SEALED') await record(ctx, { kind: 'push.held', about, detail: { code } })
  return state
}

function answerOf(verdict: UsageVerdict) {
  return {
    verdict: verdict.kind,
    code: verdict.kind === 'accepted' ? null : verdict.code,
    message: verdict.kind === 'rejected' ? verdict.message : null,
    receipt: verdict.kind === 'accepted' ? verdict.receipt : null,
  }
}

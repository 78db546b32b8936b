import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { UsageVerdict } from '../marketplaces/connector.ts'
import { record } from '../platform/record.ts'
import { finishCall, lockRecordsOfCall, updateCallRecord } from './call-queries.ts'
import { decideVerdict } from './decide-verdict.ts'
import type { UsageRecordRow } from './queries.ts'
import { takeStep } from './take-step.ts'

export interface Answer {
  recordId: Id<'usageRecord'>
  verdict: UsageVerdict
}

/**
 * Writes down what the marketplace said about each record of a call in one transaction; the ledger follows by a task of its own, so
 * that nothing there can lose an answer. A record that was taken
 * for lost meanwhile hears its own call's answer still; one that has been in another call since does not.
 */
export async function applyAnswer(ctx: Ctx, of: { callId: Id<'push'>; answers: readonly Answer[] }): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const rows = new Map((await lockRecordsOfCall(tx.db, of.callId)).map((row) => [row.id, row]))
    for (const { recordId, verdict } of of.answers) {
      await updateCallRecord(tx.db, { callId: of.callId, recordId }, answerOf(verdict))
      const row = rows.get(recordId)
      if (row) await applyVerdict(tx, row, { verdict, together: of.answers.length })
    }
    await finishCall(tx.db, of.callId, tx.now())
  })
}

async function applyVerdict(
  ctx: TxCtx,
  row: UsageRecordRow,
  of: { verdict: UsageVerdict; together: number },
): Promise<void> {
  const { verdict } = of
  const decision = decideVerdict(verdict, { now: ctx.now(), together: of.together })
  const { code, message } = answerOf(verdict)
  const state = await takeStep(ctx, row, decision.step, {
    code,
    message,
    ...(decision.sendAfter && { sendAfter: decision.sendAfter }),
    ...(decision.alone && { alone: true }),
  })
  if (!decision.operator) return
  const about = { usageRecordId: row.id, instanceId: row.instance_id }
  ctx.log.error({ ...about, code, state }, 'A usage report needs an operator')
  if (state === 'SEALED') await record(ctx, { kind: 'push.held', about, detail: { code } })
}

function answerOf(verdict: UsageVerdict) {
  return {
    verdict: verdict.kind,
    code: verdict.kind === 'accepted' ? null : verdict.code,
    message: verdict.kind === 'rejected' ? verdict.message : null,
    receipt: verdict.kind === 'accepted' ? verdict.receipt : null,
  }
}

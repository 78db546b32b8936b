import { newId } from '../../contract/ids.ts'
import type { Id } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { connectorOf } from '../marketplaces/connector-of.ts'
import type { UsageToPush, UsageVerdict } from '../marketplaces/connector.ts'
import { applyAnswer } from './apply-answer.ts'
import { insertCall, lockCall, selectSendable, selectTurns, takeTurns, unlockCall } from './call-queries.ts'
import type { SealedRecord } from './call-queries.ts'
import type { ConnectorFor } from './metered.ts'
import { sendBeforeDeadlineSeconds } from './periods.ts'
import { planCalls } from './plan-calls.ts'

/** Looked at per round; what does not fit comes with the next. */
const lookedAt = 2_000

type PushUsage = (records: readonly UsageToPush[]) => Promise<UsageVerdict[]>

/**
 * Sends what is sealed and may be sent now, call after call, until every instance has had its turn. Returns how many calls were made.
 * Safe to run in several processes at once: turns and records are taken under locks.
 */
export async function sendDue(ctx: Ctx, connectorFor: ConnectorFor = connectorOf): Promise<number> {
  const now = ctx.now()
  const deadlineAfter = new Date(now.getTime() + sendBeforeDeadlineSeconds * 1000)
  const waiting = await selectSendable(ctx.db, { now, deadlineAfter, limit: lookedAt })
  const marketplaces = [...new Set(waiting.map((record) => record.marketplace))]
  let calls = 0
  for (const marketplace of marketplaces) {
    const connector = connectorFor(ctx.services.config, marketplace)
    if (!connector?.pushUsage) {
      ctx.log.warn({ marketplace }, 'No API keys for this marketplace: sealed usage waits')
      continue
    }
    const records = waiting.filter((record) => record.marketplace === marketplace).map(sendable)
    const lastCallAt = await selectTurns(ctx.db, [...new Set(records.map((record) => record.instanceId))])
    for (const call of planCalls(records, { rules: connector.meterRules, lastCallAt, now })) {
      const { secondsBetweenCalls } = connector.meterRules
      if (await sendCall(ctx, { records: call.map(({ row }) => row), secondsBetweenCalls, push: connector.pushUsage }))
        calls += 1
    }
  }
  return calls
}

function sendable(row: SealedRecord) {
  const { id, instance_id: instanceId, marketplace, product_code: productCode, deadline, alone } = row
  return { id, instanceId, marketplace, productCode, deadline, alone, row }
}

/**
 * One call: its turn taken and SENDING committed, then the call with no transaction open, then the answer committed. A lock of the
 * database session is held all the while, so that others can tell a slow sender from a dead one.
 */
async function sendCall(
  ctx: Ctx,
  of: { records: SealedRecord[]; secondsBetweenCalls: number; push: PushUsage },
): Promise<boolean> {
  const id = newId('push')
  return ctx.db.connection().execute(async (connection) => {
    await lockCall(connection, id)
    try {
      const request = of.records.map(toPush)
      if (!(await begin(ctx, id, of, request))) return false
      const verdicts = await of.push(request)
      await applyAnswer(ctx, {
        callId: id,
        answers: of.records.map((record, index) => ({ recordId: record.id, verdict: verdicts[index] ?? missing })),
      })
      return true
    } finally {
      await unlockCall(connection, id)
    }
  })
}

const missing: UsageVerdict = { kind: 'unknown', code: 'VerdictMissing' }

/** Raised inside the transaction to undo it: another sender took a record or a turn first. */
class TakenMeanwhileError extends Error {}

async function begin(
  ctx: Ctx,
  id: Id<'push'>,
  of: { records: SealedRecord[]; secondsBetweenCalls: number },
  request: UsageToPush[],
): Promise<boolean> {
  const now = ctx.now()
  const [first] = of.records
  if (!first) return false
  try {
    await inTransaction(ctx, async (tx) => {
      const since = new Date(now.getTime() - of.secondsBetweenCalls * 1000)
      const instanceIds = of.records.map((record) => record.instance_id)
      const records = of.records.map((record) => record.id)
      if (!(await takeTurns(tx.db, instanceIds, { now, since }))) throw new TakenMeanwhileError()
      const call = { id, marketplace: first.marketplace, productCode: first.product_code, request, records, now }
      if (!(await insertCall(tx.db, call))) throw new TakenMeanwhileError()
    })
    return true
  } catch (error) {
    if (error instanceof TakenMeanwhileError) return false
    throw error
  }
}

function toPush(record: SealedRecord): UsageToPush {
  if (record.units === null) throw new Error(`Usage record ${record.id} is sealed without units.`)
  return {
    instanceRef: record.instanceRef,
    from: record.period_from,
    until: record.period_until,
    quantities: [
      { dimension: record.dimension, quantity: record.units, item: record.item === '' ? null : record.item },
    ],
  }
}

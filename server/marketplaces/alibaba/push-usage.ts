import type { UsageToPush, UsageVerdict } from '../connector.ts'
import type { AlibabaApi } from './api.ts'
import { meaningOf } from './api-errors.ts'
import { alibabaMeterRules } from './meter-rules.ts'

/** Our keys were refused: somebody has to mend them, and nothing was counted. */
const notAdmittedRetrySeconds = 300
const notSentRetrySeconds = 30

/**
 * Codes by which the product refuses usage for good ("PushMeteringData", error codes). Any other coded refusal is treated as
 * unknown: this API has no idempotency key and no way to read back, so doubt must never lead to sending twice.
 */
const refusedForGood = new Set([
  'Invalid.Parameter.Metering',
  'Invalid.Parameter.Instance',
  'Invalid.Parameter',
  'Metering.Data.Exceeded',
  'Permission.Denied',
])

/**
 * Reports usage in one call of `PushMeteringData`. The vendor answers for the whole call, so every record gets the same
 * verdict. The caller has committed that it is sending, keeps to the meter rules (at most 100 records, one product, 60 s
 * between calls for an instance) and decides what to do with `unknown`: never to send again blindly.
 */
export async function pushUsage(api: AlibabaApi, records: readonly UsageToPush[]): Promise<UsageVerdict[]> {
  const verdict = await pushAll(api, JSON.stringify(records.map(meteringOf)))
  return records.map(() => verdict)
}

async function pushAll(api: AlibabaApi, metering: string): Promise<UsageVerdict> {
  try {
    const { body } = await api.call((client, sdk) =>
      client.pushMeteringData(new sdk.PushMeteringDataRequest({ metering })),
    )
    // Booleans come as text from some of the vendor's services.
    if (String(body?.success) === 'true') return { kind: 'accepted', receipt: body?.requestId ?? '' }
    return { kind: 'unknown', code: 'SuccessMissing' }
  } catch (error) {
    return verdictOf(error)
  }
}

function verdictOf(error: unknown): UsageVerdict {
  const { meaning, code, message, retryAfterSeconds } = meaningOf(error)
  if (refusedForGood.has(code)) return { kind: 'rejected', code, message }
  switch (meaning) {
    case 'throttled':
      return { kind: 'retry', code, afterSeconds: retryAfterSeconds ?? alibabaMeterRules.secondsBetweenCalls }
    case 'not-admitted':
      return { kind: 'retry', code, afterSeconds: notAdmittedRetrySeconds }
    case 'not-sent':
      return { kind: 'retry', code, afterSeconds: notSentRetrySeconds }
    case 'refused':
    case 'unknown':
      return { kind: 'unknown', code }
    default:
      return meaning satisfies never
  }
}

/** One record as the vendor writes it: seconds and whole numbers as text, `meteringAssit` with its one s. */
function meteringOf(record: UsageToPush) {
  return {
    InstanceId: record.instanceRef,
    StartTime: String(Math.floor(record.from.getTime() / 1000)),
    EndTime: String(Math.floor(record.until.getTime() / 1000)),
    Entities: record.quantities.map(({ dimension, quantity, item }) => ({
      Key: dimension,
      Value: quantity,
      ...(item === null ? {} : { meteringAssit: item }),
    })),
  }
}

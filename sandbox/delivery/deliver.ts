import { randomBytes } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { inTransaction } from '../context.ts'
import { spiToken } from '../alibaba/spi-token.ts'
import type { Parameter } from '../alibaba/spi-token.ts'
import { takeFault } from '../faults/queries.ts'
import { beginService, setOpened, setVendorWords } from '../market/queries.ts'
import { judgeAnswer } from './answer.ts'
import type { Verdict } from './answer.ts'
import { callSpi } from './call-spi.ts'
import { finishAttempt, insertAttempt, lockNotification, setNotification } from './queries.ts'
import type { Notification } from './queries.ts'

interface Attempted {
  notification: Notification
  attemptId: string
  params: Parameter[]
  loseAnswer: boolean
}

/**
 * One attempt at one notification: recorded before the call, judged after it. Success settles it; otherwise it is due again after
 * the retry interval, until the attempts are used up and it is listed as failed (createInstance page: at most 120).
 * Does nothing when the notification no longer waits or, for `first-if-due`, when it was attempted before or is delayed.
 */
export async function deliver(ctx: Ctx, notificationId: string, which: 'next' | 'first-if-due'): Promise<void> {
  const attempted = await inTransaction(ctx, (tx) => beginAttempt(tx, notificationId, which))
  if (!attempted) return
  const knobs = ctx.knobs()
  const began = performance.now()
  const result = await callSpi({
    url: ctx.options.spiUrl,
    method: knobs.spiMethod,
    params: attempted.params,
    timeoutMs: knobs.spiTimeoutMs,
  })
  const judged = judgeAnswer(attempted.notification.action, result)
  const verdict: Verdict = attempted.loseAnswer ? { ...judged, outcome: 'answer-lost' } : judged
  const record = {
    durationMs: Math.round(performance.now() - began),
    httpStatus: result.kind === 'answered' ? result.httpStatus : null,
    answer:
      result.kind === 'answered'
        ? result.body.replaceAll('\0', '')
        : result.kind === 'unreachable'
          ? result.reason
          : null,
    outcome: verdict.outcome,
  }
  await inTransaction(ctx, async (tx) => {
    await finishAttempt(tx.db, attempted.attemptId, record)
    await settle(tx, notificationId, verdict)
  })
  ctx.log.info(
    {
      notification: notificationId,
      action: attempted.notification.action,
      outcome: verdict.outcome,
      ms: record.durationMs,
    },
    'sandbox called the SPI',
  )
}

async function beginAttempt(
  ctx: Ctx,
  notificationId: string,
  which: 'next' | 'first-if-due',
): Promise<Attempted | null> {
  const notification = await lockNotification(ctx.db, notificationId)
  if (!notification || notification.state !== 'waiting') return null
  const firstAndDue = notification.attempts === 0 && notification.nextAttemptAt <= ctx.clock.now()
  if (which === 'first-if-due' && !firstAndDue) return null
  const want = {
    on: 'spi',
    action: notification.action,
    instanceIds: notification.instanceId ? [notification.instanceId] : [],
  } as const
  const extra = await takeFault(ctx.db, { ...want, kinds: ['extra-parameter'] })
  const wrong = await takeFault(ctx.db, { ...want, kinds: ['wrong-signature'] })
  const lost = await takeFault(ctx.db, { ...want, kinds: ['lose-answer'] })
  const unsigned = extra ? [...notification.params, randomParameter()] : notification.params
  const token = spiToken(unsigned, wrong ? `${ctx.options.spiKey}-not-the-key` : ctx.options.spiKey)
  const params: Parameter[] = [...unsigned, ['token', token]]
  const now = ctx.clock.now()
  const attempts = notification.attempts + 1
  const method = ctx.knobs().spiMethod
  const attemptId = await insertAttempt(ctx.db, { notificationId, number: attempts, method, params, startedAt: now })
  // Due again even if this process dies during the call.
  await setNotification(ctx.db, notificationId, { ...notification, attempts, nextAttemptAt: nextAttemptAt(ctx) })
  return { notification: { ...notification, attempts }, attemptId, params, loseAnswer: lost !== null }
}

/** A parameter nobody announced, with a capital, a space and Chinese, as the SPI guide reserves the right to add. */
function randomParameter(): Parameter {
  return [`Extra${randomBytes(3).toString('hex')}`, `新参数 ${randomBytes(2).toString('hex')} & + %`]
}

function nextAttemptAt(ctx: Ctx): Date {
  return new Date(ctx.clock.now().getTime() + ctx.knobs().retryIntervalMs)
}

async function settle(ctx: Ctx, notificationId: string, verdict: Verdict): Promise<void> {
  const notification = await lockNotification(ctx.db, notificationId)
  if (!notification) return
  const now = ctx.clock.now()
  if (verdict.outcome === 'ok') {
    await setNotification(ctx.db, notificationId, { ...notification, state: 'delivered', settledAt: now })
    await applyAnswer(ctx, notification, verdict)
    return
  }
  const usedUp = notification.attempts >= ctx.knobs().maxAttempts
  // Held by the operator while the call was under way: stays held.
  const state = usedUp ? 'failed' : notification.state === 'held' ? 'held' : 'waiting'
  await setNotification(ctx.db, notificationId, {
    state,
    attempts: notification.attempts,
    nextAttemptAt: nextAttemptAt(ctx),
    settledAt: usedUp ? now : null,
  })
}

async function applyAnswer(ctx: Ctx, notification: Notification, verdict: Verdict): Promise<void> {
  if (notification.instanceId === null) return
  if (notification.action === 'createInstance' && verdict.vendorInstanceId !== null) {
    const now = ctx.clock.now()
    const { opened } = await setOpened(ctx.db, notification.instanceId, {
      vendorInstanceId: verdict.vendorInstanceId,
      now,
    })
    if (opened) await beginService(ctx.db, notification.instanceId, now)
  }
  await setVendorWords(ctx.db, notification.instanceId, verdict)
}

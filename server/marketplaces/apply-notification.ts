import type { InstanceStatus } from '../../contract/accounts.ts'
import type { TxCtx } from '../context.ts'
import { enqueue } from '../platform/jobs/enqueue.ts'
import { record } from '../platform/record.ts'
import type { Inbound, MarketplaceConnector, Notification, Reply } from './connector.ts'
import { confirmInstanceJob } from './confirm-instance-job.ts'
import { needsConfirmation, stepFor } from './instance.ts'
import type { Step } from './instance.ts'
import { openInstance } from './open-instance.ts'
import { lockInstanceRef, selectEarlierVerdicts, selectInstanceByRef, updateInstance } from './queries.ts'
import type { InstanceRow } from './queries.ts'
import type { Verdict } from './tables.ts'

type Applied = Extract<Step, { verdict: 'applied' }>

export interface Outcome {
  verdict: Verdict
  reply: Reply
}

/**
 * Does what a genuine lifecycle notification asks, in the caller's transaction. Messages about one instance take turns, so
 * twenty identical ones at once make one instance; a message already taken changes nothing and is answered the same.
 */
export async function applyNotification(
  ctx: TxCtx,
  connector: MarketplaceConnector,
  inbound: Extract<Inbound, { kind: 'lifecycle' }>,
): Promise<Outcome> {
  const { notification, action, dedupeKey } = inbound
  const { marketplace } = connector
  const { instanceRef } = notification
  await lockInstanceRef(ctx.db, marketplace, instanceRef)
  const known = await selectInstanceByRef(ctx.db, marketplace, instanceRef)
  const earlier = await selectEarlierVerdicts(ctx.db, { marketplace, instanceRef, action, dedupeKey })
  const status = known?.status ?? 'absent'
  const step = stepFor(notification.kind, status, dedupeKey !== null && earlier.has('applied'))
  const instance = step.verdict === 'applied' ? await applyStep(ctx, marketplace, known, notification, step) : known
  if (instance && needsConfirmation(notification.kind, step, status)) {
    await enqueue(
      ctx,
      confirmInstanceJob,
      { instanceId: instance.id },
      { jobKey: `${confirmInstanceJob}:${instance.id}` },
    )
  }
  if (known && step.verdict === 'duplicate') await completeItems(ctx, known, notification)
  if (known && isNewDispute(step, earlier)) await recordDispute(ctx, known, notification)
  return { verdict: step.verdict, reply: replyOf(step, notification) }
}

async function applyStep(
  ctx: TxCtx,
  marketplace: string,
  known: InstanceRow | undefined,
  notification: Notification,
  step: Applied,
): Promise<InstanceRow> {
  if (notification.kind === 'purchased') {
    warnOfUnknownProduct(ctx, marketplace, notification.productCode)
    return openInstance(ctx, { ...notification, marketplace, status: 'active', learnedBy: 'notification' })
  }
  if (!known) throw new Error(`The state table lets ${notification.kind} apply to an instance nobody has heard of.`)
  const change = changeOf(known, notification, step.status)
  await updateInstance(ctx.db, known.id, change, ctx.now())
  await record(ctx, {
    kind: step.event,
    about: { instanceId: known.id, cloudAccountId: known.cloud_account_id },
    detail: { from: known.status, to: step.status, sku: change.sku, ...detailOf(notification) },
  })
  return known
}

function changeOf(known: InstanceRow, notification: Notification, status: InstanceStatus) {
  const now = { status, sku: known.sku, items: known.items, expiresOn: known.expires_on }
  switch (notification.kind) {
    case 'renewed':
      return { ...now, expiresOn: notification.expiresOn ?? now.expiresOn }
    case 'upgraded':
      return { ...now, sku: notification.sku, items: { ...now.items, ...notification.items } }
    case 'purchased':
    case 'suspended':
    case 'released':
      return now
    default:
      return notification satisfies never
  }
}

function detailOf(notification: Notification): Record<string, unknown> {
  return {
    ...('orderRef' in notification && notification.orderRef !== null ? { orderRef: notification.orderRef } : {}),
    ...(notification.kind === 'released' ? { refund: notification.refund } : {}),
  }
}

/** An instance first learned of by asking lacks the billable items that only its purchase tells. */
async function completeItems(ctx: TxCtx, known: InstanceRow, notification: Notification): Promise<void> {
  if (notification.kind !== 'purchased') return
  if (Object.keys(known.items).length > 0 || Object.keys(notification.items).length === 0) return
  const { status, sku, expires_on: expiresOn } = known
  await updateInstance(ctx.db, known.id, { status, sku, expiresOn, items: notification.items }, ctx.now())
}

/** The marketplace repeats what we refuse up to 120 times; people are told once. */
function isNewDispute(step: Step, earlier: ReadonlySet<Verdict>): boolean {
  return 'disputed' in step && step.disputed && !earlier.has(step.verdict)
}

async function recordDispute(ctx: TxCtx, known: InstanceRow, notification: Notification): Promise<void> {
  await record(ctx, {
    kind: 'instance.disputed',
    about: { instanceId: known.id, cloudAccountId: known.cloud_account_id },
    detail: { reason: 'renewed_after_release', status: known.status, ...detailOf(notification) },
  })
}

function replyOf(step: Step, notification: Notification): Reply {
  if (step.verdict !== 'applied' && step.answer === 'refused') {
    const message =
      step.verdict === 'unknown_instance'
        ? 'The purchase of this instance has not reached us yet; please send this again later.'
        : 'This instance was released; it cannot be renewed or changed.'
    return { kind: 'refused', message }
  }
  return notification.kind === 'purchased'
    ? { kind: 'provisioned', instanceRef: notification.instanceRef }
    : { kind: 'done' }
}

function warnOfUnknownProduct(ctx: TxCtx, marketplace: string, productCode: string): void {
  const { products } = ctx.services.config.catalogue
  if (products.some((product) => product.marketplace === marketplace && product.productCode === productCode)) return
  ctx.log.warn(
    { marketplace, productCode },
    'A product was purchased that the catalogue does not name; nobody can activate it until it does',
  )
}

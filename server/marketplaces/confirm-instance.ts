import type { InstanceId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { enqueue } from '../platform/jobs/enqueue.ts'
import { record } from '../platform/record.ts'
import { confirmInstanceJob } from './confirm-instance-job.ts'
import type { Finding, InstanceState, MarketplaceConnector } from './connector.ts'
import { settle } from './instance.ts'
import { lockInstanceRef, markConfirmed, selectInstance, updateInstance } from './queries.ts'
import type { InstanceRow } from './queries.ts'
import { readInstance } from './read-instance.ts'

/**
 * While the marketplace is opening an instance, and once more after a correction, it is asked again: right after a change its
 * own answer may lag behind its messages.
 */
const askAgainMilliseconds = 10 * 60_000

/** Raised when the marketplace could not be asked; the job queue tries again later. */
export class MarketplaceUnreachableError extends Error {
  override readonly name = 'MarketplaceUnreachableError'
}

/**
 * Asks the marketplace what is true of an instance and settles it: its status and specification hold against ours, but what
 * we hold released stays released. Messages can be replayed and overtake each other, so none of them has the last word.
 * Asked with no transaction open; when the instance changed meanwhile the answer is dropped, because that change brought its
 * own job. Throws MarketplaceUnreachableError when there is no answer.
 */
export async function confirmInstance(
  ctx: Ctx,
  connector: MarketplaceConnector | null,
  instanceId: InstanceId,
): Promise<void> {
  const asked = await readInstance(ctx, instanceId)
  const about = { instanceId, marketplace: asked.marketplace }
  if (!connector?.fetchState) {
    ctx.log.info(about, 'No API keys for this marketplace: what it told us about the instance is not confirmed')
    return
  }
  const finding = await connector.fetchState(asked.instance_ref)
  switch (finding.kind) {
    case 'unreachable':
      throw new MarketplaceUnreachableError(
        `${asked.marketplace} could not be asked about ${instanceId}: ${finding.code}`,
      )
    case 'absent':
      ctx.log.warn({ ...about, code: finding.code }, 'The marketplace does not know this instance; nothing was changed')
      return
    case 'found':
      return inTransaction(ctx, (tx) => settleInstance(tx, asked, finding))
    default:
      return finding satisfies never
  }
}

async function settleInstance(
  ctx: TxCtx,
  asked: InstanceRow,
  { value: state }: Extract<Finding<InstanceState>, { kind: 'found' }>,
): Promise<void> {
  await lockInstanceRef(ctx.db, asked.marketplace, asked.instance_ref)
  const known = await selectInstance(ctx.db, asked.id)
  if (!known || known.revision !== asked.revision) return
  const settling = settle({ status: known.status, sku: known.sku, expiresOn: known.expires_on }, state)
  if (settling.kind === 'undecided') return askAgainLater(ctx, known)
  const about = { instanceId: known.id, cloudAccountId: known.cloud_account_id }
  if (settling.kind === 'disputed') {
    ctx.log.error(
      { ...about, marketplaceSays: state.status },
      'The marketplace has an instance open that was released here',
    )
    await record(ctx, {
      kind: 'instance.disputed',
      about,
      detail: { reason: 'open_after_release', marketplaceSays: state.status },
    })
    return
  }
  if (settling.kind === 'corrects') {
    await updateInstance(ctx.db, known.id, { ...settling.change, items: known.items }, ctx.now())
    for (const kind of settling.events) {
      const detail = {
        from: known.status,
        to: settling.change.status,
        sku: settling.change.sku,
        learnedBy: 'confirmation',
      }
      await record(ctx, { kind, about, detail })
    }
    await askAgainLater(ctx, known)
  }
  await markConfirmed(ctx.db, known.id, ctx.now())
}

async function askAgainLater(ctx: TxCtx, known: InstanceRow): Promise<void> {
  await enqueue(
    ctx,
    confirmInstanceJob,
    { instanceId: known.id },
    { jobKey: `${confirmInstanceJob}:${known.id}`, runAt: new Date(ctx.now().getTime() + askAgainMilliseconds) },
  )
}

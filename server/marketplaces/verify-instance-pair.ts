import type { CloudAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { readCloudAccount } from '../accounts/read-cloud-account.ts'
import { inTransaction } from '../context.ts'
import type { Actor, Ctx } from '../context.ts'
import { countAttempt } from '../platform/rate-limit.ts'
import type { Finding, InstanceState, MarketplaceConnector } from './connector.ts'
import { connectorOf } from './connector-of.ts'
import { openInstance } from './open-instance.ts'
import { lockInstanceRef, selectInstanceByRef } from './queries.ts'
import { findInstance } from './read-instance.ts'
import type { InstanceRow } from './read-instance.ts'

/** Ids are digits and can be guessed at; people who copy them need a few tries. */
const triesPerActor = { max: 20, windowSeconds: 3600 }
const triesPerAddress = { max: 60, windowSeconds: 3600 }

export interface TypedPair {
  marketplace: string
  /** Account ID as typed. */
  cloudAccountRef: string
  /** Product Instance ID as typed. */
  instanceRef: string
  /** Cloud accounts the person asking is known to hold; only about these is it said which part is wrong. */
  provenCloudAccountIds?: readonly CloudAccountId[]
}

/**
 * Finds the instance a person named by typing its two ids: known to us from its purchase, else looked up at the marketplace
 * (Alibaba: `DescribeInstanceForIsv` → order → AliUid) and then kept as if its purchase had been told. Must be called with no
 * transaction open. Throws `instance_pair_wrong` (one neutral sentence), for a proven cloud account `instance_id_wrong` or
 * `instance_released`, `marketplace_unreachable` when it could not be checked, `too_many_requests`.
 */
export async function verifyInstancePair(ctx: Ctx, pair: TypedPair): Promise<InstanceRow> {
  await countTry(ctx)
  const known = await findInstance(ctx, pair)
  if (known) return judgeKnown(ctx, pair, known)
  const connector = connectorOf(ctx.services.config, pair.marketplace)
  if (!connector) throw await wrongPair(ctx, pair)
  return lookUp(ctx, connector, pair)
}

async function countTry(ctx: Ctx): Promise<void> {
  await countAttempt(ctx, `verify-pair:${actorKey(ctx.actor) ?? ctx.ip ?? 'nobody'}`, triesPerActor)
  if (ctx.ip) await countAttempt(ctx, `verify-pair:address:${ctx.ip}`, triesPerAddress)
}

function actorKey(actor: Actor): string | null {
  switch (actor.kind) {
    case 'activation':
      return actor.browserId
    case 'console':
    case 'billing':
      return actor.accountId
    case 'operator':
      return actor.operatorId
    case 'anyone':
    case 'usage-key':
    case 'marketplace':
    case 'system':
      return null
    default:
      return actor satisfies never
  }
}

async function judgeKnown(ctx: Ctx, pair: TypedPair, known: InstanceRow): Promise<InstanceRow> {
  if (known.cloudAccountRef !== pair.cloudAccountRef) throw await wrongPair(ctx, pair)
  if (known.status !== 'released') return known
  throw (pair.provenCloudAccountIds ?? []).includes(known.cloud_account_id)
    ? new Problem('instance_released')
    : new Problem('instance_pair_wrong')
}

/** Says that the instance id is the wrong part only to somebody who holds that cloud account. */
async function wrongPair(ctx: Ctx, pair: TypedPair): Promise<Problem> {
  const proven = await Promise.all((pair.provenCloudAccountIds ?? []).map((id) => readCloudAccount(ctx, id)))
  const holds = proven.some(
    (account) => account?.marketplace === pair.marketplace && account.account_ref === pair.cloudAccountRef,
  )
  return new Problem(holds ? 'instance_id_wrong' : 'instance_pair_wrong')
}

async function lookUp(ctx: Ctx, connector: MarketplaceConnector, pair: TypedPair): Promise<InstanceRow> {
  const { fetchState, fetchOrderOwner } = connector
  if (!fetchState || !fetchOrderOwner) {
    ctx.log.info(
      { marketplace: pair.marketplace },
      'No API keys for this marketplace: an unknown pair of ids cannot be looked up',
    )
    throw await wrongPair(ctx, pair)
  }
  const state = answered(ctx, pair, await fetchState(pair.instanceRef))
  if (!state || !isOpenAndSold(ctx, pair, state)) throw await wrongPair(ctx, pair)
  const owner = answered(ctx, pair, await fetchOrderOwner(state.orderRef))
  const listed = !owner || owner.instanceRefs.length === 0 || owner.instanceRefs.includes(pair.instanceRef)
  if (!owner?.standing || !listed || owner.accountRef !== pair.cloudAccountRef) throw await wrongPair(ctx, pair)
  return keepFound(ctx, pair, state)
}

/** What was found; null when the marketplace knows no such thing. Throws when it said nothing. */
function answered<Value>(ctx: Ctx, pair: TypedPair, finding: Finding<Value>): Value | null {
  switch (finding.kind) {
    case 'found':
      return finding.value
    case 'absent':
      return null
    case 'unreachable':
      ctx.log.warn(
        { marketplace: pair.marketplace, code: finding.code },
        'A typed pair of ids could not be checked at the marketplace',
      )
      throw new Problem('marketplace_unreachable')
    default:
      return finding satisfies never
  }
}

/** `opening` is not open: its purchase will be told in a moment, with all that a lookup does not know. */
function isOpenAndSold(ctx: Ctx, pair: TypedPair, state: InstanceState): boolean {
  const { products } = ctx.services.config.catalogue
  const sold = products.some(
    (product) => product.marketplace === pair.marketplace && product.productCode === state.productCode,
  )
  return sold && (state.status === 'active' || state.status === 'suspended')
}

/** Keeps what the lookup brought, unless the purchase itself arrived meanwhile; then that one is judged. */
async function keepFound(ctx: Ctx, pair: TypedPair, state: InstanceState): Promise<InstanceRow> {
  const row = await inTransaction(ctx, async (tx) => {
    await lockInstanceRef(tx.db, pair.marketplace, pair.instanceRef)
    const known = await selectInstanceByRef(tx.db, pair.marketplace, pair.instanceRef)
    if (known) return known
    return openInstance(tx, {
      marketplace: pair.marketplace,
      instanceRef: pair.instanceRef,
      accountRef: pair.cloudAccountRef,
      orderRef: state.orderRef,
      productCode: state.productCode,
      sku: state.skus[0] ?? '',
      items: {},
      trial: state.trial,
      expiresOn: state.expiresOn,
      status: state.status === 'suspended' ? 'suspended' : 'active',
      learnedBy: 'lookup',
    })
  })
  return judgeKnown(ctx, pair, row)
}

import { newId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { countAttempt } from '../platform/rate-limit.ts'
import { applyNotification } from './apply-notification.ts'
import type { Inbound, MarketplaceConnector, Params, Reply } from './connector.ts'
import { keptParams } from './kept-params.ts'
import { insertNotification } from './queries.ts'
import type { Verdict } from './tables.ts'

/** How many messages without a right signature are kept: enough to see what is wrong, too few to fill the table. */
const rejectedKept = [
  { max: 10, windowSeconds: 60 },
  { max: 500, windowSeconds: 86_400 },
]

export interface Taken {
  verdict: Verdict
  /** Body of our answer, in the marketplace's own form. */
  answer: Record<string, unknown>
}

/**
 * Takes one message of a marketplace: keeps it as it came with our verdict and answer, and does what it asks, in one
 * transaction. Telling it again changes nothing and is answered the same. Throws only for faults of our own (the database does
 * not answer, a bug); nothing is changed then and the marketplace is to be asked for another try.
 */
export async function takeNotification(ctx: Ctx, connector: MarketplaceConnector, params: Params): Promise<Taken> {
  const inbound = connector.parseInbound(params)
  if (inbound.kind === 'rejected') return rejectNotification(ctx, connector, params, inbound.action)
  const told: Ctx = { ...ctx, actor: { kind: 'marketplace', marketplace: connector.marketplace } }
  return inTransaction(told, async (tx) => {
    const applied = inbound.kind === 'lifecycle' ? await applyNotification(tx, connector, inbound) : refusal(inbound)
    const taken = { verdict: applied.verdict, answer: connector.renderReply(inbound.action, applied.reply) }
    await insertNotification(tx.db, {
      id: newId('notification'),
      marketplace: connector.marketplace,
      action: inbound.action.slice(0, 100),
      params: keptParams(params),
      dedupe_key: inbound.kind === 'lifecycle' ? inbound.dedupeKey : null,
      instance_ref: inbound.kind === 'lifecycle' ? inbound.notification.instanceRef : null,
      verdict: taken.verdict,
      answer: taken.answer,
      received_at: tx.now(),
    })
    return taken
  })
}

function refusal(inbound: Exclude<Inbound, { kind: 'lifecycle' | 'rejected' }>): { verdict: Verdict; reply: Reply } {
  if (inbound.kind === 'unknown-action') {
    return {
      verdict: 'unknown_action',
      reply: { kind: 'refused', message: 'The parameter action names nothing this endpoint does.' },
    }
  }
  const message = `The parameter ${inbound.field} is missing or cannot be read; it must have ${inbound.allowed}.`
  return { verdict: 'malformed', reply: { kind: 'refused', message } }
}

/** A message nobody vouches for: kept within bounds, because anybody can send one, and believed in nothing. */
async function rejectNotification(
  ctx: Ctx,
  connector: MarketplaceConnector,
  params: Params,
  action: string,
): Promise<Taken> {
  const reply: Reply = { kind: 'refused', message: 'The parameter token does not match the other parameters.' }
  const taken: Taken = { verdict: 'rejected', answer: connector.renderReply('', reply) }
  if (!(await mayKeepRejected(ctx, connector.marketplace))) return taken
  await insertNotification(ctx.db, {
    id: newId('notification'),
    marketplace: connector.marketplace,
    action: keptParams({ action: action.slice(0, 100) })['action'] ?? '',
    params: shortened(keptParams(params)),
    dedupe_key: null,
    instance_ref: null,
    verdict: taken.verdict,
    answer: taken.answer,
    received_at: ctx.now(),
  })
  ctx.log.warn({ marketplace: connector.marketplace }, 'A marketplace message without a right token was refused')
  return taken
}

async function mayKeepRejected(ctx: Ctx, marketplace: string): Promise<boolean> {
  try {
    for (const limit of rejectedKept) {
      await countAttempt(ctx, `rejected-notification:${marketplace}:${limit.windowSeconds}`, limit)
    }
    return true
  } catch (error) {
    if (error instanceof Problem && error.code === 'too_many_requests') return false
    throw error
  }
}

function shortened(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params)
      .slice(0, 20)
      .map(([name, value]) => [name.slice(0, 50), value.slice(0, 100)]),
  )
}

import { newId } from '../../contract/ids.ts'
import type { Actor, TxCtx } from '../context.ts'
import type { EventKind } from '../events.ts'
import { enqueueAll } from './jobs/enqueue.ts'

export interface Happening {
  kind: EventKind
  /** Ids it concerns, e.g. `{ workspaceId }`; how a thing's timeline is found again. */
  about: Record<string, string>
  /** Anything else worth telling; never a secret. */
  detail?: Record<string, unknown>
}

/**
 * Writes what happened, who did it (the audit row), and the tasks that follow from it, all in the caller's commit.
 * There is no publishing afterwards: either everything is there or nothing is.
 */
export async function record(ctx: TxCtx, happening: Happening): Promise<void> {
  await recordAll(ctx, [happening])
}

/** The same for many things that happened at once, in their order. */
export async function recordAll(ctx: TxCtx, happenings: readonly Happening[]): Promise<void> {
  if (happenings.length === 0) return
  const at = ctx.now()
  const events = happenings.map((happening) => ({ id: newId('event'), ...happening }))
  await ctx.db
    .insertInto('events')
    .values(
      events.map(({ id, kind, about, detail }) => ({
        id,
        kind,
        about: JSON.stringify(about),
        detail: JSON.stringify(detail ?? {}),
        at,
      })),
    )
    .execute()
  await ctx.db
    .insertInto('audit_entries')
    .values(
      events.map(({ id }) => ({
        id: newId('audit'),
        event_id: id,
        actor_kind: ctx.actor.kind,
        actor_id: actorId(ctx.actor),
        request_id: ctx.requestId,
        ip: ctx.ip,
        at,
      })),
    )
    .execute()
  const { subscriptions } = ctx.services
  await enqueueAll(
    ctx,
    events.flatMap(({ id, kind }) => (subscriptions[kind] ?? []).map((task) => ({ task, payload: { eventId: id } }))),
  )
}

function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case 'anyone':
      return null
    case 'activation':
      return actor.browserId
    case 'console':
    case 'billing':
      return actor.accountId
    case 'operator':
      return actor.operatorId
    case 'usage-key':
      return actor.keyId
    case 'marketplace':
      return actor.marketplace
    case 'system':
      return actor.task
    default:
      return actor satisfies never
  }
}

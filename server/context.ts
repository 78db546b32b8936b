import type { Kysely, Transaction } from 'kysely'
import type { Id } from '../contract/ids.ts'
import type { Language } from '../contract/problems.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { EventKind } from './events.ts'
import type { Clock } from './platform/clock.ts'
import type { Log } from './platform/log.ts'

/** Who is asking. Every request and every task has exactly one. */
export type Actor =
  | { kind: 'anyone' }
  | {
      kind: 'activation'
      activationId: Id<'activation'>
      browserId: Id<'activationBrowser'>
      /** The Billing Center account this browser is also signed in to, if any. */
      billingAccountId: Id<'billingAccount'> | null
    }
  | {
      kind: 'console'
      accountId: Id<'consoleAccount'>
      site: string
      sessionId: Id<'session'>
      billingAccountId: Id<'billingAccount'> | null
    }
  | { kind: 'billing'; accountId: Id<'billingAccount'>; sessionId: Id<'session'> }
  | { kind: 'operator'; operatorId: Id<'operator'>; sessionId: Id<'session'> }
  | { kind: 'usage-key'; keyId: Id<'apiKey'>; workspaceId: Id<'workspace'> | null }
  | { kind: 'marketplace'; marketplace: string }
  | { kind: 'system'; task: string }

/** What lives as long as the process. */
export interface Services {
  config: Config
  db: Kysely<Database>
  clock: Clock
  log: Log
  /** Tasks to enqueue, in the same commit, when an event of a kind is recorded. Composed in worker.ts. */
  subscriptions: Partial<Record<EventKind, readonly string[]>>
}

/** First argument of every action: who asks, in which language, with which database, clock and log. */
export interface Ctx {
  services: Services
  db: Kysely<Database>
  actor: Actor
  language: Language
  log: Log
  requestId: string
  ip: string | null
  now(): Date
}

/** A context whose `db` is an open transaction: what every write needs. */
export interface TxCtx extends Ctx {
  db: Transaction<Database>
}

/** A context for work no person asked for: tasks, seeding, start-up. */
export function systemContext(services: Services, task: string): Ctx {
  return {
    services,
    db: services.db,
    actor: { kind: 'system', task },
    language: services.config.catalogue.defaultLanguage,
    log: services.log.child({ task }),
    requestId: `task-${crypto.randomUUID()}`,
    ip: null,
    now: () => services.clock.now(),
  }
}

/**
 * Runs the work in one transaction and commits at its end; anything thrown rolls all of it back.
 * Nothing outside the database is called while it is open.
 */
export async function inTransaction<Result>(ctx: Ctx, work: (ctx: TxCtx) => Promise<Result>): Promise<Result> {
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }))
}

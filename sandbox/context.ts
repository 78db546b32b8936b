import type { Pool, PoolClient } from 'pg'
import type { SandboxClock } from './clock.ts'
import type { Knobs } from './knobs.ts'
import type { ProductListing, ReadyOptions, SandboxLog } from './options.ts'

/** A pool, or one connection inside a transaction. */
export type Db = Pick<PoolClient, 'query'>

/** First argument of every verb of the sandbox. */
export interface Ctx {
  db: Db
  pool: Pool
  options: ReadyOptions
  clock: SandboxClock
  log: SandboxLog
  /** The knobs as they stand now; replaced, never changed in place. */
  knobs(): Knobs
  setKnobs(knobs: Knobs): void
  /** Says that there may be new work for the courier; never waits for it. */
  wake(): void
}

/** Foreseen failure of a verb: shown on the page or answered by the API in these words. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: 400 | 404 | 409
  readonly code: RefusalCode
  constructor(status: 400 | 404 | 409, code: RefusalCode, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export type RefusalCode = 'wrong_input' | 'not_found' | 'not_allowed_now' | 'account_id_taken' | 'clock_goes_back'

/** Runs `work` in one transaction, in ours when we already are in one. */
export async function inTransaction<Result>(ctx: Ctx, work: (ctx: Ctx) => Promise<Result>): Promise<Result> {
  if (ctx.db !== ctx.pool) return work(ctx)
  const client = await ctx.pool.connect()
  try {
    await client.query('begin')
    const result = await work({ ...ctx, db: client })
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/** The listing of a product code. Throws Refusal not_found. */
export function productByCode(ctx: Ctx, code: string): ProductListing {
  const found = ctx.options.products.find((product) => product.code === code)
  if (!found) throw new Refusal(404, 'not_found', `There is no product ${code}.`)
  return found
}

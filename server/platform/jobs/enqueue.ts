import { sql } from 'kysely'
import type { TxCtx } from '../../context.ts'

export interface EnqueueOptions {
  /** Collapses waiting jobs with the same key into one. */
  jobKey?: string
  /** By `ctx.now()`. */
  runAt?: Date
  maxAttempts?: number
  /** Lower goes first among jobs that are due; 0 where nothing is said. */
  priority?: number
}

/** For what a person waits for, and for what has a deadline: neither may stand behind thousands of other jobs. */
export const urgent = -10

/** Adds a job in the caller's transaction: it exists exactly when the change that asked for it does. The payload is ids only. */
export async function enqueue(
  ctx: TxCtx,
  task: string,
  payload: Record<string, string>,
  options: EnqueueOptions = {},
): Promise<void> {
  await sql`select graphile_worker.add_job(
    ${task}::text,
    payload := ${JSON.stringify(payload)}::json,
    run_at := ${runAtOfDatabase(ctx, options.runAt)}::timestamptz,
    max_attempts := ${options.maxAttempts ?? 25}::int,
    job_key := ${options.jobKey ?? null}::text,
    priority := ${options.priority ?? 0}::int
  )`.execute(ctx.db)
}

/** Adds many jobs that may run at once, in the caller's transaction. */
export async function enqueueAll(
  ctx: TxCtx,
  jobs: readonly { task: string; payload: Record<string, string> }[],
): Promise<void> {
  if (jobs.length === 0) return
  const specs = jobs.map(({ task, payload }) => ({ identifier: task, payload, max_attempts: 25 }))
  await sql`select count(*) from graphile_worker.add_jobs(array(
    select spec from json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json) as spec
  ))`.execute(ctx.db)
}

/** Jobs wait by the database's clock; ours may be ahead of it in sandbox mode. */
function runAtOfDatabase(ctx: TxCtx, runAt: Date | undefined): Date | null {
  return runAt ? new Date(runAt.getTime() - ctx.services.clock.offset()) : null
}

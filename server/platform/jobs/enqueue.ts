import { sql } from 'kysely'
import type { TxCtx } from '../../context.ts'

export interface EnqueueOptions {
  /** Collapses waiting jobs with the same key into one. */
  jobKey?: string
  runAt?: Date
  maxAttempts?: number
}

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
    run_at := ${options.runAt ?? null}::timestamptz,
    max_attempts := ${options.maxAttempts ?? 25}::int,
    job_key := ${options.jobKey ?? null}::text
  )`.execute(ctx.db)
}

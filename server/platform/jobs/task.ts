import type { z } from 'zod'
import type { Ctx } from '../../context.ts'

/** A background task: takes ids, re-reads, does the next step; running it twice changes nothing. */
export interface Task {
  name: string
  run(ctx: Ctx, payload: unknown): Promise<void>
}

/** Declares a task with the schema of its payload. */
export function task<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  run: (ctx: Ctx, payload: z.output<Schema>) => Promise<void>,
): Task {
  return { name, run: (ctx, payload) => run(ctx, schema.parse(payload)) }
}

/** A task woken by the clock: `crontab` in graphile-worker's five-field form, UTC. */
export interface TimedTask {
  task: Task
  crontab: string
}

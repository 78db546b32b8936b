import type { Ctx, Db } from '../context.ts'
import { knobsSchema } from '../knobs.ts'
import type { Knobs, KnobsChange } from '../knobs.ts'

/** Clock offset and knobs as kept; those of the options hold until the clock is moved or a knob says otherwise. */
export async function loadSettings(
  db: Db,
  { clockOffsetMs, retryIntervalMs }: { clockOffsetMs: number; retryIntervalMs: number },
): Promise<{ offsetMs: number; knobs: Knobs }> {
  const { rows } = await db.query<{ clock_offset_ms: string; knobs: KnobsChange }>(
    `select clock_offset_ms, knobs from marketplace_sandbox.settings`,
  )
  const kept = rows[0]
  return {
    offsetMs: Number(kept?.clock_offset_ms ?? 0) || clockOffsetMs,
    knobs: knobsSchema.parse({ retryIntervalMs, ...kept?.knobs }),
  }
}

/** Keeps the clock's offset, so that a restart continues in the same sandbox time. */
export async function keepClock(ctx: Ctx): Promise<void> {
  await ctx.db.query(`update marketplace_sandbox.settings set clock_offset_ms = $1`, [Math.round(ctx.clock.offsetMs())])
}

/** Changes the named knobs and keeps them; the others stay. */
export async function turnKnobs(ctx: Ctx, change: KnobsChange): Promise<Knobs> {
  await ctx.db.query(`update marketplace_sandbox.settings set knobs = knobs || $1::jsonb`, [JSON.stringify(change)])
  ctx.setKnobs({ ...ctx.knobs(), ...withoutGaps(change) })
  return ctx.knobs()
}

function withoutGaps(change: KnobsChange): Partial<Knobs> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

import type { Ctx } from '../context.ts'
import type { Parameter } from '../alibaba/spi-token.ts'
import { takeFault } from '../faults/queries.ts'
import { insertNotification } from './queries.ts'
import type { Notification } from './queries.ts'

const DEFAULT_DELAY_MS = 60_000

/**
 * Writes a notification for the vendor, in the caller's transaction; the courier sends it. Faults `hold`, `delay` and `duplicate`
 * act here: a held one waits for the operator while later ones overtake it, a duplicate is sent beside the first.
 */
export async function notify(
  ctx: Ctx,
  input: { instanceId: string | null; action: string; params: readonly Parameter[] },
): Promise<Notification> {
  const want = { on: 'spi', action: input.action, instanceIds: input.instanceId ? [input.instanceId] : [] } as const
  const hold = await takeFault(ctx.db, { ...want, kinds: ['hold'] })
  const delay = await takeFault(ctx.db, { ...want, kinds: ['delay'] })
  const duplicate = await takeFault(ctx.db, { ...want, kinds: ['duplicate'] })
  const now = ctx.clock.now()
  const letter = {
    instanceId: input.instanceId,
    action: input.action,
    params: [['action', input.action], ...input.params] satisfies Parameter[],
    nextAttemptAt: delay ? new Date(now.getTime() + (delay.delayMs ?? DEFAULT_DELAY_MS)) : now,
    createdAt: now,
  }
  const written = await insertNotification(ctx.db, { ...letter, state: hold ? 'held' : 'waiting', copyOf: null })
  if (duplicate) await insertNotification(ctx.db, { ...letter, state: 'waiting', copyOf: written.id })
  return written
}

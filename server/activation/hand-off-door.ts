import type { FastifyInstance } from 'fastify'
import type { ProblemCode } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, Services } from '../context.ts'
import { resolveHandOff } from '../marketplaces/resolve-hand-off.ts'
import { requestContext } from '../platform/http/serve.ts'
import { countAttempt } from '../platform/rate-limit.ts'
import { record } from '../platform/record.ts'
import { beginByHandOff } from './begin-by-hand-off.ts'
import { browserOf, setActivationCookie } from './browser.ts'

/** Direct Logins from one address; generous, since a company may share one. */
const handOffLimit = { max: 60, windowSeconds: 60 }

/**
 * The door a marketplace sends a buyer's browser to. Answers 303 to a clean address at once, so that the token leaves the
 * address bar: `/activate`, or `/activate/refused?reason=…` with the next step in words.
 */
export function handOffDoor(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { marketplace: string } }>('/marketplaces/:marketplace/login', async (request, reply) => {
    const ctx: Ctx = {
      ...requestContext(services, request),
      actor: { kind: 'marketplace', marketplace: request.params.marketplace },
    }
    await countAttempt(ctx, `handoff:${ctx.ip ?? ''}`, handOffLimit)
    const resolved = await resolveHandOff(ctx, request.params.marketplace, request)
    if (!resolved.ok) return reply.redirect(await refuse(ctx, resolved.reason), 303)
    const held = await beginByHandOff(ctx, {
      instance: resolved.instance,
      fingerprint: resolved.fingerprint,
      browser: await browserOf(ctx, request),
    })
    if (held === 'handoff_used') return reply.redirect(await refuse(ctx, held), 303)
    if (held === 'second-click') return reply.redirect('/activate', 303)
    setActivationCookie(reply, services.config, held)
    return reply.header('cache-control', 'no-store').redirect('/activate', 303)
  })
}

async function refuse(ctx: Ctx, reason: ProblemCode): Promise<string> {
  await inTransaction(ctx, (tx) => record(tx, { kind: 'handoff.refused', about: {}, detail: { reason } }))
  return `/activate/refused?reason=${reason}`
}

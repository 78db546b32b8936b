import type { FastifyReply, FastifyRequest } from 'fastify'
import { newId } from '../../contract/ids.ts'
import type { ActivationId, Id } from '../../contract/ids.ts'
import type { Config } from '../config.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { activationCookie } from '../identity/session-cookies.ts'
import { newToken, tokenHash } from '../platform/secrets.ts'
import { insertBrowser, selectBrowserByToken, updateBrowser } from './queries.ts'
import type { BrowserRow } from './queries.ts'

/** How long a browser may go on without pressing Direct Login again. */
const browserLifetimeSeconds = 86_400

/** The browser behind the request's cookie; null when it holds no activation (any more). */
export async function browserOf(ctx: Ctx, request: FastifyRequest): Promise<BrowserRow | null> {
  const token = request.cookies[activationCookie]
  if (!token) return null
  return (await selectBrowserByToken(ctx.db, tokenHash(token), ctx.now())) ?? null
}

export interface HeldActivation {
  browserId: Id<'activationBrowser'>
  /** The cookie's new value; null when the browser keeps the one it has. */
  token: string | null
}

/** Gives a browser an activation: a known one moves on to it and keeps what it has proven, a new one gets a cookie. */
export async function holdActivation(
  ctx: TxCtx,
  known: BrowserRow | null,
  fresh: { id: Id<'activationBrowser'>; activationId: ActivationId },
): Promise<HeldActivation> {
  const expiresAt = new Date(ctx.now().getTime() + browserLifetimeSeconds * 1000)
  if (known) {
    await updateBrowser(ctx.db, known.id, { activation_id: fresh.activationId, expires_at: expiresAt })
    return { browserId: known.id, token: null }
  }
  const token = newToken()
  await insertBrowser(ctx.db, {
    id: fresh.id,
    token_hash: tokenHash(token),
    activation_id: fresh.activationId,
    proven_subject: null,
    console_account_id: null,
    created_at: ctx.now(),
    expires_at: expiresAt,
  })
  return { browserId: fresh.id, token }
}

export function newBrowserId(): Id<'activationBrowser'> {
  return newId('activationBrowser')
}

/** Sets the activation cookie where the browser got a new one. */
export function setActivationCookie(reply: FastifyReply, config: Config, held: HeldActivation): void {
  if (held.token === null) return
  reply.setCookie(activationCookie, held.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.publicUrl.startsWith('https:'),
    maxAge: browserLifetimeSeconds,
  })
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { sessionMax } from './sessions.ts'

/** Which cookie: one per realm, and for the console one per site, so that a browser can be in several at once. */
export type SessionPlace =
  | { realm: 'console'; site: string }
  | { realm: 'billing'; site?: null }
  | { realm: 'operator'; site?: null }

/** Cookie that holds an activation; the activation room sets it, this one only sees whether it is there. */
export const activationCookie = 'purser_activation'

export function sessionCookieName(place: SessionPlace): string {
  return place.realm === 'console' ? `purser_console_${place.site}` : `purser_${place.realm}`
}

/** The token this browser presents for a place, if any. */
export function readSessionToken(request: FastifyRequest, place: SessionPlace): string | undefined {
  return request.cookies[sessionCookieName(place)]
}

/** Hands the token to the browser: unreadable for scripts, not sent with another site's writes, behind https only where we are. */
export function setSessionCookie(reply: FastifyReply, config: Config, session: SessionPlace & { token: string }): void {
  reply.setCookie(sessionCookieName(session), session.token, { ...cookieAttributes(config), maxAge: sessionMax / 1000 })
}

/** Makes the browser forget the token. */
export function clearSessionCookie(reply: FastifyReply, config: Config, place: SessionPlace): void {
  reply.clearCookie(sessionCookieName(place), cookieAttributes(config))
}

/** How every cookie of ours travels. */
export function cookieAttributes(config: Config) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: config.publicUrl.startsWith('https:') } as const
}

import { z } from 'zod'
import type { FastifyRequest } from 'fastify'
import type { Endpoint } from '../contract/endpoint.ts'
import { siteCode } from '../contract/fields.ts'
import { idOf } from '../contract/ids.ts'
import type { BillingAccountId } from '../contract/ids.ts'
import { Problem } from '../contract/problems.ts'
import { findBrowser } from './activation/find-browser.ts'
import type { Actor, Ctx } from './context.ts'
import { findBillingSession, findConsoleSession, findOperatorSession } from './identity/find-session.ts'
import type { TokenOf } from './identity/find-session.ts'
import { refuseUnknownSite } from './identity/refuse-unknown-site.ts'
import { activationCookie, readSessionToken } from './identity/session-cookies.ts'
import { findApiKey } from './metering/find-api-key.ts'
import { refuseCrossSite } from './platform/http/cross-site.ts'
import type { Admit } from './platform/http/serve.ts'
import { getWorkspace } from './workspaces/find-workspace.ts'
import { roleIn } from './workspaces/my-role.ts'

type ActorOf<K extends Actor['kind']> = Extract<Actor, { kind: K }>

const siteParams = z.object({ site: siteCode })
const workspaceParams = z.object({ workspaceId: idOf('workspace') })

/**
 * Finds out who asks and refuses those an endpoint's access rule does not admit: `signed_out` without the proof,
 * `not_found` for what belongs to others, `forbidden` where a member needs to be the owner.
 */
export const admit: Admit = async (ctx, endpoint, request, params) => {
  if (endpoint.access.who !== 'usage-key') refuseCrossSite(request, ctx.services.config.publicUrl)
  return { ...ctx, actor: await actorFor(ctx, endpoint, request, params) }
}

async function actorFor(ctx: Ctx, endpoint: Endpoint, request: FastifyRequest, params: unknown): Promise<Actor> {
  const tokenOf: TokenOf = (place) => readSessionToken(request, place)
  const { access } = endpoint
  switch (access.who) {
    case 'anyone':
      return { kind: 'anyone' }
    case 'activation':
      return activationActor(ctx, request, tokenOf)
    case 'console':
      return consoleActor(ctx, siteParams.parse(params).site, tokenOf)
    case 'workspace':
      return workspaceActor(ctx, endpoint, workspaceParams.parse(params).workspaceId, tokenOf)
    case 'billing':
      return billingActor(ctx, tokenOf)
    case 'operator':
      return operatorActor(ctx, tokenOf)
    case 'usage-key':
      return usageKeyActor(ctx, request)
    default:
      return access satisfies never
  }
}

/**
 * A browser holds one activation at a time. A tab that still shows another one says so in a header and is told to look again,
 * before it changes what the newer tab shows.
 */
async function activationActor(ctx: Ctx, request: FastifyRequest, tokenOf: TokenOf): Promise<ActorOf<'activation'>> {
  const token = request.cookies[activationCookie]
  const browser = token ? await findBrowser(ctx, token) : null
  if (!browser) throw new Problem('signed_out')
  const shown = request.headers['x-purser-activation']
  if (shown !== undefined && shown !== browser.activationId) throw new Problem('step_not_open')
  return { kind: 'activation', ...browser, billingAccountId: await billingAccountOf(ctx, tokenOf) }
}

async function consoleActor(ctx: Ctx, site: string, tokenOf: TokenOf): Promise<ActorOf<'console'>> {
  refuseUnknownSite(ctx, site)
  const session = await findConsoleSession(ctx, tokenOf, site)
  if (!session) throw new Problem('signed_out')
  const billingAccountId = await billingAccountOf(ctx, tokenOf)
  return { kind: 'console', accountId: session.accountId, site, sessionId: session.id, billingAccountId }
}

/**
 * Somebody signed in nowhere is told to sign in, before the workspace is even looked for: the answer is the same for every
 * id. Somebody signed in, but not on the workspace's site or not its member, is told that there is no such workspace.
 * What a dissolved workspace was can be read; nothing of it can be changed.
 */
async function workspaceActor(
  ctx: Ctx,
  endpoint: Endpoint,
  workspaceId: z.output<typeof workspaceParams>['workspaceId'],
  tokenOf: TokenOf,
): Promise<ActorOf<'console'>> {
  if (!(await signedInSomewhere(ctx, tokenOf))) throw new Problem('signed_out')
  const { site, standing } = await getWorkspace(ctx, workspaceId)
  const session = await findConsoleSession(ctx, tokenOf, site)
  const has = session ? await roleIn(ctx, workspaceId, session.accountId) : null
  if (!session || !has) throw new Problem('not_found')
  if (endpoint.access.who === 'workspace' && endpoint.access.role === 'owner' && has !== 'owner')
    throw new Problem('forbidden')
  if (standing === 'dissolved' && endpoint.method !== 'GET') throw new Problem('workspace_dissolved')
  const billingAccountId = await billingAccountOf(ctx, tokenOf)
  return { kind: 'console', accountId: session.accountId, site, sessionId: session.id, billingAccountId }
}

async function signedInSomewhere(ctx: Ctx, tokenOf: TokenOf): Promise<boolean> {
  for (const site of ctx.services.config.catalogue.sites) {
    if (await findConsoleSession(ctx, tokenOf, site.code)) return true
  }
  return false
}

async function billingActor(ctx: Ctx, tokenOf: TokenOf): Promise<ActorOf<'billing'>> {
  const session = await findBillingSession(ctx, tokenOf)
  if (!session) throw new Problem('signed_out')
  return { kind: 'billing', accountId: session.accountId, sessionId: session.id }
}

async function operatorActor(ctx: Ctx, tokenOf: TokenOf): Promise<ActorOf<'operator'>> {
  const session = await findOperatorSession(ctx, tokenOf)
  if (!session) throw new Problem('signed_out')
  return { kind: 'operator', operatorId: session.operatorId, sessionId: session.id }
}

async function usageKeyActor(ctx: Ctx, request: FastifyRequest): Promise<ActorOf<'usage-key'>> {
  const key = await findApiKey(ctx, request.headers.authorization)
  if (!key) throw new Problem('api_key_wrong')
  return { kind: 'usage-key', ...key }
}

async function billingAccountOf(ctx: Ctx, tokenOf: TokenOf): Promise<BillingAccountId | null> {
  return (await findBillingSession(ctx, tokenOf))?.accountId ?? null
}

import { readBillingOverview as readBillingOverviewEndpoint } from '../../contract/accounts.ts'
import * as activation from '../../contract/activation.ts'
import type { ActivationId, BillingAccountId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { setSessionCookie } from '../identity/session-cookies.ts'
import { startSession } from '../identity/start-session.ts'
import { billingActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Call, Route } from '../platform/http/serve.ts'
import { activateMethod } from './activate-method.ts'
import { bindAccount, sendAccountCode } from './bind-account.ts'
import { bindActivationWorkspace } from './bind-activation-workspace.ts'
import { browserOf, setActivationCookie } from './browser.ts'
import type { HeldActivation } from './browser.ts'
import { choosePath } from './choose-path.ts'
import { chooseSite } from './choose-site.ts'
import { confirmActivation } from './confirm-activation.ts'
import type { Ending } from './confirm-activation.ts'
import { createActivationWorkspace, sendConsoleAccountCode } from './create-activation-workspace.ts'
import { listActivationWorkspaces } from './list-activation-workspaces.ts'
import { proveAccount, sendProofCode } from './prove-account.ts'
import { readBillingOverview } from './read-billing-overview.ts'
import { resumeActivation } from './resume-activation.ts'
import { saveBasic, sendBasicCode } from './save-basic.ts'
import { saveCompany } from './save-company.ts'
import type { Registered } from './save-company.ts'
import { startOver } from './start-over.ts'
import { startRegistration } from './start-registration.ts'
import { viewActivation } from './view-activation.ts'

type Reply = Pick<Call<typeof activation.readActivation>, 'reply'>

export const activationRoutes: readonly Route[] = [
  route(activation.readActivation, (ctx) => viewActivation(ctx)),
  route(activation.startRegistration, async (ctx, { body, request, reply }) => {
    const held = await startRegistration(ctx, { site: body.site ?? null, browser: await browserOf(ctx, request) })
    return viewHeld(ctx, held.activationId, held, { reply })
  }),
  route(activation.resumeActivation, async (ctx, { params, request, reply }) => {
    const { activationId } = params
    const { accountId } = billingActor(ctx)
    const held = await resumeActivation(ctx, {
      activationId,
      billingAccountId: accountId,
      browser: await browserOf(ctx, request),
    })
    return viewHeld(ctx, activationId, held, { reply }, accountId)
  }),
  route(activation.choosePath, (ctx, { body }) => then(ctx, choosePath(ctx, body.path))),
  route(activation.chooseSite, (ctx, { body }) => then(ctx, chooseSite(ctx, body.site))),
  route(activation.startOver, (ctx) => then(ctx, startOver(ctx))),
  route(activation.sendBasicCode, (ctx, { body }) => sendBasicCode(ctx, body)),
  route(activation.saveBasic, (ctx, { body }) => then(ctx, saveBasic(ctx, { ...body, phone: body.phone ?? null }))),
  route(activation.saveCompany, async (ctx, { body, reply }) => {
    const registered = await saveCompany(ctx, body)
    if (registered) await signInRegistered(ctx, registered, { reply })
    return viewActivation(ctx)
  }),
  route(activation.activateMethod, (ctx, { body }) =>
    then(ctx, activateMethod(ctx, { ...body, method: body.method ?? null })),
  ),
  route(activation.sendAccountCode, (ctx, { body }) => sendAccountCode(ctx, body.username)),
  route(activation.bindAccount, (ctx, { body }) => then(ctx, bindAccount(ctx, body))),
  route(activation.sendProofCode, (ctx) => sendProofCode(ctx)),
  route(activation.proveAccount, (ctx, { body }) => then(ctx, proveAccount(ctx, body.code))),
  route(activation.listActivationWorkspaces, (ctx, { query }) => listActivationWorkspaces(ctx, query)),
  route(activation.bindActivationWorkspace, (ctx, { params }) =>
    then(ctx, bindActivationWorkspace(ctx, params.workspaceId)),
  ),
  route(activation.sendConsoleAccountCode, (ctx, { body }) => sendConsoleAccountCode(ctx, body)),
  route(activation.createActivationWorkspace, (ctx, { body }) => {
    const { owner } = body
    const named = owner.kind === 'new' ? { ...owner, phone: owner.phone ?? null } : owner
    return then(ctx, createActivationWorkspace(ctx, { ...body, owner: named }))
  }),
  route(activation.confirmActivation, async (ctx, { body, reply }) => {
    const ending = await confirmActivation(ctx, body.workspaceId ?? null)
    return { next: await leave(ctx, ending, { reply }) }
  }),
  route(readBillingOverviewEndpoint, (ctx) => readBillingOverview(ctx, billingActor(ctx).accountId)),
]

/** Every step answers with how the activation stands after it. */
async function then(ctx: Ctx, step: Promise<void>) {
  await step
  return viewActivation(ctx)
}

/** The view for a browser that holds the activation only since this very request. */
async function viewHeld(
  ctx: Ctx,
  activationId: ActivationId,
  held: HeldActivation,
  { reply }: Reply,
  billingAccountId: BillingAccountId | null = null,
) {
  setActivationCookie(reply, ctx.services.config, held)
  return viewActivation({
    ...ctx,
    actor: { kind: 'activation', activationId, browserId: held.browserId, billingAccountId },
  })
}

/** Who has just chosen a password and proven an e-mail is signed in to the Billing Center; nobody asks it again. */
async function signInRegistered(ctx: Ctx, registered: Registered, { reply }: Reply): Promise<void> {
  const session = await inTransaction(ctx, (tx) =>
    startSession(tx, { realm: 'billing', accountId: registered.billingAccountId, site: null }),
  )
  setSessionCookie(reply, ctx.services.config, { realm: 'billing', site: null, token: session.token })
}

async function leave(ctx: Ctx, ending: Ending, { reply }: Reply) {
  if (ending.to === 'sign-in') return ending
  const { signInAs, ...next } = ending
  const session = await inTransaction(ctx, (tx) =>
    startSession(tx, { realm: 'console', accountId: signInAs, site: next.site }),
  )
  setSessionCookie(reply, ctx.services.config, { realm: 'console', site: next.site, token: session.token })
  return next
}

import { updateCompany } from '../../contract/accounts.ts'
import { readSession, signInToBilling as signInToBillingEndpoint } from '../../contract/identity.ts'
import { inTransaction } from '../context.ts'
import { activationCookie, readSessionToken, setSessionCookie } from '../identity/session-cookies.ts'
import { signInToBilling } from '../identity/sign-in-to-billing.ts'
import { billingActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { presentBillingAccount } from './present-billing-account.ts'
import { readBrowser } from './read-browser.ts'
import { saveCompany } from './save-company.ts'

/**
 * The company's endpoint, and the two of the identity contract whose answer names the company: identity stands to the
 * left of this room and cannot read it.
 */
export const accountsRoutes: readonly Route[] = [
  route(readSession, (ctx, { request }) =>
    readBrowser(ctx, {
      tokenOf: (place) => readSessionToken(request, place),
      holdsActivation: request.cookies[activationCookie] !== undefined,
    }),
  ),
  route(signInToBillingEndpoint, async (ctx, { body, request, reply }) => {
    const { account, token } = await signInToBilling(ctx, {
      ...body,
      oldToken: readSessionToken(request, { realm: 'billing' }),
      userAgent: request.headers['user-agent'],
    })
    setSessionCookie(reply, ctx.services.config, { realm: 'billing', token })
    return presentBillingAccount(ctx, account.id)
  }),
  route(updateCompany, (ctx, { body }) =>
    inTransaction(ctx, (tx) => saveCompany(tx, billingActor(ctx).accountId, body)),
  ),
]

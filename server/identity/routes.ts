import * as contract from '../../contract/identity.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { presentConsoleAccount } from './present-console-account.ts'
import { presentOperator } from './present-operator.ts'
import { resetBillingPassword, resetConsolePassword } from './reset-password.ts'
import { sendBillingResetCode, sendConsoleResetCode } from './send-reset-code.ts'
import { clearSessionCookie, readSessionToken, setSessionCookie } from './session-cookies.ts'
import { signInToConsole } from './sign-in-to-console.ts'
import { signInToOperator } from './sign-in-to-operator.ts'
import { signOut } from './sign-out.ts'

const done = { done: true } as const

/** The identity contract, but for readSession and signInToBilling: they name the company and are answered in accounts/. */
export const identityRoutes: readonly Route[] = [
  route(contract.signInToConsole, async (ctx, { params, body, request, reply }) => {
    const place = { realm: 'console', site: params.site } as const
    const { account, token } = await signInToConsole(ctx, {
      ...params,
      ...body,
      oldToken: readSessionToken(request, place),
      userAgent: request.headers['user-agent'],
    })
    setSessionCookie(reply, ctx.services.config, { ...place, token })
    return presentConsoleAccount(account)
  }),
  route(contract.signOutOfConsole, async (ctx, { params, request, reply }) => {
    const place = { realm: 'console', site: params.site } as const
    await signOut(ctx, { realm: 'console', token: readSessionToken(request, place) })
    clearSessionCookie(reply, ctx.services.config, place)
    return done
  }),
  route(contract.signOutOfBilling, async (ctx, { request, reply }) => {
    const place = { realm: 'billing' } as const
    await signOut(ctx, { realm: 'billing', token: readSessionToken(request, place) })
    clearSessionCookie(reply, ctx.services.config, place)
    return done
  }),
  route(contract.signInToOperator, async (ctx, { body, request, reply }) => {
    const place = { realm: 'operator' } as const
    const { operator, token } = await signInToOperator(ctx, {
      ...body,
      oldToken: readSessionToken(request, place),
      userAgent: request.headers['user-agent'],
    })
    setSessionCookie(reply, ctx.services.config, { ...place, token })
    return presentOperator(operator)
  }),
  route(contract.signOutOfOperator, async (ctx, { request, reply }) => {
    const place = { realm: 'operator' } as const
    await signOut(ctx, { realm: 'operator', token: readSessionToken(request, place) })
    clearSessionCookie(reply, ctx.services.config, place)
    return done
  }),
  route(contract.sendConsoleResetCode, (ctx, { params, body }) => sendConsoleResetCode(ctx, { ...params, ...body })),
  route(contract.resetConsolePassword, async (ctx, { params, body }) => {
    await resetConsolePassword(ctx, { ...params, ...body })
    return done
  }),
  route(contract.sendBillingResetCode, (ctx, { body }) => sendBillingResetCode(ctx, body)),
  route(contract.resetBillingPassword, async (ctx, { body }) => {
    await resetBillingPassword(ctx, body)
    return done
  }),
]

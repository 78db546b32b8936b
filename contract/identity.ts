import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'

export const site = z.object({
  code: field.siteCode,
  name: z.object({ en: z.string(), zh: z.string() }),
  /** IANA zone that decides the site's day, e.g. `Asia/Shanghai`. */
  timeZone: z.string(),
  currency: z.enum(['CNY', 'USD']),
})
export type Site = z.output<typeof site>

export const consoleAccount = z.object({
  id: idOf('consoleAccount'),
  site: field.siteCode,
  username: z.string(),
  email: z.string(),
  language: field.language,
})
export type ConsoleAccount = z.output<typeof consoleAccount>

export const billingAccount = z.object({
  id: idOf('billingAccount'),
  username: z.string(),
  email: z.string(),
  companyName: z.string(),
  currency: z.enum(['CNY', 'USD']),
  language: field.language,
})
export type BillingAccount = z.output<typeof billingAccount>

/** Somebody who works at the operator desk. */
export const operatorAccount = z.object({ id: idOf('operator'), username: z.string(), name: z.string() })
export type OperatorAccount = z.output<typeof operatorAccount>

/** What the web needs before its first screen: brand, sites, and who this browser is in each realm. */
export const readSession = endpoint({
  name: 'readSession',
  method: 'GET',
  path: '/v1/session',
  access: { who: 'anyone' },
  summary: 'Brand, sites, terms and who this browser is signed in as, in each realm',
  response: z.object({
    brand: z.object({ name: z.string(), accent: z.string().nullable() }),
    mode: z.enum(['sandbox', 'production']),
    terms: z.object({ version: z.string() }),
    sites: z.array(site),
    marketplaces: z.array(z.object({ code: z.string(), productUrl: z.string().nullable() })),
    /** Server time, so that countdowns agree with it even when the clock was advanced. */
    now: field.instant,
    /** One entry per site with a live console session. */
    console: z.array(consoleAccount),
    billing: billingAccount.nullable(),
    operator: operatorAccount.nullable(),
    /** Whether this browser holds an activation. */
    activation: z.boolean(),
  }),
  problems: [],
})

/** Answer to every request for a code: where it went (masked) and when another may be asked for. Never says whether the address exists. */
export const codeSent = z.object({
  sentTo: z.string(),
  expiresAt: field.instant,
  resendAt: field.instant,
})
export type CodeSent = z.output<typeof codeSent>

const siteParams = z.object({ site: field.siteCode })
const signInBody = z.object({
  /** Username or e-mail. */
  identifier: z.string().trim().min(1, 'must not be empty').max(254),
  password: z.string().min(1, 'must not be empty').max(200),
})
const done = z.object({ done: z.literal(true) })

export const signInToConsole = endpoint({
  name: 'signInToConsole',
  method: 'POST',
  path: '/v1/console/sites/:site/sign-in',
  access: { who: 'anyone' },
  summary: 'Sign in to the console of one site with username or e-mail and password',
  params: siteParams,
  body: signInBody,
  response: consoleAccount,
  problems: ['sign_in_failed', 'too_many_requests', 'unknown_site'],
})

export const signOutOfConsole = endpoint({
  name: 'signOutOfConsole',
  method: 'POST',
  path: '/v1/console/sites/:site/sign-out',
  access: { who: 'anyone' },
  summary: 'End the console session of this browser on one site',
  params: siteParams,
  response: done,
  problems: [],
})

export const sendConsoleResetCode = endpoint({
  name: 'sendConsoleResetCode',
  method: 'POST',
  path: '/v1/console/sites/:site/password-reset/code',
  access: { who: 'anyone' },
  summary: 'Mail a code for choosing a new console password',
  params: siteParams,
  body: z.object({ email: field.email }),
  response: codeSent,
  problems: ['code_too_soon', 'code_too_many', 'too_many_requests', 'unknown_site'],
})

export const resetConsolePassword = endpoint({
  name: 'resetConsolePassword',
  method: 'POST',
  path: '/v1/console/sites/:site/password-reset',
  access: { who: 'anyone' },
  summary: 'Choose a new console password with a mailed code; ends all other sessions of the account',
  params: siteParams,
  body: z.object({ email: field.email, code: field.code, password: field.newPassword }),
  response: done,
  problems: [
    'code_wrong',
    'code_expired',
    'code_exhausted',
    'code_missing',
    'password_too_common',
    'unknown_site',
    'too_many_requests',
  ],
})

export const signInToBilling = endpoint({
  name: 'signInToBilling',
  method: 'POST',
  path: '/v1/billing/sign-in',
  access: { who: 'anyone' },
  summary: 'Sign in to the Billing Center with username or e-mail and password',
  body: signInBody,
  response: billingAccount,
  problems: ['sign_in_failed', 'too_many_requests'],
})

export const signOutOfBilling = endpoint({
  name: 'signOutOfBilling',
  method: 'POST',
  path: '/v1/billing/sign-out',
  access: { who: 'anyone' },
  summary: 'End the Billing Center session of this browser',
  response: done,
  problems: [],
})

export const signInToOperator = endpoint({
  name: 'signInToOperator',
  method: 'POST',
  path: '/v1/operator/sign-in',
  access: { who: 'anyone' },
  summary: 'Sign in to the operator desk with username and password',
  body: signInBody,
  response: operatorAccount,
  problems: ['sign_in_failed', 'too_many_requests'],
})

export const signOutOfOperator = endpoint({
  name: 'signOutOfOperator',
  method: 'POST',
  path: '/v1/operator/sign-out',
  access: { who: 'anyone' },
  summary: 'End the operator session of this browser',
  response: done,
  problems: [],
})

export const sendBillingResetCode = endpoint({
  name: 'sendBillingResetCode',
  method: 'POST',
  path: '/v1/billing/password-reset/code',
  access: { who: 'anyone' },
  summary: 'Mail a code for choosing a new Billing Center password to the e-mail of that username',
  body: z.object({ username: z.string().trim().min(1, 'must not be empty').max(254) }),
  response: codeSent,
  problems: ['code_too_soon', 'code_too_many', 'too_many_requests'],
})

export const resetBillingPassword = endpoint({
  name: 'resetBillingPassword',
  method: 'POST',
  path: '/v1/billing/password-reset',
  access: { who: 'anyone' },
  summary: 'Choose a new Billing Center password with a mailed code; ends all other sessions of the account',
  body: z.object({
    username: z.string().trim().min(1, 'must not be empty').max(254),
    code: field.code,
    password: field.newPassword,
  }),
  response: done,
  problems: [
    'code_wrong',
    'code_expired',
    'code_exhausted',
    'code_missing',
    'password_too_common',
    'too_many_requests',
  ],
})

import { z } from 'zod'
import { company, instanceStatuses } from './accounts.ts'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { codeSent, site } from './identity.ts'
import { idOf } from './ids.ts'
import { pageOf, pageQuery } from './paging.ts'
import { standings } from './workspaces.ts'

/** The steps of an activation, in the order of the seed page. Which are shown depends on the path chosen. */
export const activationSteps = [
  'landing', // the two choices
  'basic', // new: site, username, password, e-mail
  'company', // new: company and terms; after it both accounts exist
  'method', // new: workspace, language, what pays → Activate
  'account', // existing: username + e-mail code
  'prove', // this browser has not yet proven the person the activation belongs to
  'workspaces', // existing: bind or create, then Confirm
  'done', // everything is bound
] as const
export type ActivationStep = (typeof activationSteps)[number]

export const bindState = z.enum([
  'bindable', // bound to this Billing Center account, not settled by a live cloud instance
  'bound', // settled by this very instance
  'settled-elsewhere', // settled by another live cloud instance
  'locked-this-month', // its billing method already changed this calendar month
  'site-not-offered', // the product is not offered on its site
])
export type BindState = z.output<typeof bindState>

export const activationWorkspace = z.object({
  id: idOf('workspace'),
  name: z.string(),
  site: field.siteCode,
  language: field.language,
  standing: z.enum(standings),
  state: bindState,
})
export type ActivationWorkspace = z.output<typeof activationWorkspace>

/** Everything the activation screens need; the same on every device that holds the activation. */
export const activationView = z.object({
  id: idOf('activation'),
  source: z.enum(['hand-off', 'website']),
  /** The first unfinished step; the web shows it unless the person looks back at an earlier one. */
  step: z.enum(activationSteps),
  path: z.enum(['new', 'existing']).nullable(),
  /** Steps that may be opened now (finished ones and the present one), in rail order. */
  rail: z.array(
    z.object({
      step: z.enum(activationSteps),
      state: z.enum(['done', 'current', 'upcoming']),
      revisitable: z.boolean(),
    }),
  ),
  /** What was bought; null for a website registration that has not named an instance yet. */
  purchase: z
    .object({
      marketplace: z.string(),
      productName: z.object({ en: z.string(), zh: z.string() }),
      cloudAccountRef: z.string(),
      instanceRef: z.string(),
      orderRef: z.string(),
      sku: z.string(),
      status: z.enum(instanceStatuses),
      purchasedAt: field.instant,
    })
    .nullable(),
  /** Sites the purchased product is offered on. */
  sites: z.array(site),
  /** Site for workspaces created in this activation. Unrelated to the binding of accounts. */
  site: field.siteCode,
  /** Whether this browser has proven the person (by code, registration, or a Billing Center session). */
  proven: z.boolean(),
  /** Basic information as entered so far; e-mail masked unless proven. Null until the step was done. */
  basic: z
    .object({ site: field.siteCode, username: z.string(), email: z.string(), phone: z.string().nullable() })
    .nullable(),
  company: company.nullable(),
  /** The Billing Center account; username and e-mail masked unless proven. */
  account: z.object({ username: z.string(), email: z.string(), companyName: z.string() }).nullable(),
  /** Workspaces this instance settles (shown with Open); empty until proven unless the activation is done, then names only. */
  settled: z.array(activationWorkspace),
  /** Whether Confirm may be pressed: at least one workspace is Bound. */
  confirmable: z.boolean(),
  terms: z.object({ version: z.string() }),
})
export type ActivationView = z.output<typeof activationView>

const activationProblems = ['step_not_open', 'activation_over', 'proof_needed', 'instance_released'] as const
const codeProblems = ['code_wrong', 'code_expired', 'code_exhausted', 'code_missing'] as const
const sendProblems = ['code_too_soon', 'code_too_many', 'too_many_requests'] as const

export const readActivation = endpoint({
  name: 'readActivation',
  method: 'GET',
  path: '/v1/activation',
  access: { who: 'activation' },
  summary: 'The activation this browser holds: what was bought and the first unfinished step',
  response: activationView,
  problems: [],
})

/** Begins an activation from the website, without a hand-off; sets the activation cookie. */
export const startRegistration = endpoint({
  name: 'startRegistration',
  method: 'POST',
  path: '/v1/registrations',
  access: { who: 'anyone' },
  summary: 'Begin a registration from the website; the marketplace instance is named by typed ids later',
  body: z.object({ site: field.siteCode.optional() }),
  response: activationView,
  problems: ['too_many_requests', 'unknown_site'],
})

/** Lets a signed-in Billing Center account continue the activation it left unfinished. */
export const resumeActivation = endpoint({
  name: 'resumeActivation',
  method: 'POST',
  path: '/v1/billing/activations/:activationId/resume',
  access: { who: 'billing' },
  summary: 'Continue, in this browser, an unfinished activation of the signed-in Billing Center account',
  params: z.object({ activationId: idOf('activation') }),
  response: activationView,
  problems: ['activation_over'],
})

export const choosePath = endpoint({
  name: 'choosePath',
  method: 'PUT',
  path: '/v1/activation/path',
  access: { who: 'activation' },
  summary:
    'Landing: No Billing Center account (new) or Existing Billing Center account (existing); may change until an account is bound',
  body: z.object({ path: z.enum(['new', 'existing']) }),
  response: activationView,
  problems: activationProblems,
})

export const chooseSite = endpoint({
  name: 'chooseSite',
  method: 'PUT',
  path: '/v1/activation/site',
  access: { who: 'activation' },
  summary: 'Site for workspaces created in this activation',
  body: z.object({ site: field.siteCode }),
  response: activationView,
  problems: [...activationProblems, 'site_not_offered'],
})

export const sendBasicCode = endpoint({
  name: 'sendBasicCode',
  method: 'POST',
  path: '/v1/activation/basic/code',
  access: { who: 'activation' },
  summary: 'Basic information: mail a code to the e-mail being registered',
  body: z.object({ email: field.email, site: field.siteCode }),
  response: codeSent,
  problems: [...activationProblems, ...sendProblems],
})

export const saveBasic = endpoint({
  name: 'saveBasic',
  method: 'PUT',
  path: '/v1/activation/basic',
  access: { who: 'activation' },
  summary: 'Basic information: site, username, password, e-mail with its code, phone',
  body: z.object({
    site: field.siteCode,
    username: field.username,
    password: field.newPassword,
    email: field.email,
    code: field.code,
    phone: field.phone.optional(),
  }),
  response: activationView,
  problems: [
    ...activationProblems,
    ...codeProblems,
    'username_taken',
    'email_taken',
    'password_too_common',
    'site_not_offered',
    'too_many_requests',
  ],
})

export const saveCompany = endpoint({
  name: 'saveCompany',
  method: 'PUT',
  path: '/v1/activation/company',
  access: { who: 'activation' },
  summary: 'Company information and terms; creates the console account and the Billing Center account',
  body: z.object({ company, acceptTerms: field.acceptTerms }),
  response: activationView,
  problems: [...activationProblems, 'username_taken', 'email_taken', 'terms_outdated', 'cloud_account_bound_elsewhere'],
})

export const activateMethod = endpoint({
  name: 'activateMethod',
  method: 'POST',
  path: '/v1/activation/method',
  access: { who: 'activation' },
  summary:
    'Activation method: create the workspace and bind it; ids are taken from the hand-off, or typed and verified',
  body: z.object({
    workspaceName: field.workspaceName,
    language: field.language,
    /** Required for a website registration; ignored when the ids came by Direct Login. */
    method: z
      .discriminatedUnion('method', [
        z.object({ method: z.literal('balance') }),
        z.object({
          method: z.literal('alibaba'),
          cloudAccountRef: field.cloudAccountRef,
          instanceRef: field.instanceRef,
        }),
      ])
      .optional(),
  }),
  response: activationView,
  problems: [
    ...activationProblems,
    'instance_pair_wrong',
    'instance_id_wrong',
    'marketplace_unreachable',
    'cloud_account_bound_elsewhere',
    'site_not_offered',
    'currency_differs',
    'too_many_requests',
  ],
})

export const sendAccountCode = endpoint({
  name: 'sendAccountCode',
  method: 'POST',
  path: '/v1/activation/account/code',
  access: { who: 'activation' },
  summary:
    'Existing Billing Center account: mail a code to the e-mail of that username (answers alike when there is none)',
  body: z.object({ username: z.string().trim().min(1, 'must not be empty').max(254) }),
  response: codeSent,
  problems: [...activationProblems, ...sendProblems],
})

export const bindAccount = endpoint({
  name: 'bindAccount',
  method: 'PUT',
  path: '/v1/activation/account',
  access: { who: 'activation' },
  summary: 'Existing Billing Center account: bind the cloud account to it with username and mailed code',
  body: z.object({ username: z.string().trim().min(1, 'must not be empty').max(254), code: field.code }),
  response: activationView,
  problems: [
    ...activationProblems,
    ...codeProblems,
    'cloud_account_bound_elsewhere',
    'currency_differs',
    'too_many_requests',
  ],
})

export const sendProofCode = endpoint({
  name: 'sendProofCode',
  method: 'POST',
  path: '/v1/activation/proof/code',
  access: { who: 'activation' },
  summary: 'Another browser continues: mail a code to the person this activation belongs to',
  response: codeSent,
  problems: [...activationProblems, ...sendProblems],
})

export const proveAccount = endpoint({
  name: 'proveAccount',
  method: 'PUT',
  path: '/v1/activation/proof',
  access: { who: 'activation' },
  summary: 'Another browser continues: prove the person with the mailed code',
  body: z.object({ code: field.code }),
  response: activationView,
  problems: [...activationProblems, ...codeProblems, 'too_many_requests'],
})

/** Only while no account exists yet: forget what was entered and begin at the landing. */
export const startOver = endpoint({
  name: 'startOver',
  method: 'POST',
  path: '/v1/activation/start-over',
  access: { who: 'activation' },
  summary: 'Forget the details entered so far and begin again; possible until an account is bound',
  response: activationView,
  problems: activationProblems,
})

export const listActivationWorkspaces = endpoint({
  name: 'listActivationWorkspaces',
  method: 'GET',
  path: '/v1/activation/workspaces',
  access: { who: 'activation' },
  summary: 'Workspaces of the bound Billing Center account with whether each can be bound to this instance',
  query: pageQuery,
  response: pageOf(activationWorkspace),
  problems: activationProblems,
})

export const bindActivationWorkspace = endpoint({
  name: 'bindActivationWorkspace',
  method: 'PUT',
  path: '/v1/activation/workspaces/:workspaceId',
  access: { who: 'activation' },
  summary: 'Bind → Confirm: this instance pays for the workspace from now on',
  params: z.object({ workspaceId: idOf('workspace') }),
  response: activationView,
  problems: [...activationProblems, 'workspace_not_bindable', 'settlement_changed_this_month', 'site_not_offered'],
})

export const sendConsoleAccountCode = endpoint({
  name: 'sendConsoleAccountCode',
  method: 'POST',
  path: '/v1/activation/console-account/code',
  access: { who: 'activation' },
  summary:
    'Create Workspace: mail a code to the e-mail of an existing console account (kind existing) or of one to be made (kind new)',
  body: z.object({ email: field.email, kind: z.enum(['existing', 'new']) }),
  response: codeSent,
  problems: [...activationProblems, ...sendProblems],
})

export const createActivationWorkspace = endpoint({
  name: 'createActivationWorkspace',
  method: 'POST',
  path: '/v1/activation/workspaces',
  access: { who: 'activation' },
  summary: 'Create Workspace with or without a console account; the new workspace returns Bound',
  body: z.object({
    requestKey: field.requestKey,
    name: field.workspaceName,
    language: field.language,
    acceptTerms: field.acceptTerms,
    owner: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('existing'), email: field.email, code: field.code }),
      z.object({
        kind: z.literal('new'),
        username: field.username,
        password: field.newPassword,
        email: field.email,
        code: field.code,
        phone: field.phone.optional(),
      }),
    ]),
  }),
  response: activationView,
  problems: [
    ...activationProblems,
    ...codeProblems,
    'username_taken',
    'email_taken',
    'password_too_common',
    'terms_outdated',
    'site_not_offered',
    'currency_differs',
    'too_many_requests',
  ],
})

/** Where Confirm leads: straight into the workspace, or to the login page with site and username filled in. */
export const confirmActivation = endpoint({
  name: 'confirmActivation',
  method: 'POST',
  path: '/v1/activation/confirm',
  access: { who: 'activation' },
  summary: 'Confirm: the activation is complete; says where to go next',
  body: z.object({ workspaceId: idOf('workspace').optional() }),
  response: z.object({
    next: z.discriminatedUnion('to', [
      z.object({ to: z.literal('workspace'), site: field.siteCode, workspaceId: idOf('workspace') }),
      z.object({
        to: z.literal('sign-in'),
        site: field.siteCode,
        username: z.string().nullable(),
        workspaceId: idOf('workspace'),
      }),
    ]),
  }),
  problems: activationProblems,
})

import { z } from 'zod'
import { idOf } from '../contract/ids.ts'
import { codePurposes } from './identity/codes.ts'

/** Whom a mail about a workspace is for: its owner acts in the console, who pays it in the Billing Center. */
const reader = z.enum(['owner', 'payer'])
const workspace = { workspaceId: idOf('workspace'), workspaceName: z.string(), site: z.string() }
/** Who pays it, if anybody; `instanceRef` is null when the balance does. */
const payer = z
  .object({ companyName: z.string(), billingUsername: z.string(), instanceRef: z.string().nullable() })
  .nullable()

/**
 * Every mail, named once, with the values it prints. Rooms ask for one by name; the notifications room writes it in every
 * language. Instants are ISO 8601. No value is ever a secret: a code's digits are derived again from its id.
 */
export const mailSchemas = {
  /** Six digits for one purpose; useless after `expiresAt`. */
  code: z.object({ codeId: idOf('code'), purpose: z.enum(codePurposes), expiresAt: z.iso.datetime() }),
  /** A password was changed; `site` is null for the Billing Center. */
  'password-changed': z.object({ site: z.string().nullable(), username: z.string(), at: z.iso.datetime() }),
  /** An activation is complete. */
  activated: z.object({ reader, ...workspace, payer }),
  /** The 14 days began. */
  'countdown-started': z.object({
    reader,
    ...workspace,
    reason: z.enum(['instance_suspended', 'instance_released', 'arrears']),
    endsAt: z.iso.datetime(),
  }),
  /** The countdown or the lock ended well. */
  'countdown-over': z.object({ reader, ...workspace, payer }),
  /** The 14 days ran out; the data is kept until `dissolvesAt`. */
  locked: z.object({ reader, ...workspace, lockedAt: z.iso.datetime(), dissolvesAt: z.iso.datetime() }),
  /** The data of a locked workspace is deleted in 7 days. */
  'dissolution-near': z.object({ reader, ...workspace, dissolvesAt: z.iso.datetime() }),
  /** Usage reports not yet taken by a marketplace, soon too late; to operators. `codes`: what the marketplace last said. */
  'reports-near-deadline': z.object({
    productName: z.string(),
    productCode: z.string(),
    count: z.number().int(),
    unknown: z.number().int(),
    firstDeadline: z.iso.datetime(),
    codes: z.array(z.string()),
  }),
} as const

export type Mails = { [T in keyof typeof mailSchemas]: z.output<(typeof mailSchemas)[T]> }
export type MailTemplate = keyof Mails
export const mailTemplate = z.enum(Object.keys(mailSchemas) as [MailTemplate, ...MailTemplate[]])

/**
 * Every mail, named once, with the values it prints. Rooms ask for one by name; the notifications room writes it in every
 * language. Values are text or null and never a secret: a code's digits are derived again from its id when it is written.
 */
export type Mails = {
  /** A six-digit code; `purpose` is one of the code purposes, `expiresAt` an ISO instant. */
  code: { codeId: string; purpose: string; expiresAt: string }
  /** A password was changed; `realm` is `console` or `billing`, `site` null for the Billing Center. */
  'password-changed': { realm: string; site: string | null; username: string; at: string }
  /** An activation is complete. */
  activated: {
    workspaceId: string
    workspaceName: string
    site: string
    companyName: string
    billingUsername: string
    /** Instance that pays; null when the balance does. */
    instanceRef: string | null
  }
  /** The 14 days began; `endsAt` an ISO instant. */
  'countdown-started': { workspaceId: string; workspaceName: string; site: string; reason: string; endsAt: string }
  /** The 14 days ended well. */
  'countdown-over': { workspaceId: string; workspaceName: string; site: string }
  /** The 14 days ran out. */
  locked: { workspaceId: string; workspaceName: string; site: string }
}
export type MailTemplate = keyof Mails

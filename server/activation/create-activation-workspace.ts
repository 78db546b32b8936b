import type { CodeSent } from '../../contract/identity.ts'
import type { ConsoleAccountId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Language } from '../../contract/problems.ts'
import { setSettlement } from '../bindings/set-settlement.ts'
import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { acceptTerms, refuseOutdatedTerms } from '../identity/accept-terms.ts'
import { findConsoleAccount } from '../identity/find-account.ts'
import { hashPassword, refuseCommonPassword } from '../identity/passwords.ts'
import { registerConsoleAccount } from '../identity/register-console-account.ts'
import { sendCode } from '../identity/send-code.ts'
import { spendCode } from '../identity/spend-code.ts'
import { verifyCode } from '../identity/verify-code.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { requireInstance, requireProvenAccount } from './guards.ts'
import { codeScope, loadActivation, loadLockedActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { updateBrowser } from './queries.ts'

/** Who shall own the new workspace: a console account that exists on the site, or one registered now. */
export type NewOwner =
  | { kind: 'existing'; email: string; code: string }
  | { kind: 'new'; username: string; password: string; email: string; code: string; phone: string | null }

export interface WorkspaceOrder {
  requestKey: string
  name: string
  language: Language
  acceptTerms: string
  owner: NewOwner
}

const purposes = { existing: 'console-owner', new: 'console-register' } as const

/** Mails a code to the owner-to-be. Answers alike whether or not a console account with that e-mail exists. */
export async function sendConsoleAccountCode(
  ctx: Ctx,
  input: { email: string; kind: NewOwner['kind'] },
): Promise<CodeSent> {
  const activation = await loadActivation(ctx)
  requireProvenAccount(activation)
  const known =
    input.kind === 'new' || (await findConsoleAccount(ctx, { site: activation.row.site, email: input.email }))
  return sendCode(ctx, {
    purpose: purposes[input.kind],
    address: input.email,
    scope: ownerScope(activation),
    recipient: known ? input.email : null,
    sentTo: input.email,
    language: ctx.language,
  })
}

/**
 * Create / Register and Create Workspace: the workspace comes back Bound, paid by the purchased instance.
 * The same request key again makes nothing. Throws the code problems, `username_taken`, `email_taken`, `terms_outdated`.
 */
export async function createActivationWorkspace(ctx: Ctx, order: WorkspaceOrder): Promise<void> {
  const before = await loadActivation(ctx)
  requireProvenAccount(before)
  requireInstance(before)
  if (madeBefore(before, order)) return
  refuseOutdatedTerms(ctx, order.acceptTerms)
  const { owner } = order
  if (owner.kind === 'new') refuseCommonPassword(owner.password, [owner.username, owner.email], 'owner.password')
  const verified = await verifyCode(ctx, {
    purpose: purposes[owner.kind],
    address: owner.email,
    scope: ownerScope(before),
    code: owner.code,
    field: 'owner.code',
  })
  const passwordHash = owner.kind === 'new' ? await hashPassword(owner.password) : null
  await inTransaction(ctx, async (tx) => {
    const activation = await loadLockedActivation(tx)
    const account = requireProvenAccount(activation)
    const instance = requireInstance(activation)
    if (madeBefore(activation, order)) return
    await spendCode(tx, verified)
    const ownerId = await ownerOf(tx, activation.row.site, owner, passwordHash)
    await acceptTerms(tx, { accountId: ownerId, version: order.acceptTerms })
    const workspace = await createWorkspace(tx, {
      site: activation.row.site,
      name: order.name,
      language: order.language,
      owner: ownerId,
      requestKey: order.requestKey,
    })
    await setSettlement(tx, { workspaceId: workspace.id, billingAccountId: account.id, instance })
    await updateBrowser(tx.db, activation.browser.id, { console_account_id: ownerId })
  })
}

function madeBefore(activation: LoadedActivation, order: WorkspaceOrder): boolean {
  return activation.settled.some((workspace) => workspace.request_key === order.requestKey)
}

/** A code for an owner is good for one site only: the account it proves belongs to that site. */
function ownerScope(activation: LoadedActivation): string {
  return `${codeScope(activation)}:${activation.row.site}`
}

async function ownerOf(
  ctx: TxCtx,
  site: string,
  owner: NewOwner,
  passwordHash: string | null,
): Promise<ConsoleAccountId> {
  if (owner.kind === 'new' && passwordHash !== null) {
    const { username, email, phone } = owner
    const registered = await registerConsoleAccount(ctx, {
      site,
      username,
      email,
      phone,
      passwordHash,
      language: ctx.language,
      fieldPrefix: 'owner.',
    })
    return registered.id
  }
  const known = await findConsoleAccount(ctx, { site, email: owner.email })
  if (!known) throw new Problem('code_missing', {}, 'owner.code')
  return known.id
}

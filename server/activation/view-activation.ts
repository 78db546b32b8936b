import type { ActivationView } from '../../contract/activation.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import { readCompany } from '../accounts/read-company.ts'
import { payingInstance } from '../bindings/paying-instance.ts'
import type { SettledWorkspace } from '../bindings/settled-by.ts'
import type { Ctx } from '../context.ts'
import { maskEmail, maskUsername } from '../identity/mask.ts'
import { productOf } from '../marketplaces/product.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { loadActivation } from './load-activation.ts'
import type { LoadedActivation } from './load-activation.ts'
import { currentStep, rail } from './steps.ts'

/** Everything the activation screens need, masked where this browser has proven nothing yet. */
export async function viewActivation(ctx: Ctx): Promise<ActivationView> {
  const activation = await loadActivation(ctx)
  const { row, progress, account, siteCodes } = activation
  const { sites, terms } = ctx.services.config.catalogue
  return {
    id: row.id,
    source: row.source,
    step: currentStep(progress),
    path: row.path,
    rail: rail(progress),
    purchase: presentPurchase(ctx, await purchased(ctx, activation)),
    sites: sites.filter((site) => siteCodes.includes(site.code)),
    site: row.site,
    proven: progress.proven,
    basic: presentBasic(activation),
    company: account && progress.proven ? await readCompany(ctx, account.id) : null,
    account: account ? await presentAccount(ctx, account, progress.proven) : null,
    settled: progress.proven || currentStep(progress) === 'done' ? activation.settled.map(presentSettled) : [],
    confirmable: progress.proven && activation.settled.length > 0,
    terms,
  }
}

/** What Direct Login came from; for a registration from the website, the instance whose ids were typed. */
async function purchased(ctx: Ctx, { instance, row }: LoadedActivation): Promise<InstanceRow | null> {
  return instance ?? (row.workspace_id ? payingInstance(ctx, row.workspace_id) : null)
}

function presentPurchase(ctx: Ctx, instance: InstanceRow | null): ActivationView['purchase'] {
  if (!instance) return null
  return {
    marketplace: instance.marketplace,
    productName: productOf(ctx, instance).name,
    cloudAccountRef: instance.cloudAccountRef,
    instanceRef: instance.instance_ref,
    orderRef: instance.order_ref,
    sku: instance.sku,
    status: instance.status,
    purchasedAt: instance.purchased_at.toISOString(),
  }
}

function presentBasic({ row, progress }: LoadedActivation): ActivationView['basic'] {
  if (!row.draft) return null
  const { site, username, email, phone } = row.draft
  if (progress.proven) return { site, username, email, phone }
  return { site, username: maskUsername(username), email: maskEmail(email), phone: null }
}

async function presentAccount(
  ctx: Ctx,
  account: { id: BillingAccountId; username: string; email: string },
  proven: boolean,
): Promise<ActivationView['account']> {
  if (!proven) return { username: maskUsername(account.username), email: maskEmail(account.email), companyName: '' }
  const company = await readCompany(ctx, account.id)
  return { username: account.username, email: account.email, companyName: company.name }
}

function presentSettled(workspace: SettledWorkspace): ActivationView['settled'][number] {
  const { id, name, site, language, standing } = workspace
  return { id, name, site, language, standing, state: 'bound' }
}

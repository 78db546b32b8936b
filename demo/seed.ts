import { z } from 'zod'
import { bindCloudAccount } from '../server/accounts/bind-cloud-account.ts'
import { saveCompany } from '../server/accounts/save-company.ts'
import { setSettlement } from '../server/bindings/set-settlement.ts'
import { inTransaction, systemContext } from '../server/context.ts'
import type { Ctx, Services, TxCtx } from '../server/context.ts'
import { addOperator } from '../server/identity/add-operator.ts'
import { acceptTerms } from '../server/identity/accept-terms.ts'
import { findBillingAccount, findOperator } from '../server/identity/find-account.ts'
import { hashPassword } from '../server/identity/passwords.ts'
import { registerBillingAccount } from '../server/identity/register-billing-account.ts'
import { registerConsoleAccount } from '../server/identity/register-console-account.ts'
import { findInstance } from '../server/marketplaces/read-instance.ts'
import type { InstanceRow } from '../server/marketplaces/read-instance.ts'
import { createWorkspace } from '../server/workspaces/create-workspace.ts'
import { demoBuyers, demoOperator, demoPassword } from './buyers.ts'
import type { DemoBuyer } from './buyers.ts'
import { post } from './call.ts'

/** Makes the buyers of the demo world; those made at an earlier start stay as they are. */
export async function seedDemo(services: Services, sandboxUrl: string): Promise<void> {
  const ctx = systemContext(services, 'demo.seed')
  if (!(await findOperator(ctx, demoOperator.username)))
    await addOperator(ctx, { ...demoOperator, password: demoPassword })
  for (const buyer of demoBuyers) {
    await post(`${sandboxUrl}/api/buyers`, { name: buyer.name, accountId: buyer.accountRef })
    if (buyer.person && !(await findBillingAccount(ctx, buyer.person.username)))
      await seedPerson(ctx, buyer, sandboxUrl)
  }
}

async function seedPerson(ctx: Ctx, buyer: DemoBuyer, sandboxUrl: string): Promise<void> {
  const passwordHash = await hashPassword(demoPassword)
  const instance = buyer.key === 'active' ? await purchase(ctx, buyer, sandboxUrl) : null
  await inTransaction(ctx, (tx) => writePerson(tx, buyer, passwordHash, instance))
}

/** A real purchase at the sandbox, which tells Purser of it as the cloud would. The same request buys once. */
async function purchase(ctx: Ctx, buyer: DemoBuyer, sandboxUrl: string): Promise<InstanceRow> {
  const bought = z
    .object({ instanceId: z.string() })
    .parse(
      await post(`${sandboxUrl}/api/purchases`, { accountId: buyer.accountRef, requestId: `demo-${buyer.accountRef}` }),
    )
  const instance = await findInstance(ctx, { marketplace: 'alibaba', instanceRef: bought.instanceId })
  if (!instance) throw new Error('The sandbox sold an instance that Purser was not told of.')
  return instance
}

async function writePerson(
  ctx: TxCtx,
  buyer: DemoBuyer,
  passwordHash: string,
  instance: InstanceRow | null,
): Promise<void> {
  if (!buyer.person) return
  const { username, email, company, workspaces } = buyer.person
  const shared = { username, email, phone: null, passwordHash, language: 'en' as const }
  const payer = await registerBillingAccount(ctx, { ...shared, currency: 'CNY' })
  const owner = await registerConsoleAccount(ctx, { ...shared, site: 'cn1' })
  const { version } = ctx.services.config.catalogue.terms
  await acceptTerms(ctx, { accountId: payer.id, version })
  await acceptTerms(ctx, { accountId: owner.id, version })
  await saveCompany(ctx, payer.id, { name: company })
  if (instance) await bindCloudAccount(ctx, { cloudAccountId: instance.cloud_account_id, billingAccountId: payer.id })
  for (const { name } of workspaces) {
    const workspace = await createWorkspace(ctx, {
      site: 'cn1',
      name,
      language: 'zh',
      owner: owner.id,
      requestKey: null,
    })
    await setSettlement(ctx, { workspaceId: workspace.id, billingAccountId: payer.id, instance })
  }
}

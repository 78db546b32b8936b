import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import * as activation from '../contract/activation.ts'
import { readBillingOverview } from '../contract/accounts.ts'
import type { BillingAccountId, WorkspaceId } from '../contract/ids.ts'
import { createApiKey } from '../contract/metering.ts'
import { demoProductCode } from '../demo/world.ts'
import { newClient } from './client.ts'
import type { Client } from './client.ts'
import type { TourWorld } from './world.ts'

/** Somebody who pays, with one workspace and a key that reports its usage. */
export interface Customer {
  name: string
  client: Client
  billingAccountId: BillingAccountId
  workspaceId: WorkspaceId
  /** What the product's own backend reports usage with. */
  apiKey: string
  /** The marketplace instance that pays; null where the balance does. */
  instanceId: string | null
}

const site = 'cn1'
export const tourPassword = 'a tour through the house'

/** Purchases in the marketplace, comes by Direct Login, registers and presses Activate. */
export async function customerByPurchase(world: TourWorld, name: string): Promise<Customer> {
  const { accountId } = z.object({ accountId: z.string() }).parse(await world.market('POST', '/api/buyers', { name }))
  const purchase = { accountId, productCode: demoProductCode }
  const { instanceId } = z
    .object({ instanceId: z.string() })
    .parse(await world.market('POST', '/api/purchases', purchase))
  const login = await world.market('POST', `/api/instances/${instanceId}/direct-login`, {})
  const client = newClient(world.purser)
  await client.open(z.object({ url: z.url() }).parse(login).url)
  await client.call(activation.choosePath, { body: { path: 'new' } })
  await register(world, client, name)
  const view = await client.call(activation.activateMethod, { body: { workspaceName: name, language: 'en' } })
  return finish(client, name, view, instanceId)
}

/** Registers on the website and pays from the balance. */
export async function customerByBalance(world: TourWorld, name: string): Promise<Customer> {
  const client = newClient(world.purser)
  await client.call(activation.startRegistration, { body: { site } })
  await register(world, client, name)
  const view = await client.call(activation.activateMethod, {
    body: { workspaceName: name, language: 'en', method: { method: 'balance' } },
  })
  return finish(client, name, view, null)
}

async function register(world: TourWorld, client: Client, name: string): Promise<void> {
  const email = `${name}@tour.example`
  const code = await world.codeTo(email, () => client.call(activation.sendBasicCode, { body: { email, site } }))
  await client.call(activation.saveBasic, {
    body: { site, username: name, password: tourPassword, email, code },
  })
  const { terms } = await client.call(activation.readActivation)
  await client.call(activation.saveCompany, { body: { company: { name }, acceptTerms: terms.version } })
}

async function finish(
  client: Client,
  name: string,
  view: activation.ActivationView,
  instanceId: string | null,
): Promise<Customer> {
  const workspaceId = view.settled[0]?.id
  if (!workspaceId) throw new Error(`${name} has no workspace after Activate`)
  await client.call(activation.confirmActivation, { body: {} })
  const { account } = await client.call(readBillingOverview)
  const key = await client.call(createApiKey, {
    params: { workspaceId },
    body: { requestKey: randomUUID(), name: 'tour' },
  })
  return { name, client, billingAccountId: account.id, workspaceId, apiKey: key.token, instanceId }
}

import type { FastifyInstance } from 'fastify'
import * as accounts from '../contract/accounts.ts'
import * as activation from '../contract/activation.ts'
import type { WorkspaceId } from '../contract/ids.ts'
import { testBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'
import { termsVersion } from './catalogue.ts'
import { testMarket } from './market.ts'
import type { Purchase } from './market.ts'
import type { TestServices } from './services.ts'

/** A buyer who bought, registered and activated: signed in to the Billing Center and the console of cn1. */
export interface Activated {
  browser: TestBrowser
  username: string
  email: string
  bought: Purchase
  workspaceId: WorkspaceId
  /** Ids of what is theirs, by path parameter. */
  ids: Record<string, string>
}

/** Where a buyer buys: pretended notifications, or the sandbox. */
export interface Market {
  buy(purchase: { product?: string }): Promise<Purchase>
  /** Path of a fresh Direct Login. */
  directLogin(instanceRef: string): string | Promise<string>
}

export const castPassword = 'a quiet harbour'
let counter = 0

/** Takes a fresh buyer all the way through the front door. */
export async function activatedBuyer(
  world: TestServices,
  app: FastifyInstance,
  { product, market = testMarket(app, world.clock) }: { product?: string; market?: Market } = {},
): Promise<Activated> {
  counter += 1
  const username = `cast${counter}`
  const email = `${username}@acme.cn`
  const bought = await market.buy({ ...(product !== undefined && { product }) })
  const browser = testBrowser(app, { ip: `203.0.113.${counter}` })
  await browser.open(await market.directLogin(bought.instanceRef))
  await browser.call(activation.choosePath, { body: { path: 'new' } })
  await browser.call(activation.sendBasicCode, { body: { email, site: 'cn1' } })
  await world.runJobs()
  const code = world.inbox.codeFor(email)
  await browser.call(activation.saveBasic, { body: { site: 'cn1', username, email, password: castPassword, code } })
  await browser.call(activation.saveCompany, {
    body: { company: { name: `Company ${counter}` }, acceptTerms: termsVersion },
  })
  const view = await browser.call(activation.activateMethod, {
    body: { workspaceName: `ws-${counter}`, language: 'en' },
  })
  await browser.call(activation.confirmActivation, { body: {} })
  const { items } = await browser.call(accounts.listCloudAccounts, {})
  const workspaceId = view.settled[0]?.id
  if (!workspaceId) throw new Error('The activation made no workspace.')
  const ids = {
    workspaceId,
    cloudAccountId: items[0]?.id ?? '',
    instanceId: items[0]?.instances[0]?.id ?? '',
    activationId: view.id,
  }
  return { browser, username, email, bought, workspaceId, ids }
}

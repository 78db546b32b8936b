import { request } from '@playwright/test'
import type { APIRequestContext } from '@playwright/test'
import { z } from 'zod'
import { addressOf } from './addresses.ts'
import { codeSentTo } from './mail.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import type { Buyer } from './market.ts'
import { newPerson } from './people.ts'
import type { Person } from './people.ts'

/** A person with a Billing Center account, a console account on cn1 and workspaces there. */
export interface Customer {
  person: Person
  /** Paid from the balance, so that a purchase may take them over. */
  workspaces: string[]
}

/** A customer whose cloud account pays one workspace already. */
export interface ActivatedCustomer {
  person: Person
  buyer: Buyer
  instanceId: string
  workspace: string
}

/** Somebody who registered from the website and pays from the balance. An installation lets one place register 20 an hour. */
export async function customerPayingByBalance(workspaces: string[] = ['harbour-prod']): Promise<Customer> {
  const person = newPerson('payer')
  const browser = await apiBrowser()
  const [first = 'harbour-prod', ...others] = workspaces
  const { terms } = activation.parse(await send(browser, 'POST', '/v1/registrations', {}))
  await saveBasic(browser, person)
  await saveCompany(browser, person, terms.version)
  await send(browser, 'POST', '/v1/activation/method', {
    workspaceName: first,
    language: 'en',
    method: { method: 'balance' },
  })
  await send(browser, 'POST', '/v1/activation/confirm', {})
  const [made] = listed.parse(await send(browser, 'GET', '/v1/console/sites/cn1/workspaces')).items
  for (const name of others) {
    const requestKey = crypto.randomUUID()
    await send(browser, 'POST', '/v1/console/sites/cn1/workspaces', {
      requestKey,
      name,
      language: 'en',
      payLike: made?.id,
    })
  }
  await browser.dispose()
  return { person, workspaces: [first, ...others] }
}

/** Somebody who purchased and went all the way, or stopped after a step. */
export async function activatedCustomer(
  workspace = 'harbour-prod',
  stopAfter?: 'basic' | 'company',
): Promise<ActivatedCustomer> {
  const person = newPerson('active')
  const buyer = await freshBuyer()
  const instanceId = await purchase(buyer)
  const browser = await apiBrowser()
  await browser.get(await directLogin(instanceId))
  const { terms } = activation.parse(await send(browser, 'PUT', '/v1/activation/path', { path: 'new' }))
  await saveBasic(browser, person)
  if (stopAfter !== 'basic') await saveCompany(browser, person, terms.version)
  if (!stopAfter) await send(browser, 'POST', '/v1/activation/method', { workspaceName: workspace, language: 'en' })
  await browser.dispose()
  return { person, buyer, instanceId, workspace }
}

/** A browser without a screen: keeps cookies, and sends what our own pages send. */
export async function apiBrowser(): Promise<APIRequestContext> {
  return request.newContext({ baseURL: addressOf('purser'), extraHTTPHeaders: { 'x-purser-request': '1' } })
}

const activation = z.object({ terms: z.object({ version: z.string() }) })
const listed = z.object({ items: z.array(z.object({ id: z.string() })) })

async function saveBasic(browser: APIRequestContext, { username, email, password }: Person): Promise<void> {
  const code = await codeSentTo(email, () => send(browser, 'POST', '/v1/activation/basic/code', { email, site: 'cn1' }))
  await send(browser, 'PUT', '/v1/activation/basic', { site: 'cn1', username, password, email, code })
}

async function saveCompany(browser: APIRequestContext, { company }: Person, terms: string): Promise<void> {
  await send(browser, 'PUT', '/v1/activation/company', { company: { name: company }, acceptTerms: terms })
}

/** Calls Purser as its own pages do; throws with the answer when refused. */
export async function send(
  browser: APIRequestContext,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  data?: object,
): Promise<unknown> {
  const answer = await browser.fetch(path, { method, ...(data ? { data } : {}) })
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`)
  return answer.json()
}

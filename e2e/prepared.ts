import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { activatedCustomer, customerPayingByBalance } from './customers.ts'

/**
 * Customers from before the journeys began. An address gets one code a minute, so a journey that mails a second one to a registered
 * address takes somebody who registered a while ago. One journey each: nobody's limits touch anybody else's.
 */
const makers = {
  payer_en: () => customerPayingByBalance(['haohai-prod', 'haohai-staging']),
  payer_zh: () => customerPayingByBalance(['haohai-prod', 'haohai-staging']),
  account_en: () => activatedCustomer(),
  account_zh: () => activatedCustomer(),
  bothAccounts_en: () => activatedCustomer(),
  bothAccounts_zh: () => activatedCustomer(),
  consoleOwner_en: () => activatedCustomer(),
  consoleOwner_zh: () => activatedCustomer(),
  changer_en: () => customerPayingByBalance(['harbour-prod']),
  changer_zh: () => customerPayingByBalance(['harbour-prod']),
  secondPurchase: () => activatedCustomer(),
  movedDevice: () => activatedCustomer(),
  returningPayer: () => customerPayingByBalance(['haohai-prod']),
  emailOwner: () => activatedCustomer(),
  accountElsewhere: () => activatedCustomer(),
  released: () => activatedCustomer(),
  forgetful: () => activatedCustomer(),
  forgetfulPayer: () => activatedCustomer(),
  rival: () => customerPayingByBalance(['contested']),
  stoppedAfterBasic: () => activatedCustomer('acme-prod', 'basic'),
  stoppedAfterCompany: () => activatedCustomer('acme-prod', 'company'),
}
type Made = { [Name in keyof typeof makers]: Awaited<ReturnType<(typeof makers)[Name]>> }

const file = path.join(import.meta.dirname, '..', 'test-results', 'prepared-customers.json')

/** Makes them; once, when the world is ready. */
export async function prepareCustomers(): Promise<void> {
  const made = await Promise.all(Object.entries(makers).map(async ([name, make]) => [name, await make()]))
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(Object.fromEntries(made)))
}

/** One of them. */
export function prepared<Name extends keyof Made>(name: Name): Made[Name] {
  return (JSON.parse(readFileSync(file, 'utf8')) as Made)[name]
}

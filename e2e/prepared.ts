import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { activatedCustomer } from './customers.ts'
import type { ActivatedCustomer } from './customers.ts'

/**
 * Customers from before the journeys began. An address gets one code a minute, so a journey that mails a second one to a registered
 * address takes somebody who registered a while ago. One journey each: nobody's limits touch anybody else's.
 */
const makers = {
  consoleOwner: () => activatedCustomer(),
  movedDevice: () => activatedCustomer(),
  secondPurchase: () => activatedCustomer(),
  emailOwner: () => activatedCustomer(),
  stoppedAfterBasic: () => activatedCustomer('acme-prod', 'basic'),
  stoppedAfterCompany: () => activatedCustomer('acme-prod', 'company'),
} satisfies Record<string, () => Promise<ActivatedCustomer>>
type PreparedName = keyof typeof makers
type Prepared = Record<PreparedName, ActivatedCustomer & { at: number }>

const file = path.join(import.meta.dirname, '..', 'test-results', 'prepared-customers.json')
const codeEveryMs = 60_000

/** Makes them; once, when the world is ready. */
export async function prepareCustomers(): Promise<void> {
  const made = await Promise.all(Object.entries(makers).map(async ([name, make]) => [name, { ...(await make()), at: Date.now() }]))
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(Object.fromEntries(made)))
}

/** One of them, as soon as their address may get another code. */
export async function prepared(name: PreparedName): Promise<ActivatedCustomer> {
  const customer = (JSON.parse(readFileSync(file, 'utf8')) as Prepared)[name]
  await pause(Math.max(customer.at + codeEveryMs - Date.now(), 0))
  return customer
}

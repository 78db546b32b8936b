import { request } from '@playwright/test'
import { z } from 'zod'
import { demoOperator, demoPassword } from '../demo/buyers.ts'
import { addressOf } from './addresses.ts'
import { apiBrowser, send } from './customers.ts'
import type { Person } from './people.ts'

/* What happens to a payer without a screen: the product reports usage, an operator grants a voucher. */

const idsOf = z.object({ items: z.array(z.object({ id: z.string() })) })

/** The product's own backend reports this many logs for every workspace of a person on cn1. */
export async function sendLogs(person: Person, logs: number): Promise<void> {
  const browser = await apiBrowser()
  const { username: identifier, password } = person
  await send(browser, 'POST', '/v1/console/sites/cn1/sign-in', { identifier, password })
  const { items } = idsOf.parse(await send(browser, 'GET', '/v1/console/sites/cn1/workspaces'))
  for (const { id } of items) {
    const body = { requestKey: crypto.randomUUID(), name: 'collector' }
    const made = await send(browser, 'POST', `/v1/console/workspaces/${id}/api-keys`, body)
    await sendEvent(z.object({ token: z.string() }).parse(made).token, logs)
  }
  await browser.dispose()
}

async function sendEvent(token: string, quantity: number): Promise<void> {
  const product = await request.newContext({ extraHTTPHeaders: { authorization: `Bearer ${token}` } })
  const event = {
    specversion: '1.0',
    id: crypto.randomUUID(),
    source: 'journeys',
    type: 'purser.usage.recorded',
    data: { meter: 'logs', quantity },
  }
  const headers = { 'content-type': 'application/cloudevents-batch+json' }
  const answer = await product.post(`${addressOf('purser')}/v1/usage`, { headers, data: JSON.stringify([event]) })
  if (!answer.ok()) throw new Error(`The usage was answered ${answer.status()}: ${await answer.text()}`)
  await product.dispose()
}

/** An operator grants a payer an ordinary voucher that ends after so many days of the world's clock. */
export async function giveVoucher(person: Person, { amount, days }: { amount: string; days: number }): Promise<void> {
  const desk = await apiBrowser()
  await send(desk, 'POST', '/v1/operator/sign-in', { identifier: demoOperator.username, password: demoPassword })
  const payers = idsOf.parse(await send(desk, 'GET', `/v1/operator/payers?search=${person.username}`))
  const { now } = z.object({ now: z.string() }).parse(await send(desk, 'GET', '/v1/clock'))
  await send(desk, 'POST', `/v1/operator/payers/${payers.items[0]?.id}/vouchers`, {
    requestKey: crypto.randomUUID(),
    kind: 'ordinary_voucher',
    amount,
    expiresAt: new Date(Date.parse(now) + days * 86_400_000).toISOString(),
    note: 'welcome',
  })
  await desk.dispose()
}

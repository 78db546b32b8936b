import { randomInt } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { demoProductCode } from '../demo/world.ts'
import { addressOf } from './addresses.ts'

/** A buyer of the marketplace with nothing purchased yet. */
export interface Buyer {
  accountId: string
  name: string
}

/** Makes a buyer at the marketplace sandbox. */
export async function freshBuyer(): Promise<Buyer> {
  const name = `Buyer ${randomInt(100_000, 999_999)}`
  return z.object({ accountId: z.string(), name: z.string() }).parse(await ask('POST', '/api/buyers', { name }))
}

/** Buys the product without the shop's pages. Out: the Product Instance ID. */
export async function purchase(buyer: Buyer): Promise<string> {
  const answer = await ask('POST', '/api/purchases', { accountId: buyer.accountId, productCode: demoProductCode })
  return z.object({ instanceId: z.string() }).parse(answer).instanceId
}

/**
 * A freshly signed Direct Login address; `ageMs` and `spoil` make stale and tampered ones. The vendor signs to the second: two in one
 * second would be one link, so the next waits for the next second.
 */
export async function directLogin(
  instanceId: string,
  options: { ageMs?: number; spoil?: 'token' | 'instanceId' } = {},
): Promise<string> {
  const place = `/api/instances/${instanceId}/direct-login`
  const sign = async () => z.object({ url: z.url() }).parse(await ask('POST', place, options)).url
  let url = await sign()
  while (url === lastLink.get(instanceId)) {
    await pause(200)
    url = await sign()
  }
  lastLink.set(instanceId, url)
  return url
}

const lastLink = new Map<string, string>()

/** The buyer closes the service. */
export async function release(instanceId: string): Promise<void> {
  await ask('POST', `/api/instances/${instanceId}/release`, {})
}

/** Opens the shop at this page as this buyer. */
export function shopAs(buyer: Buyer, next = `/products/${demoProductCode}`): string {
  return `${addressOf('sandbox')}/as/${buyer.accountId}?next=${encodeURIComponent(next)}`
}

async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${addressOf('sandbox')}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

import { z } from 'zod'
import { usageAnswer } from '../contract/metering.ts'
import type { UsageAnswer } from '../contract/metering.ts'
import type { Customer } from './customers.ts'

/** Numbers that look random and are the same for the same seed (mulberry32): 0 up to, not including, 1. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What one workspace uses in a stretch of time: logs, traces, page views and hosts, an event each a while. */
export function usageBetween(of: {
  customer: Customer
  from: Date
  until: Date
  random: () => number
  label: string
}): object[] {
  const { customer, from, until, random, label } = of
  const span = until.getTime() - from.getTime()
  const size = 0.5 + random()
  return Array.from({ length: 40 }, (_, at) => {
    const time = new Date(from.getTime() + Math.floor(((at + 0.5) / 40) * span)).toISOString()
    return {
      specversion: '1.0',
      id: `${label}-${at}`,
      source: `tour/${customer.name}`,
      type: 'purser.usage.recorded',
      subject: customer.workspaceId,
      time,
      data: measured(at, size, random),
    }
  })
}

function measured(at: number, size: number, random: () => number): object {
  const upTo = (most: number) => Math.floor(random() * most * size)
  switch (at % 4) {
    case 0:
      return { meter: 'logs', quantity: upTo(900_000) }
    case 1:
      return { meter: 'traces', quantity: upTo(400_000) }
    case 2:
      return { meter: 'page_views', quantity: upTo(6_000) }
    default:
      return { meter: 'network_hosts', item: `host-${upTo(12)}` }
  }
}

/** Reports usage as the product's backend does; throws when any event is refused. */
export async function report(purser: string, customer: Customer, events: object[]): Promise<UsageAnswer> {
  const answer = await fetch(`${purser}/v1/usage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${customer.apiKey}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(events),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`POST /v1/usage answered ${answer.status}: ${text.slice(0, 600)}`)
  const counted = usageAnswer.parse(z.json().parse(JSON.parse(text)))
  if (counted.rejected.length > 0) throw new Error(`Usage was refused: ${text.slice(0, 600)}`)
  return counted
}

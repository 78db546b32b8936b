import { Decimal } from 'decimal.js'
import { z } from 'zod'
import { listBillLines, listDailyBills, listMonthlyBills, readDailyBill } from '../contract/bills.ts'
import { readWallet } from '../contract/wallet.ts'
import type { DailyBill, MonthlyBill } from '../contract/bills.ts'
import type { Wallet } from '../contract/wallet.ts'
import { signInToBilling } from '../contract/identity.ts'
import { systemContext } from '../server/context.ts'
import { checkLedger } from '../server/bills/check-ledger.ts'
import { checkTotals } from '../server/metering/check-totals.ts'
import { listDifferences } from '../server/settlement/list-differences.ts'
import { readPushSummary } from '../server/settlement/read-push-summary.ts'
import { tourPassword } from './customers.ts'
import type { Customer } from './customers.ts'
import type { TourWorld } from './world.ts'

/** One thing that must hold, and what was found. */
export interface Invariant {
  what: string
  holds: boolean
  found: string
}

export interface CustomerBooks {
  customer: Customer
  bills: DailyBill[]
  monthly: MonthlyBill[]
  wallet: Wallet
  /** Sum of the daily bills. */
  total: string
  /** What bills left to the cloud account. */
  cloud: string
}

/** Reads a customer's books through the API, every page of it. */
export async function readBooks(customer: Customer): Promise<CustomerBooks> {
  const { client } = customer
  // Four weeks have passed since somebody was here.
  await client.call(signInToBilling, { body: { identifier: customer.name, password: tourPassword } })
  const bills = await allPages((cursor) => client.call(listDailyBills, { query: { limit: 100, cursor } }))
  const monthly = await allPages((cursor) => client.call(listMonthlyBills, { query: { limit: 100, cursor } }))
  const details = []
  for (const bill of bills) details.push(await client.call(readDailyBill, { params: { dailyBillId: bill.id } }))
  return {
    customer,
    bills,
    monthly,
    wallet: await client.call(readWallet),
    total: sum(bills.map((bill) => bill.total)),
    cloud: sum(details.flatMap((bill) => bill.cloud.map((part) => part.amount))),
  }
}

/** Holds bills, ledger, totals, reports and the marketplace's statement against each other. */
export async function judge(world: TourWorld, books: CustomerBooks[], sent: number): Promise<Invariant[]> {
  const ctx = systemContext(world.services, 'tour')
  const [totals, ledger, summary] = [await checkTotals(ctx), await checkLedger(ctx), await readPushSummary(ctx)]
  const differences = await listDifferences(ctx, {
    standingOnly: true,
    productCode: null,
    instanceRef: null,
    day: null,
    limit: 100,
  })
  const ended = ['ACCEPTED', 'DUPLICATE', 'CARRIED']
  const open = summary.states.filter((one) => !ended.includes(one.state) && one.count > 0)
  return [
    invariant('Every event reported is stored once', sent, await storedEvents(world)),
    invariant('Totals are the fold of the events', 0, totals.length),
    ...(await Promise.all(books.map(linesAddUp))),
    ...books.map((one) =>
      invariant(`Monthly bills of ${one.customer.name} are the sum of the daily ones`, one.total, monthlyTotal(one)),
    ),
    {
      what: 'Every ledger transaction sums to zero',
      holds: ledger.right,
      found: ledger.faults.join('; ') || 'none off',
    },
    ...(await Promise.all(books.filter((one) => one.customer.instanceId).map((one) => cloudAddsUp(world, one)))),
    invariant('No report to the marketplace is left without an end', 0, open.length),
    invariant('Reconciliation names no difference', 0, differences.items.length),
  ]
}

function invariant(what: string, expected: string | number, found: string | number): Invariant {
  const holds = new Decimal(expected).equals(found)
  return { what, holds, found: holds ? String(found) : `${found} instead of ${expected}` }
}

async function storedEvents(world: TourWorld): Promise<number> {
  const { count } = await world.services.db
    .selectFrom('usage_events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function linesAddUp({ customer, bills, total }: CustomerBooks): Promise<Invariant> {
  const amounts: string[] = []
  for (const bill of bills) {
    const lines = await allPages((cursor) =>
      customer.client.call(listBillLines, { params: { dailyBillId: bill.id }, query: { limit: 100, cursor } }),
    )
    amounts.push(...lines.map((line) => line.amount))
  }
  return invariant(`The ${amounts.length} lines of ${customer.name} add up to the bills`, total, sum(amounts))
}

function monthlyTotal({ monthly }: CustomerBooks): string {
  return sum(monthly.map((bill) => bill.total))
}

const statement = z.object({ amounts: z.array(z.object({ amount: z.string() })) })

/** What bills left to the cloud, what is still owed of it, and what the marketplace charged: nothing in between. */
async function cloudAddsUp(world: TourWorld, { customer, cloud, wallet }: CustomerBooks): Promise<Invariant> {
  const from = new Date(world.now().getTime() - 60 * 86_400_000).toISOString().slice(0, 10)
  const said = await world.market('GET', `/api/statement?instanceId=${customer.instanceId}&from=${from}`)
  const charged = sum(statement.parse(said).amounts.map((one) => one.amount))
  const owed = sum(wallet.cloud.map((one) => one.amount))
  return invariant(
    `The marketplace charged ${customer.name} what the bills left to it`,
    new Decimal(cloud).minus(owed).toFixed(2),
    charged,
  )
}

async function allPages<Item>(
  ask: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await ask(cursor)
    items.push(...page.items)
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return items
}

function sum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), new Decimal(0)).toFixed(2)
}

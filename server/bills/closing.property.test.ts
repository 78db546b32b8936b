import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BillingAccountId, WorkspaceId } from '../../contract/ids.ts'
import { testInstance } from '../../test/paid-workspace.ts'
import { insertPayers } from '../../test/many-payers.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import type { TestUsage } from '../../test/usage.ts'
import { voidUsage } from '../../test/void-usage.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { addDays } from '../workspaces/site-day.ts'
import { checkLedger } from './check-ledger.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'
import { creditAccount } from './credit-account.ts'
import { expireFunds } from './expire-funds.ts'
import { grantVoucher } from './grant-voucher.ts'
import { sellPrepaidCard } from './sell-prepaid-card.ts'

/*
 * 250 payers live through 4 days each (1,000 payer days) in one database: usage, late usage, usage taken back, money of every kind,
 * expiry. What they are billed is held against the price rule written out anew in whole fen.
 */
const payerCount = 250
const dayCount = 4
const firstDay = '2026-03-10'
const day = 86_400_000

/** What one payer does on one day. */
const doings = fc.record({
  /** Log entries kept 14 days, 1.50 a million. */
  used: fc.oneof(fc.constant(0), fc.nat(20_000_000), fc.nat(20_000)),
  /** More entries for the day so many days ago, and usage of that day taken back. */
  late: fc.option(fc.record({ daysAgo: fc.integer({ min: 1, max: 3 }), entries: fc.nat(9_000_000) })),
  takesBack: fc.option(fc.integer({ min: 0, max: 3 })),
  money: fc.option(
    fc.record({
      kind: fc.constantFrom('cash', 'ordinary_voucher', 'full_reduction_voucher', 'prepaid_card'),
      fen: fc.integer({ min: 1, max: 4000 }),
      expiresInDays: fc.integer({ min: 1, max: 5 }),
    }),
  ),
})
const life = fc.record({
  cloud: fc.boolean(),
  days: fc.array(doings, { minLength: dayCount, maxLength: dayCount }),
})
type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never

interface Payer {
  id: BillingAccountId
  workspaceId: WorkspaceId
  life: Life
  /** Stored usage by its id: the day it belongs to, and entries. */
  usage: Map<string, { day: number; entries: number }>
}

let world: TestServices
let payers: Payer[]
let usages = 0

beforeAll(async () => {
  world = await testServices()
  await seedPriceBooks(world.ctx())
  const lives = fc.sample(life, { numRuns: payerCount, seed: 20261123 })
  const instanceId = await testInstance(world)
  const made = await insertPayers(
    world,
    lives.map(({ cloud }) => (cloud ? instanceId : null)),
  )
  payers = made.map((each, index) => ({ ...each, life: lives[index]!, usage: new Map() }))
})
afterAll(() => world.close())

/** One day of all payers: what they use, what is taken back, and money. */
async function live(today: number): Promise<void> {
  const used: TestUsage[] = []
  const gone: { workspaceId: WorkspaceId; id: string }[] = []
  for (const payer of payers) {
    const { used: entries, late, takesBack } = payer.life.days[today]!
    used.push(...use(payer, { on: today, today, entries }))
    if (late) used.push(...use(payer, { on: today - late.daysAgo, today, entries: late.entries }))
    const [taken] = [...payer.usage].filter(([, { day: on }]) => takesBack !== null && on === today - takesBack)
    if (!taken) continue
    gone.push({ workspaceId: payer.workspaceId, id: taken[0] })
    payer.usage.delete(taken[0])
  }
  await someUsage(world.ctx(), used)
  await voidUsage(world.ctx(), gone)
  await Promise.all(payers.map(({ id, life: of }) => bring(id, of.days[today]!.money)))
}

function use(payer: Payer, of: { on: number; today: number; entries: number }): TestUsage[] {
  if (of.entries === 0 || of.on < 0) return []
  usages += 1
  const id = `usage-${usages}`
  const at = new Date(world.clock.now().getTime() - (of.today - of.on) * day)
  payer.usage.set(id, { day: of.on, entries: of.entries })
  return [{ workspaceId: payer.workspaceId, meter: 'logs', retentionDays: 14, quantity: String(of.entries), at, id }]
}

async function bring(billingAccountId: BillingAccountId, money: Life['days'][number]['money']): Promise<void> {
  if (!money) return
  const amount = `${Math.floor(money.fen / 100)}.${String(money.fen % 100).padStart(2, '0')}`
  const expiresAt = new Date(world.clock.now().getTime() + money.expiresInDays * day)
  const input = { billingAccountId, amount, expiresAt, note: '', requestKey: crypto.randomUUID() }
  if (money.kind === 'cash') await creditAccount(world.ctx(), input)
  else if (money.kind === 'prepaid_card') await sellPrepaidCard(world.ctx(), input)
  else await grantVoucher(world.ctx(), { ...input, kind: money.kind })
}

/** What a day's entries cost, in fen: entries × 150 ÷ 1,000,000, half up. */
function costOf(payer: Payer, on: number): bigint {
  const entries = [...payer.usage.values()].filter((each) => each.day === on)
  const sum = entries.reduce((total, each) => total + BigInt(each.entries), 0n)
  return (sum * 300n + 1_000_000n) / 2_000_000n
}

const fen = (amount: string) => BigInt(amount.replace('.', ''))

test('over 1,000 payer days, each day is billed exactly what its usage costs in the end, and the ledger is right each night', async () => {
  for (let today = 0; today < dayCount; today += 1) {
    await live(today)
    world.clock.advance(day)
    const closed = await closeDueDays(world.ctx())
    expect(closed).toMatchObject([{ day: addDays(firstDay, today), parked: 0 }])
    await expireFunds(world.ctx())
    expect(await checkLedger(world.ctx())).toMatchObject({ right: true, faults: [] })
  }
  await everyDayCosts()
  await everyLineIsPaid()
  await nothingBelowZero()
  for (let on = 0; on < dayCount; on += 1) {
    const again = await computeDayAgain(world.ctx(), { site: 'cn1', day: addDays(firstDay, on) })
    expect(again.different).toEqual([])
  }
}, 180_000)

async function everyDayCosts(): Promise<void> {
  const { rows } = await sql<{ workspaceId: string; day: string; amount: string }>`
    select workspace_id as "workspaceId", usage_day as day, sum(amount)::text as amount
    from bill_lines group by 1, 2`.execute(world.services.db)
  const billed = new Map(rows.map((row) => [`${row.workspaceId} ${row.day}`, fen(row.amount)]))
  for (const payer of payers) {
    for (let on = 0; on < dayCount; on += 1) {
      const name = `${payer.workspaceId} ${addDays(firstDay, on)}`
      expect([billed.get(name) ?? 0n, JSON.stringify(payer.life)]).toEqual([
        costOf(payer, on),
        JSON.stringify(payer.life),
      ])
    }
  }
}

/** A line's parts add up to its amount, a bill's lines to its total, and its kinds of money too. */
async function everyLineIsPaid(): Promise<void> {
  const { db } = world.services
  const lines = await db.selectFrom('bill_lines').select(['bill_id', 'amount', 'parts']).execute()
  const totals = new Map<string, bigint>()
  for (const { bill_id, amount, parts } of lines) {
    const paid = parts.reduce((sum, part) => sum + fen(part.amount), 0n)
    expect(fen(amount) < 0n ? -paid : paid).toBe(fen(amount))
    totals.set(bill_id, (totals.get(bill_id) ?? 0n) + fen(amount))
  }
  const bills = await db.selectFrom('daily_bills').select(['id', 'total', 'paid_by']).execute()
  expect(bills.length).toBeGreaterThan(payerCount)
  for (const { id, total, paid_by } of bills) {
    expect(totals.get(id)).toBe(fen(total))
    expect(paid_by.reduce((sum, part) => sum + fen(part.amount), 0n)).toBe(fen(total))
  }
}

async function nothingBelowZero(): Promise<void> {
  const rows = await world.services.db.selectFrom('ledger_accounts').select(['kind', 'balance']).execute()
  const kinds = ['cash', 'ordinary_voucher', 'full_reduction_voucher', 'prepaid_card']
  for (const { kind, balance } of rows) {
    if (kinds.includes(kind)) expect(fen(balance) >= 0n).toBe(true)
    if (kind === 'debt') expect(fen(balance) <= 0n).toBe(true)
  }
}

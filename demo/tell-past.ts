import { DateTime } from 'luxon'
import type { BillingAccountId, WorkspaceId } from '../contract/ids.ts'
import { creditAccount } from '../server/bills/credit-account.ts'
import { grantVoucher } from '../server/bills/grant-voucher.ts'
import { listPaidWorkspaces } from '../server/bindings/list-paid-workspaces.ts'
import { systemContext } from '../server/context.ts'
import type { Ctx, Services } from '../server/context.ts'
import { findBillingAccount } from '../server/identity/find-account.ts'
import { acceptUsage } from '../server/metering/accept-usage.ts'
import { demoBuyers } from './buyers.ts'
import type { DemoPerson } from './buyers.ts'
import { post } from './call.ts'
import { reportEvery, usageOfHalfHour } from './past-usage.ts'

/** Where the demo's workspaces are. */
const zone = 'Asia/Shanghai'
const voucherDays = 90

/**
 * Lets the days pass that a new world began before today: its customers use what they bought, and each day is billed, paid and
 * reported to the marketplace when it ends. Stopped on the way, it goes on at the next start; a world that has caught up stays as it is.
 */
export async function tellPast(
  services: Services,
  { purser, say }: { purser: string; say: (sentence: string) => void },
): Promise<void> {
  const { clock } = services
  if (clock.offset() >= 0) return
  say('Letting the customers’ first days pass …')
  const ctx = systemContext(services, 'demo.past')
  const customers = await readCustomers(ctx)
  for (const { billingAccountId, person } of customers) await give(ctx, billingAccountId, person)
  const busy = customers.flatMap((customer) => customer.workspaces)
  while (clock.offset() < 0) {
    const from = clock.now()
    await post(`${purser}/v1/clock/advance`, { milliseconds: Math.min(untilNextStop(from), -clock.offset()) })
    await report(ctx, busy, { from, until: clock.now() })
  }
}

interface Customer {
  billingAccountId: BillingAccountId
  person: DemoPerson
  workspaces: { id: WorkspaceId; busy: number }[]
}

async function readCustomers(ctx: Ctx): Promise<Customer[]> {
  const customers: Customer[] = []
  for (const { person } of demoBuyers) {
    const account = person && (await findBillingAccount(ctx, person.username))
    if (!account) continue
    const { items } = await listPaidWorkspaces(ctx, { billingAccountId: account.id, limit: 100 })
    const workspaces = person.workspaces.flatMap(({ name, busy }) =>
      items.filter((item) => item.name === name && busy > 0).map(({ id }) => ({ id, busy })),
    )
    customers.push({ billingAccountId: account.id, person, workspaces })
  }
  return customers
}

async function give(ctx: Ctx, billingAccountId: BillingAccountId, { given }: DemoPerson): Promise<void> {
  const once = { billingAccountId, requestKey: 'demo-begin' }
  if ('transfer' in given) {
    await creditAccount(ctx, { ...once, amount: given.transfer, note: 'bank transfer' })
    return
  }
  const expiresAt = new Date(ctx.now().getTime() + voucherDays * 86_400_000)
  await grantVoucher(ctx, { ...once, kind: 'ordinary_voucher', amount: given.voucher, note: 'welcome', expiresAt })
}

/** To five minutes before noon or midnight of the site: what a day used is reported while it is open. */
function untilNextStop(from: Date): number {
  const now = DateTime.fromJSDate(from, { zone })
  const stops = [11, 23, 35].map((hours) => now.startOf('day').plus({ hours, minutes: 55 }))
  const next = stops.find((stop) => stop.diff(now, 'minutes').minutes >= 1)
  return Math.ceil((next ?? now.plus({ hours: 12 })).diff(now).toMillis())
}

async function report(
  ctx: Ctx,
  workspaces: Customer['workspaces'],
  { from, until }: { from: Date; until: Date },
): Promise<void> {
  const first = Math.floor(from.getTime() / reportEvery) + 1
  const turns = Array.from(
    { length: Math.floor(until.getTime() / reportEvery) - first + 1 },
    (_none, turn) => first + turn,
  )
  const events = turns.flatMap((turn) =>
    workspaces.flatMap(({ id, busy }) =>
      usageOfHalfHour({ workspaceId: id, until: new Date(turn * reportEvery), busy, zone }),
    ),
  )
  const { rejected } = await acceptUsage(ctx, { workspaceId: null }, events)
  if (rejected.length > 0) throw new Error(`The demo's usage was refused: ${JSON.stringify(rejected[0])}`)
}

import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DateTime } from 'luxon'
import { systemContext } from '../server/context.ts'
import { creditAccount } from '../server/bills/credit-account.ts'
import { grantVoucher } from '../server/bills/grant-voucher.ts'
import { customerByBalance, customerByPurchase } from './customers.ts'
import type { Customer } from './customers.ts'
import { judge, readBooks } from './invariants.ts'
import type { CustomerBooks, Invariant } from './invariants.ts'
import { numbersFrom, report, usageBetween } from './usage.ts'
import { startTourWorld } from './world.ts'
import type { TourWorld } from './world.ts'

const timeZone = 'Asia/Shanghai'
const hour = 3_600_000
const days = 28

/** `npm run tour [-- --seed N]`: purchase → activation → four weeks of usage → bills → reports → reconciliation. */
async function tour(seed: number): Promise<boolean> {
  progress('Starting a fresh world')
  const world = await startTourWorld(timeZone)
  try {
    say(`A tour with seed ${seed}`)
    const cloud = await customerByPurchase(world, 'acme')
    const balance = await customerByBalance(world, 'harbour')
    await fund(world, cloud, balance)
    say(
      'acme bought in the marketplace, came by Direct Login and pressed Activate; Alibaba Cloud pays, after a voucher of 50.00 CNY.',
    )
    say('harbour registered on the website; a transfer of 400.00 CNY pays, then debt.')
    const sent = await fourWeeks(world, [cloud, balance], numbersFrom(seed))
    await afterwards(world)
    const books = [await readBooks(cloud), await readBooks(balance)]
    tell(books, sent)
    const invariants = await judge(world, books, sent.events)
    for (const one of invariants) say(`  ${one.holds ? '✓' : '✗'} ${one.what}: ${one.found}`)
    return verdict(invariants)
  } finally {
    await world.close()
  }
}

async function fund(world: TourWorld, cloud: Customer, balance: Customer): Promise<void> {
  const ctx = systemContext(world.services, 'tour')
  await grantVoucher(ctx, {
    billingAccountId: cloud.billingAccountId,
    kind: 'ordinary_voucher',
    amount: '50.00',
    expiresAt: new Date(world.now().getTime() + 60 * 24 * hour),
    note: 'welcome',
    requestKey: randomUUID(),
  })
  await creditAccount(ctx, {
    billingAccountId: balance.billingAccountId,
    amount: '400.00',
    note: 'bank transfer',
    requestKey: randomUUID(),
  })
}

interface Sent {
  events: number
  duplicates: number
}

/** Two reports a day and workspace; every fifth is sent twice, every seventh day something comes two days late. */
async function fourWeeks(world: TourWorld, customers: Customer[], random: () => number): Promise<Sent> {
  const sent: Sent = { events: 0, duplicates: 0 }
  const reported = async (customer: Customer, events: object[]) => {
    const { inserted, duplicates } = await report(world.purser, customer, events)
    sent.events += inserted
    sent.duplicates += duplicates
  }
  for (let day = 1; day <= days; day++) {
    for (const half of [0, 1]) {
      const from = await nextReport(world, half)
      for (const customer of customers) {
        const label = `day-${day}-${half}`
        const events = usageBetween({ customer, from, until: world.now(), random, label })
        await reported(customer, events)
        if ((day + half) % 5 === 0) await reported(customer, events)
      }
    }
    if (day % 7 === 0) await reported(customers[0]!, lateUsage(world, customers[0]!, random, day))
    progress(`Day ${day} of ${days}`)
  }
  return sent
}

/** Lets time pass to half past noon, or to half an hour before midnight; answers from when on that report tells, on the same day. */
async function nextReport(world: TourWorld, half: number): Promise<Date> {
  const at = DateTime.fromJSDate(world.now(), { zone: timeZone })
  if (half === 1) {
    await world.pass(11 * hour)
    return at.toJSDate()
  }
  const day = at.plus({ hours: 1 }).startOf('day')
  await world.pass(day.plus({ hours: 12, minutes: 30 }).toMillis() - world.now().getTime())
  return day.plus({ minutes: 31 }).toJSDate()
}

function lateUsage(world: TourWorld, customer: Customer, random: () => number, day: number): object[] {
  const until = new Date(world.now().getTime() - 48 * hour)
  const from = new Date(until.getTime() - hour)
  return usageBetween({ customer, from, until, random, label: `late-${day}` })
}

/** To the fifth of the next month: the last bills, the monthly bill, the last reports, and the statement to hold them against. */
async function afterwards(world: TourWorld): Promise<void> {
  for (let day = 1; day <= 8; day++) {
    await world.pass(24 * hour)
    progress(`Day ${day} of 8 afterwards`)
  }
}

function tell(books: CustomerBooks[], sent: Sent): void {
  say(`${sent.events} events were counted in ${days} days; ${sent.duplicates} came again and counted nothing.`)
  for (const { customer, bills, total, wallet, cloud } of books) {
    const paid = customer.instanceId
      ? `${cloud} went to the cloud account`
      : `cash left ${wallet.cash}, owed ${wallet.debt}`
    say(`${customer.name}: ${bills.length} daily bills, ${total} CNY in all; ${paid}.`)
  }
}

function verdict(invariants: Invariant[]): boolean {
  const broken = invariants.filter((one) => !one.holds)
  say(broken.length === 0 ? `All ${invariants.length} hold.` : `${broken.length} of ${invariants.length} do not hold.`)
  return broken.length === 0
}

function say(sentence: string): void {
  console.log(sentence)
}

/** Progress goes to the error stream: the story on the output stays the same for the same seed. */
function progress(words: string): void {
  process.stderr.write(`… ${words}\n`)
}

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } })
if (!/^\d{1,9}$/.test(values.seed)) {
  console.error(`--seed ${values.seed}: must be a whole number such as 7.`)
  process.exit(2)
}
process.exitCode = (await tour(Number(values.seed))) ? 0 : 1

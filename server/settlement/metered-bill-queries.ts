import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { Id, InstanceId } from '../../contract/ids.ts'
import type { PushState } from '../../contract/settlement.ts'
import type { Database } from '../database.ts'
import type { DividedBill } from './divide-bill.ts'
import type { BillOutcome } from './decide-bill-outcome.ts'
import { endStates } from './push-states.ts'
import type { MeteredBillsTable } from './tables.ts'

type Db = Kysely<Database>

/** A bill's share of one instance. */
export interface BillOfInstance {
  billId: Id<'dailyBill'>
  instanceId: InstanceId
}

/** What a source of usage has put into one report. */
export interface HeldUsage {
  source: string
  recordId: Id<'usageRecord'>
  meter: string | null
  periodFrom: Date
  quantity: string
}

const sourcesAtOnce = 5000

/** In which reports of an instance some sources are, in the order of the reports' periods. */
export async function selectHeldUsage(
  db: Db,
  of: { instanceId: InstanceId; sources: readonly string[] },
): Promise<HeldUsage[]> {
  const found: HeldUsage[] = []
  for (let from = 0; from < of.sources.length; from += sourcesAtOnce) {
    // By way of the carries, which name every series there is: contributions are found by series and source.
    const { rows } = await sql<HeldUsage>`
      select c.source, r.id as "recordId", r.meter, r.period_from as "periodFrom", c.quantity
      from usage_carries s
        join usage_contributions c on c.instance_id = s.instance_id and c.dimension = s.dimension and c.item = s.item
        join usage_records r on r.id = c.record_id
      where s.instance_id = ${of.instanceId} and c.source = any(${of.sources.slice(from, from + sourcesAtOnce)}::text[])
      order by r.period_from, r.id, c.source`.execute(db)
    found.push(...rows)
  }
  return found
}

/** Writes how a bill is divided; false, with nothing written, when it is already. */
export async function insertMeteredBill(
  db: Db,
  of: BillOfInstance & { amount: string; divided: DividedBill; at: Date },
): Promise<boolean> {
  const { billId, instanceId, divided } = of
  const inserted = await db
    .insertInto('metered_bills')
    .values({
      bill_id: billId,
      instance_id: instanceId,
      amount: of.amount,
      unreported: divided.unreported,
      taken_up_at: of.at,
    })
    .onConflict((conflict) => conflict.columns(['bill_id', 'instance_id']).doNothing())
    .returning('bill_id')
    .executeTakeFirst()
  if (!inserted) return false
  await sql`
    insert into metered_bill_parts (bill_id, instance_id, record_id, amount)
    select ${billId}, ${instanceId}, part.record_id, part.amount
    from unnest(${divided.parts.map((part) => part.recordId)}::text[], ${divided.parts.map((part) => part.amount)}::numeric[])
      as part(record_id, amount)`.execute(db)
  return true
}

/** Bills that wait and whose reports have all come to their end, oldest first. */
export async function selectBillsToSettle(db: Db, limit: number): Promise<BillOfInstance[]> {
  const { rows } = await sql<BillOfInstance>`
    select b.bill_id as "billId", b.instance_id as "instanceId"
    from metered_bills b
    where b.settled_at is null and not exists (
      select 1 from metered_bill_parts p join usage_records r on r.id = p.record_id
      where p.bill_id = b.bill_id and p.instance_id = b.instance_id and r.state <> all(${[...endStates]}::text[]))
    order by b.taken_up_at, b.bill_id, b.instance_id limit ${limit}`.execute(db)
  return rows
}

export async function lockMeteredBill(db: Db, of: BillOfInstance): Promise<Selectable<MeteredBillsTable> | undefined> {
  return db
    .selectFrom('metered_bills')
    .selectAll()
    .where('bill_id', '=', of.billId)
    .where('instance_id', '=', of.instanceId)
    .forUpdate()
    .executeTakeFirst()
}

export interface MeteredPart {
  recordId: Id<'usageRecord'>
  amount: string
  state: PushState
  /** What an operator decided about the report. */
  decided: 'waived' | 'to_debt' | null
}

/** A bill's parts with where their reports stand, which nobody changes or decides about until the transaction ends. */
export async function lockMeteredParts(db: Db, of: BillOfInstance): Promise<MeteredPart[]> {
  return db
    .selectFrom('metered_bill_parts')
    .innerJoin('usage_records', 'usage_records.id', 'metered_bill_parts.record_id')
    .select(['record_id as recordId', 'amount', 'state', 'usage_records.uncollected as decided'])
    .where('bill_id', '=', of.billId)
    .where('metered_bill_parts.instance_id', '=', of.instanceId)
    .orderBy('record_id')
    .forShare('usage_records')
    .execute()
}

/** Writes what became of a bill's money. */
export async function updateSettledBill(
  db: Db,
  of: BillOfInstance & { outcome: BillOutcome; at: Date },
): Promise<void> {
  const { billId, instanceId, outcome } = of
  const { collected, waived, uncollected, refused } = outcome
  await db
    .updateTable('metered_bills')
    .set({ settled_at: of.at, collected, waived, uncollected })
    .where('bill_id', '=', billId)
    .where('instance_id', '=', instanceId)
    .execute()
  await sql`
    update metered_bill_parts p set uncollected = coalesce(lost.amount, 0)
    from metered_bill_parts own
      left join unnest(${refused.map((each) => each.recordId)}::text[], ${refused.map((each) => each.amount)}::numeric[])
        as lost(record_id, amount) on lost.record_id = own.record_id
    where own.bill_id = ${billId} and own.instance_id = ${instanceId}
      and p.bill_id = own.bill_id and p.instance_id = own.instance_id and p.record_id = own.record_id`.execute(db)
}

/** What settled bills did not collect because of one report. */
export async function selectUncollectedOf(
  db: Db,
  recordId: Id<'usageRecord'>,
): Promise<(BillOfInstance & { amount: string })[]> {
  const { rows } = await sql<BillOfInstance & { amount: string }>`
    select bill_id as "billId", instance_id as "instanceId", uncollected as amount
    from metered_bill_parts where record_id = ${recordId} and uncollected > 0
    order by bill_id`.execute(db)
  return rows
}

/** What bills charge for what a report holds, latest bill first. */
export async function selectBillsOfRecord(db: Db, recordId: Id<'usageRecord'>, limit: number) {
  return db
    .selectFrom('metered_bill_parts')
    .innerJoin('daily_bills', 'daily_bills.id', 'metered_bill_parts.bill_id')
    .select(['bill_id as billId', 'site', 'day', 'currency', 'amount', 'uncollected'])
    .where('record_id', '=', recordId)
    .orderBy('daily_bills.number', 'desc')
    .limit(limit)
    .execute()
}

import type { Db } from '../context.ts'
import type { Instance, InstanceStatus } from './instance.ts'

export interface Buyer {
  accountId: string
  name: string
  language: 'en' | 'zh' | null
  createdAt: Date
}

const buyerColumns = `account_id as "accountId", name, language, created_at as "createdAt"`

export async function insertBuyer(
  db: Db,
  buyer: { accountId: string | null; name: string; language: 'en' | 'zh' | null; requestId: string | null; now: Date },
): Promise<Buyer | null> {
  const { rows } = await db.query<Buyer>(
    `insert into marketplace_sandbox.buyers (account_id, name, language, request_id, created_at)
     values (coalesce($1, nextval('marketplace_sandbox.account_ids')::text), $2, $3, $4, $5)
     on conflict do nothing returning ${buyerColumns}`,
    [buyer.accountId, buyer.name, buyer.language, buyer.requestId, buyer.now],
  )
  return rows[0] ?? null
}

export async function buyerById(db: Db, accountId: string): Promise<Buyer | null> {
  const { rows } = await db.query<Buyer>(
    `select ${buyerColumns} from marketplace_sandbox.buyers where account_id = $1`,
    [accountId],
  )
  return rows[0] ?? null
}

export async function buyerByRequest(db: Db, requestId: string): Promise<Buyer | null> {
  const { rows } = await db.query<Buyer>(
    `select ${buyerColumns} from marketplace_sandbox.buyers where request_id = $1`,
    [requestId],
  )
  return rows[0] ?? null
}

/** Newest last, so that the demo world's fixed buyers stay on top; `after` is the last account id seen. */
export async function listBuyers(db: Db, page: { after: string | null; limit: number }): Promise<Buyer[]> {
  const { rows } = await db.query<Buyer>(
    `select ${buyerColumns} from marketplace_sandbox.buyers
     where $1::text is null or (created_at, account_id) >
       (select created_at, account_id from marketplace_sandbox.buyers where account_id = $1)
     order by created_at, account_id limit $2`,
    [page.after, page.limit],
  )
  return rows
}

export async function renameBuyer(db: Db, accountId: string, name: string): Promise<void> {
  await db.query(`update marketplace_sandbox.buyers set name = $2 where account_id = $1`, [accountId, name])
}

const instanceColumns = `
  instance_id as "instanceId", account_id as "accountId", order_id as "orderId", product_code as "productCode",
  sku_code as "skuCode", status, vendor_instance_id as "vendorInstanceId", app_info as "appInfo", host_info as "hostInfo",
  remarks, billable_items as "billableItems", in_arrears_since as "inArrearsSince", created_at as "createdAt",
  opened_at as "openedAt", closed_at as "closedAt"`

export async function nextIds(db: Db): Promise<{ instanceId: string; orderId: string }> {
  const { rows } = await db.query<{ instanceId: string; orderId: string }>(
    `select nextval('marketplace_sandbox.instance_ids')::text as "instanceId",
            nextval('marketplace_sandbox.order_ids')::text as "orderId"`,
  )
  const ids = rows[0]
  if (!ids) throw new Error('the id sequences gave nothing')
  return ids
}

export async function insertInstance(
  db: Db,
  instance: Pick<
    Instance,
    'instanceId' | 'accountId' | 'orderId' | 'productCode' | 'skuCode' | 'billableItems' | 'createdAt'
  >,
): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.instances
       (instance_id, account_id, order_id, product_code, sku_code, status, billable_items, created_at)
     values ($1, $2, $3, $4, $5, 'OPENING', $6, $7)`,
    [
      instance.instanceId,
      instance.accountId,
      instance.orderId,
      instance.productCode,
      instance.skuCode,
      JSON.stringify(instance.billableItems),
      instance.createdAt,
    ],
  )
}

export interface Order {
  orderId: string
  accountId: string
  instanceId: string
  productCode: string
  skuCode: string
  orderType: 'NEW' | 'UPGRADE' | 'RENEW'
  createdAt: Date
}

const orderColumns = `order_id as "orderId", account_id as "accountId", instance_id as "instanceId",
  product_code as "productCode", sku_code as "skuCode", order_type as "orderType", created_at as "createdAt"`

export async function insertOrder(db: Db, order: Order & { requestId: string | null }): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.orders
       (order_id, account_id, instance_id, product_code, sku_code, order_type, request_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      order.orderId,
      order.accountId,
      order.instanceId,
      order.productCode,
      order.skuCode,
      order.orderType,
      order.requestId,
      order.createdAt,
    ],
  )
}

/** Makes two sendings of one form wait for each other. */
export async function lockRequest(db: Db, requestId: string): Promise<void> {
  await db.query(`select pg_advisory_xact_lock(hashtext($1))`, [`marketplace_sandbox ${requestId}`])
}

export async function orderByRequest(db: Db, requestId: string): Promise<Order | null> {
  const { rows } = await db.query<Order>(
    `select ${orderColumns} from marketplace_sandbox.orders where request_id = $1`,
    [requestId],
  )
  return rows[0] ?? null
}

export async function orderById(db: Db, orderId: string): Promise<Order | null> {
  const { rows } = await db.query<Order>(`select ${orderColumns} from marketplace_sandbox.orders where order_id = $1`, [
    orderId,
  ])
  return rows[0] ?? null
}

export async function instanceById(db: Db, instanceId: string): Promise<Instance | null> {
  const { rows } = await db.query<Instance>(
    `select ${instanceColumns} from marketplace_sandbox.instances where instance_id = $1`,
    [instanceId],
  )
  return rows[0] ?? null
}

export async function lockInstance(db: Db, instanceId: string): Promise<Instance | null> {
  const { rows } = await db.query<Instance>(
    `select ${instanceColumns} from marketplace_sandbox.instances where instance_id = $1 for update`,
    [instanceId],
  )
  return rows[0] ?? null
}

/** Newest first; `before` is the last instance id seen. Of one buyer, or of all when `accountId` is null. */
export async function listInstances(
  db: Db,
  page: { accountId: string | null; before: string | null; limit: number },
): Promise<Instance[]> {
  const { rows } = await db.query<Instance>(
    `select ${instanceColumns} from marketplace_sandbox.instances
     where ($1::text is null or account_id = $1)
       and ($2::text is null or (created_at, instance_id) <
         (select created_at, instance_id from marketplace_sandbox.instances where instance_id = $2))
     order by created_at desc, instance_id desc limit $3`,
    [page.accountId, page.before, page.limit],
  )
  return rows
}

export async function instancesByIds(db: Db, instanceIds: readonly string[]): Promise<Instance[]> {
  const { rows } = await db.query<Instance>(
    `select ${instanceColumns} from marketplace_sandbox.instances where instance_id = any($1)`,
    [instanceIds],
  )
  return rows
}

export async function setStatus(db: Db, instanceId: string, status: InstanceStatus): Promise<void> {
  await db.query(`update marketplace_sandbox.instances set status = $2 where instance_id = $1`, [instanceId, status])
}

export async function setClosed(db: Db, instanceId: string, now: Date): Promise<void> {
  await db.query(
    `update marketplace_sandbox.instances set status = 'CLOSED', closed_at = $2, in_arrears_since = null where instance_id = $1`,
    [instanceId, now],
  )
}

export async function setArrears(db: Db, instanceId: string, since: Date | null): Promise<void> {
  await db.query(`update marketplace_sandbox.instances set in_arrears_since = $2 where instance_id = $1`, [
    instanceId,
    since,
  ])
}

export async function setSku(db: Db, instanceId: string, skuCode: string): Promise<void> {
  await db.query(`update marketplace_sandbox.instances set sku_code = $2 where instance_id = $1`, [instanceId, skuCode])
}

/** Keeps the vendor's first answer to createInstance; an instance released meanwhile stays closed. */
export async function setOpened(
  db: Db,
  instanceId: string,
  answer: { vendorInstanceId: string; now: Date },
): Promise<{ opened: boolean }> {
  const { rows } = await db.query(
    `update marketplace_sandbox.instances
     set vendor_instance_id = coalesce(vendor_instance_id, $2),
         opened_at = coalesce(opened_at, $3),
         status = case when status = 'OPENING' then 'OPENED' else status end
     where instance_id = $1 and vendor_instance_id is null
     returning status`,
    [instanceId, answer.vendorInstanceId, answer.now],
  )
  const status: unknown = rows[0]?.status
  return { opened: status === 'OPENED' }
}

/** What the vendor says about itself in an answer replaces what it said before; a part it left out stays. */
export async function setVendorWords(
  db: Db,
  instanceId: string,
  words: { appInfo: object | null; hostInfo: object | null; remarks: object | null },
): Promise<void> {
  await db.query(
    `update marketplace_sandbox.instances
     set app_info = coalesce($2::jsonb, app_info), host_info = coalesce($3::jsonb, host_info), remarks = coalesce($4::jsonb, remarks)
     where instance_id = $1`,
    [instanceId, jsonOrNull(words.appInfo), jsonOrNull(words.hostInfo), jsonOrNull(words.remarks)],
  )
}

function jsonOrNull(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value)
}

export async function beginService(db: Db, instanceId: string, now: Date): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.service_periods (instance_id, began_at) values ($1, $2) on conflict do nothing`,
    [instanceId, now],
  )
}

export async function endService(db: Db, instanceId: string, now: Date): Promise<void> {
  await db.query(
    `update marketplace_sandbox.service_periods set ended_at = $2 where instance_id = $1 and ended_at is null`,
    [instanceId, now],
  )
}

export type TimerKind = 'expire' | 'release'

export async function setTimer(db: Db, timer: { instanceId: string; kind: TimerKind; dueAt: Date }): Promise<void> {
  await db.query(
    `insert into marketplace_sandbox.timers (instance_id, kind, due_at) values ($1, $2, $3)
     on conflict (instance_id, kind) do update set due_at = excluded.due_at`,
    [timer.instanceId, timer.kind, timer.dueAt],
  )
}

export async function stopTimers(db: Db, instanceId: string): Promise<void> {
  await db.query(`delete from marketplace_sandbox.timers where instance_id = $1`, [instanceId])
}

/** Takes a due timer away; null when it was stopped meanwhile. */
export async function takeTimer(db: Db, timerId: string): Promise<{ instanceId: string; kind: TimerKind } | null> {
  const { rows } = await db.query<{ instanceId: string; kind: TimerKind }>(
    `delete from marketplace_sandbox.timers where id = $1 returning instance_id as "instanceId", kind`,
    [timerId],
  )
  return rows[0] ?? null
}

export async function timersOf(db: Db, instanceId: string): Promise<{ kind: TimerKind; dueAt: Date }[]> {
  const { rows } = await db.query<{ kind: TimerKind; dueAt: Date }>(
    `select kind, due_at as "dueAt" from marketplace_sandbox.timers where instance_id = $1 order by due_at`,
    [instanceId],
  )
  return rows
}

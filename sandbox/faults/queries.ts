import type { Db } from '../context.ts'
import type { Fault, FaultPlan } from './fault.ts'

const columns = `id, side as "on", kind, times_left as "timesLeft", action, instance_id as "instanceId",
  delay_ms::float8 as "delayMs", created_at as "createdAt"`

export async function insertFault(db: Db, plan: FaultPlan, now: Date): Promise<Fault> {
  const { rows } = await db.query<Fault>(
    `insert into marketplace_sandbox.faults (side, kind, times_left, action, instance_id, delay_ms, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [plan.on, plan.kind, plan.times, plan.action ?? null, plan.instanceId ?? null, plan.delayMs ?? null, now],
  )
  const fault = rows[0]
  if (!fault) throw new Error('the fault was not written')
  return fault
}

/** Those still to come, oldest first. */
export async function listFaults(db: Db): Promise<Fault[]> {
  const { rows } = await db.query<Fault>(
    `select ${columns} from marketplace_sandbox.faults where times_left > 0 order by id limit 500`,
  )
  return rows
}

export async function deleteFaults(db: Db, faultId: string | null): Promise<number> {
  const { rowCount } = await db.query(`delete from marketplace_sandbox.faults where $1::bigint is null or id = $1`, [
    faultId,
  ])
  return rowCount ?? 0
}

/** Uses up one turn of the oldest fault that matches; null when none does. */
export async function takeFault(
  db: Db,
  want: { on: 'spi' | 'openapi'; kinds: readonly string[]; action: string; instanceIds: readonly string[] },
): Promise<Fault | null> {
  const { rows } = await db.query<Fault>(
    `update marketplace_sandbox.faults set times_left = times_left - 1
     where id = (
       select id from marketplace_sandbox.faults
       where side = $1 and kind = any($2) and times_left > 0
         and (action is null or action = $3) and (instance_id is null or instance_id = any($4))
       order by id limit 1 for update
     )
     returning ${columns}`,
    [want.on, want.kinds, want.action, want.instanceIds],
  )
  return rows[0] ?? null
}

import type { Pool } from 'pg'

/**
 * The sandbox's own tables, in their own schema. Each step runs once, in order; a new shape is a new step at the end.
 * Times are sandbox time unless the column says real.
 */
const steps: readonly string[] = [
  `
  create table marketplace_sandbox.settings (
    only_row boolean primary key default true check (only_row),
    clock_offset_ms bigint not null default 0,
    knobs jsonb not null default '{}'
  );
  insert into marketplace_sandbox.settings default values;

  -- Reset empties the tables but never these: an id once told to the vendor is never given to another purchase.
  create sequence marketplace_sandbox.instance_ids start 122780011 increment 7;
  create sequence marketplace_sandbox.order_ids start 269326581310319 increment 13;
  create sequence marketplace_sandbox.account_ids start 1310411089831098 increment 7919;

  create table marketplace_sandbox.buyers (
    account_id text primary key check (account_id ~ '^[1-8][0-9]{15}$'),
    name text not null,
    language text check (language in ('en', 'zh')),
    -- the form it came from: the same form sent twice is one buyer
    request_id text unique,
    created_at timestamptz not null
  );

  create table marketplace_sandbox.instances (
    -- the marketplace's business id (orderBizId): the "Instance ID" a buyer sees
    instance_id text primary key,
    account_id text not null references marketplace_sandbox.buyers,
    order_id text not null,
    product_code text not null,
    sku_code text not null,
    status text not null check (status in ('OPENING', 'OPENED', 'EXPIRED', 'CLOSED')),
    -- what the vendor answered to createInstance; goes back to it as instanceId
    vendor_instance_id text,
    app_info jsonb not null default '{}',
    host_info jsonb not null default '{}',
    remarks jsonb not null default '{}',
    billable_items jsonb not null default '{}',
    in_arrears_since timestamptz,
    created_at timestamptz not null,
    opened_at timestamptz,
    closed_at timestamptz
  );
  create index on marketplace_sandbox.instances (account_id, created_at desc);

  create table marketplace_sandbox.orders (
    order_id text primary key,
    account_id text not null references marketplace_sandbox.buyers,
    instance_id text not null references marketplace_sandbox.instances,
    product_code text not null,
    sku_code text not null,
    order_type text not null check (order_type in ('NEW', 'UPGRADE', 'RENEW')),
    -- the form it came from: the same form sent twice is one order
    request_id text unique,
    created_at timestamptz not null
  );

  -- When an instance was in service: usage of an hour that touches none of these is not billed.
  create table marketplace_sandbox.service_periods (
    instance_id text not null references marketplace_sandbox.instances,
    began_at timestamptz not null,
    ended_at timestamptz,
    primary key (instance_id, began_at)
  );

  create table marketplace_sandbox.timers (
    id bigint generated always as identity primary key,
    instance_id text not null references marketplace_sandbox.instances,
    kind text not null check (kind in ('expire', 'release')),
    due_at timestamptz not null,
    unique (instance_id, kind)
  );

  create table marketplace_sandbox.notifications (
    id bigint generated always as identity primary key,
    instance_id text references marketplace_sandbox.instances,
    action text not null,
    -- [[name, value], …] without token
    params jsonb not null,
    state text not null check (state in ('waiting', 'held', 'delivered', 'failed')),
    -- attempts since the counter was last reset
    attempts integer not null default 0,
    next_attempt_at timestamptz not null,
    copy_of bigint references marketplace_sandbox.notifications,
    created_at timestamptz not null,
    settled_at timestamptz
  );
  create index on marketplace_sandbox.notifications (next_attempt_at, id) where state = 'waiting';
  create index on marketplace_sandbox.notifications (instance_id, id);

  create table marketplace_sandbox.attempts (
    id bigint generated always as identity primary key,
    notification_id bigint not null references marketplace_sandbox.notifications,
    number integer not null,
    method text not null,
    params jsonb not null,
    started_at timestamptz not null,
    duration_ms integer,
    http_status integer,
    answer text,
    -- null while the call is under way
    outcome text
  );
  create index on marketplace_sandbox.attempts (notification_id, id);

  create table marketplace_sandbox.faults (
    id bigint generated always as identity primary key,
    side text not null check (side in ('spi', 'openapi')),
    kind text not null,
    times_left integer not null check (times_left >= 0),
    action text,
    instance_id text,
    delay_ms bigint,
    created_at timestamptz not null
  );
  `,
  `
  -- real time: signatures are made by the caller's real clock
  create table marketplace_sandbox.nonces (
    nonce text primary key,
    seen_at_real timestamptz not null
  );
  create index on marketplace_sandbox.nonces (seen_at_real);

  create table marketplace_sandbox.api_calls (
    id bigint generated always as identity primary key,
    request_id text not null,
    action text not null,
    parameters jsonb not null,
    http_status integer not null,
    code text not null,
    fault text,
    received_at timestamptz not null
  );

  create table marketplace_sandbox.metering_turns (
    instance_id text primary key references marketplace_sandbox.instances,
    last_call_at timestamptz not null
  );

  create table marketplace_sandbox.metering_records (
    id bigint generated always as identity primary key,
    request_id text not null,
    instance_id text not null references marketplace_sandbox.instances,
    metering_assit text not null,
    metering_key text not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    quantity numeric not null check (quantity >= 0),
    -- null when billed; else why the buyer is not charged
    unbilled_because text check (unbilled_because in ('late', 'not_in_service', 'overlap')),
    received_at timestamptz not null
  );
  create index on marketplace_sandbox.metering_records (instance_id, start_at);
  `,
]

/** Brings the schema to the newest step; safe to run at every start and by two at once. */
export async function prepareSchema(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('marketplace_sandbox'))`)
    await client.query(`create schema if not exists marketplace_sandbox`)
    await client.query(`create table if not exists marketplace_sandbox.schema_steps (step integer primary key)`)
    const done = await client.query<{ count: number }>(
      `select count(*)::int as count from marketplace_sandbox.schema_steps`,
    )
    const applied = done.rows[0]?.count ?? 0
    for (const [step, sql] of steps.entries()) {
      if (step < applied) continue
      await client.query(sql)
      await client.query(`insert into marketplace_sandbox.schema_steps (step) values ($1)`, [step])
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

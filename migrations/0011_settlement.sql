-- Pushing usage to the marketplaces in time, and reconciling with what they say.

-- What one instance is reported for one dimension and one period. Gathers usage while OPEN; from then on its numbers never change.
create table usage_records (
  id text primary key,
  instance_id text not null references marketplace_instances,
  marketplace text not null,
  product_code text not null,
  granularity text not null check (granularity in ('hourly', 'daily')),
  dimension text not null,
  -- Which of several items with that dimension (Alibaba: meteringAssit); empty where the product has none.
  item text not null,
  -- What is measured: a meter, or (null) money in `currency`.
  meter text,
  currency text,
  period_from timestamptz not null,
  period_until timestamptz not null check (period_until > period_from),
  -- The last instant at which the marketplace takes it.
  deadline timestamptz not null,
  -- When it becomes definite.
  seal_at timestamptz not null,
  -- Sum of its contributions, in the measured unit; below zero when more was taken back than used.
  measured numeric not null default 0,
  carried_in numeric,
  unit numeric check (unit > 0),
  -- Whole units reported.
  units numeric check (units >= 0 and units = trunc(units)),
  carried_out numeric,
  state text not null default 'OPEN'
    check (state in ('OPEN', 'SEALED', 'SENDING', 'ACCEPTED', 'DUPLICATE', 'REJECTED', 'UNKNOWN', 'EXPIRED', 'CARRIED')),
  -- Not sent before this.
  send_after timestamptz not null,
  -- Sent in a call of its own, after a call that held it was refused.
  alone boolean not null default false,
  attempts integer not null default 0,
  -- The call that held it last; only its answer counts.
  call_id text,
  -- The last word about it: the marketplace's code, or ours (crash, deadline, not_in_service).
  code text,
  message text,
  -- When people were told that its deadline is near.
  warned_at timestamptz,
  opened_at timestamptz not null,
  sealed_at timestamptz,
  -- When it came to an end state.
  ended_at timestamptz,
  -- What became of the money of a record that ended uncollected; null while nobody has decided.
  uncollected text check (uncollected in ('waived', 'to_debt')),
  check ((meter is null) = (currency is not null)),
  check (state = 'OPEN' or (carried_in is not null and unit is not null and units is not null and carried_out is not null and sealed_at is not null)),
  -- Nothing is lost: what came in is reported or carried on.
  check (state = 'OPEN' or carried_in + measured = units * unit + carried_out),
  check (state = 'OPEN' or (state = 'CARRIED') = (units = 0)),
  check ((ended_at is not null) = (state in ('ACCEPTED', 'DUPLICATE', 'REJECTED', 'EXPIRED', 'CARRIED'))),
  check (uncollected is null or state in ('REJECTED', 'EXPIRED')),
  unique (instance_id, dimension, item, period_from)
);
create index usage_records_open on usage_records (seal_at) where state = 'OPEN';
create index usage_records_sealed on usage_records (deadline) where state in ('SEALED', 'SENDING', 'UNKNOWN');
create index usage_records_state on usage_records (state, deadline desc, id desc);
create index usage_records_deadline on usage_records (deadline desc, id desc);
create index usage_records_period on usage_records (marketplace, product_code, period_from);
create index usage_records_call on usage_records (call_id);
create index usage_records_instance on usage_records (instance_id, period_from desc, id desc);

-- The arrows of server/settlement/push-states.ts once more, for whoever writes past it; numbers are fixed once sealed.
create function guard_usage_record() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'usage record % is never deleted', old.id;
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'OPEN' then raise exception 'usage record % must begin OPEN', new.id; end if;
    return new;
  end if;
  if old.state <> new.state and (old.state, new.state) not in (
    ('OPEN', 'SEALED'), ('OPEN', 'CARRIED'),
    ('SEALED', 'SENDING'), ('SEALED', 'EXPIRED'),
    ('SENDING', 'ACCEPTED'), ('SENDING', 'DUPLICATE'), ('SENDING', 'REJECTED'), ('SENDING', 'SEALED'), ('SENDING', 'UNKNOWN'),
    ('UNKNOWN', 'ACCEPTED'), ('UNKNOWN', 'DUPLICATE'), ('UNKNOWN', 'REJECTED'), ('UNKNOWN', 'SEALED')
  ) then
    raise exception 'usage record % cannot go from % to %', new.id, old.state, new.state;
  end if;
  if old.state <> 'OPEN' and (old.measured, old.carried_in, old.unit, old.units, old.carried_out, old.period_from, old.period_until, old.instance_id, old.dimension, old.item)
    is distinct from (new.measured, new.carried_in, new.unit, new.units, new.carried_out, new.period_from, new.period_until, new.instance_id, new.dimension, new.item) then
    raise exception 'usage record % is sealed', new.id;
  end if;
  return new;
end $$;
create trigger guard_usage_record before insert or update or delete on usage_records
  for each row execute function guard_usage_record();

-- What each record is made of: an hour of a workspace's meter, or a bill. A source read again adds only what it has more or less than before.
create table usage_contributions (
  record_id text not null references usage_records,
  source text not null,
  instance_id text not null,
  dimension text not null,
  item text not null,
  quantity numeric not null,
  updated_at timestamptz not null,
  primary key (record_id, source)
);
create index usage_contributions_source on usage_contributions (instance_id, dimension, item, source);

-- What does not fill a unit yet, in the measured unit. Locked by whoever contributes or seals.
create table usage_carries (
  instance_id text not null references marketplace_instances,
  dimension text not null,
  item text not null,
  carried numeric not null default 0,
  updated_at timestamptz not null,
  primary key (instance_id, dimension, item)
);

-- When each instance last had its turn at the marketplace's door. Locked by whoever takes the next.
create table push_turns (
  instance_id text primary key references marketplace_instances,
  last_call_at timestamptz
);

-- Every call, written before it is made; the answer after.
create table push_calls (
  id text primary key,
  marketplace text not null,
  product_code text not null,
  started_at timestamptz not null,
  -- When its answer came, or its sender was found dead; null while it runs.
  finished_at timestamptz,
  -- What was sent, as given to the connector.
  request jsonb not null
);
create index push_calls_running on push_calls (started_at) where finished_at is null;

-- Which records a call held and what was said about each; null until the answer, and for ever when there was none.
create table push_call_records (
  call_id text not null references push_calls,
  record_id text not null references usage_records,
  verdict text check (verdict in ('accepted', 'duplicate', 'rejected', 'retry', 'unknown')),
  code text,
  message text,
  receipt text,
  primary key (call_id, record_id)
);
create index push_call_records_record on push_call_records (record_id);

-- What a marketplace says it counted and billed, per instance, dimension and its day: read from it, or imported from a file.
create table statement_lines (
  marketplace text not null,
  product_code text not null,
  instance_ref text not null,
  dimension text not null,
  item text not null,
  -- Of the marketplace, such as 2026-03-10.
  day text not null,
  accepted numeric not null check (accepted >= 0),
  billed numeric not null check (billed >= 0),
  amount numeric not null,
  currency text not null,
  source text not null check (source in ('marketplace', 'import')),
  read_at timestamptz not null,
  primary key (marketplace, product_code, instance_ref, dimension, item, day)
);

-- One comparison of a product's day: what we pushed, what was accepted, what the statement says. The latest run holds.
create table reconciliations (
  marketplace text not null,
  product_code text not null,
  -- Of the marketplace, such as 2026-03-10.
  day text not null,
  ran_at timestamptz not null,
  -- False while no statement could be read: then only what is ours was looked at.
  stated boolean not null,
  pushed numeric not null,
  accepted numeric not null,
  billed numeric,
  differences integer not null,
  primary key (marketplace, product_code, day)
);

-- Each difference by name, until it is gone or an operator has settled it.
create table settlement_differences (
  id text primary key,
  marketplace text not null,
  product_code text not null,
  instance_ref text not null,
  dimension text not null,
  item text not null,
  -- Of the marketplace, such as 2026-03-10.
  day text not null,
  kind text not null,
  ours numeric not null,
  theirs numeric not null,
  record_id text references usage_records,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- When a later run no longer found it.
  gone_at timestamptz,
  unique nulls not distinct (marketplace, product_code, instance_ref, dimension, item, day, kind, record_id)
);
create index settlement_differences_seen on settlement_differences (first_seen_at desc, id desc);

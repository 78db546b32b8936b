-- Usage in, each event once for ever; totals by hour and by day of the site.

-- Numbers stand in for long texts in rows of which there are many.
create table usage_workspaces (
  number integer generated always as identity primary key,
  workspace_id text not null unique references workspaces,
  site text not null
);
create table usage_sources (
  number integer generated always as identity primary key,
  -- Whose ids these are: a workspace, or `vendor` for keys that report for all workspaces.
  scope text not null,
  source text not null,
  unique (scope, source)
);
create table usage_meters (
  number smallint generated always as identity primary key,
  code text not null unique,
  aggregation text not null check (aggregation in ('sum', 'distinct', 'max'))
);

-- One row per accepted event, never changed and never counted twice: the key is a digest of scope, source and id.
create table usage_events (
  key uuid primary key,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  workspace integer not null,
  -- The site's day the event belongs to.
  day date not null,
  source integer not null,
  meter smallint not null,
  -- Days of retention in force when the usage was written; 0 for meters with one price.
  retention smallint not null,
  quantity numeric not null check (quantity >= 0),
  event_id text not null,
  -- What is counted, for distinct meters; empty for all others.
  item text not null
) with (fillfactor = 100);
-- How a bill's line opens to its events; also how a corrected day is counted again.
create index usage_events_day on usage_events (workspace, day, meter) with (fillfactor = 70);

-- Corrections: the event `target` no longer counts. A replacement is an event of its own that counts instead.
create table usage_corrections (
  target uuid primary key references usage_events,
  -- The correcting event's own identity.
  key uuid not null unique,
  kind text not null check (kind in ('void', 'replace')),
  source integer not null,
  event_id text not null,
  received_at timestamptz not null
);

-- What committed events still have to add to the totals: one row per group commit, deleted in the commit that adds them.
-- The columns are read side by side, one change per place: what was used together, in arrays because there are many.
create table usage_unfolded (
  batch bigint generated always as identity primary key,
  workspaces integer[] not null,
  days date[] not null,
  -- Hours since 1970.
  hours integer[] not null,
  meters smallint[] not null,
  retentions smallint[] not null,
  -- Sum and maximum of the quantities; sums are below 0 where a correction takes an event out.
  added numeric[] not null,
  most numeric[] not null,
  events integer[] not null,
  -- What is counted, as a digest; null for meters that count no items.
  items uuid[] not null
);

-- The last group commit whose changes are in the totals.
create table usage_fold (
  only_row boolean primary key default true check (only_row),
  last_batch bigint not null
);
insert into usage_fold (last_batch) values (0);

-- Totals: what a workspace used by day of its site, and by hour (UTC) of that day.
-- Once a day is closed, its quantity then is kept in `closed_quantity` as soon as later usage changes it; null: nothing changed it.
create table usage_days (
  workspace integer not null references usage_workspaces,
  day date not null,
  meter smallint not null references usage_meters,
  retention smallint not null,
  quantity numeric not null,
  closed_quantity numeric,
  events bigint not null,
  primary key (workspace, day, meter, retention)
) with (fillfactor = 70);
create table usage_hours (
  workspace integer not null references usage_workspaces,
  day date not null,
  meter smallint not null references usage_meters,
  retention smallint not null,
  hour timestamptz not null,
  quantity numeric not null,
  events bigint not null,
  primary key (workspace, day, meter, retention, hour)
) with (fillfactor = 70);

-- Different things seen in a day, exactly, up to a stated number; each stands in the hour it was first counted.
create table usage_items (
  workspace integer not null,
  day date not null,
  meter smallint not null,
  retention smallint not null,
  item uuid not null,
  hour timestamptz not null,
  primary key (workspace, day, meter, retention, item)
);

-- Days that bills have closed; usage that arrives for one later is marked late.
create table closed_days (
  site text not null,
  day date not null,
  closed_at timestamptz not null,
  -- Up to where usage was counted, in words: the last group commit that was in.
  cut text not null,
  primary key (site, day)
);
create table usage_late_days (
  workspace integer not null references usage_workspaces,
  day date not null,
  marked_at timestamptz not null,
  primary key (workspace, day)
);

-- Keys that may send usage, kept as a digest of their token.
create table api_keys (
  id text primary key,
  -- Null: a key of the vendor, who reports for all workspaces.
  workspace_id text references workspaces,
  name text not null,
  scopes text[] not null default '{usage:write}',
  token_hash text not null unique,
  begins_with text not null,
  -- Chosen by the caller once per intent; making a key again with it answers with this row and its token.
  request_key text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz
);
create unique index api_keys_request on api_keys (coalesce(workspace_id, ''), request_key);
create index api_keys_workspace on api_keys (workspace_id, created_at desc, id desc);

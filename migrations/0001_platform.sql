-- What every room shares: what happened, who changed what, mail to send, limits, the clock.

-- One row for each thing that happened. `about` holds ids ({"workspaceId": "wksp_…"}), `detail` the rest, never a secret.
create table events (
  id text primary key,
  kind text not null,
  about jsonb not null default '{}',
  detail jsonb not null default '{}',
  at timestamptz not null
);
create index events_about on events using gin (about jsonb_path_ops);
create index events_at on events (at desc, id);

-- One row for each change, written in the change's own transaction: who, what, to which thing.
create table audit_entries (
  id text primary key,
  event_id text not null references events,
  actor_kind text not null,
  actor_id text,
  request_id text,
  ip text,
  at timestamptz not null
);
create index audit_entries_actor on audit_entries (actor_id, at desc);
create index audit_entries_event on audit_entries (event_id);

-- Mail waiting or sent. Parameters never hold a secret: a code's digits are derived again when the mail is written.
create table mails (
  id text primary key,
  template text not null,
  -- Null: a code asked for an address that names nobody; nothing is sent.
  recipient text,
  language text not null,
  params jsonb not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  -- Why the recipient's server will never take it, in its words; null while it may.
  refusal text
);
create index mails_recipient on mails (recipient, created_at desc);

-- Fixed-window counters, e.g. sign-in attempts per address.
create table rate_limits (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);
create index rate_limits_window on rate_limits (window_start);

-- In sandbox mode the clock can be moved ahead; production refuses to start when this is not zero.
create table clock_offset (
  only_row boolean primary key default true check (only_row),
  milliseconds bigint not null default 0
);
insert into clock_offset default values;

-- How others speak: what marketplaces told us, as it came, and what we understood.

-- Every notification as it arrived (token redacted) and what we answered.
create table marketplace_notifications (
  id text primary key,
  marketplace text not null,
  action text not null,
  params jsonb not null,
  -- Identity of the notification at the marketplace; null where it has none (expiredInstance).
  dedupe_key text,
  instance_ref text,
  verdict text not null check (verdict in ('applied', 'duplicate', 'stale', 'unknown_instance', 'unknown_action', 'rejected', 'malformed')),
  answer jsonb not null,
  received_at timestamptz not null
);
create index marketplace_notifications_instance on marketplace_notifications (marketplace, instance_ref, received_at desc);
create index marketplace_notifications_rejected on marketplace_notifications (received_at) where verdict = 'rejected';
create unique index marketplace_notifications_applied on marketplace_notifications (marketplace, dedupe_key) where verdict = 'applied' and dedupe_key is not null;

-- One purchased product at a marketplace.
create table marketplace_instances (
  id text primary key,
  marketplace text not null,
  instance_ref text not null,
  order_ref text not null,
  cloud_account_id text not null references cloud_accounts,
  product_code text not null,
  sku text not null,
  items jsonb not null default '{}',
  trial boolean not null default false,
  status text not null default 'active' check (status in ('active', 'suspended', 'released')),
  expires_on timestamptz,
  purchased_at timestamptz not null,
  status_changed_at timestamptz not null,
  -- When the marketplace itself last confirmed the status, if it was asked.
  confirmed_at timestamptz,
  -- Counts the changes made to this row, so that an answer asked for before a change is not taken for one about after it.
  revision integer not null default 0,
  unique (marketplace, instance_ref)
);
create index marketplace_instances_account on marketplace_instances (cloud_account_id);

-- Direct Logins used: the one-time cache. The same link continues only in the browser that used it.
create table handoffs (
  fingerprint text primary key,
  marketplace text not null,
  instance_id text not null references marketplace_instances,
  browser_id text not null,
  used_at timestamptz not null
);
create index handoffs_used on handoffs (used_at);

-- Who pays: the company behind a Billing Center account, and the cloud accounts it holds.

create table companies (
  billing_account_id text primary key references billing_accounts,
  name text not null,
  industry text,
  region text,
  introduction text,
  contact_name text,
  updated_at timestamptz not null
);

-- A buyer's account at a cloud provider; held by at most one Billing Center account.
create table cloud_accounts (
  id text primary key,
  marketplace text not null,
  account_ref text not null,
  billing_account_id text references billing_accounts,
  bound_at timestamptz,
  created_at timestamptz not null,
  unique (marketplace, account_ref),
  check ((billing_account_id is null) = (bound_at is null))
);
create index cloud_accounts_billing on cloud_accounts (billing_account_id);

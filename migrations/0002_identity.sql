-- Who is asking: two separate realms, their sessions and the codes that prove an address.

-- A person who works in workspaces. E-mail and username are unique per site.
create table console_accounts (
  id text primary key,
  site text not null,
  username text not null,
  email text not null,
  password_hash text not null,
  phone text,
  language text not null,
  created_at timestamptz not null
);
create unique index console_accounts_email on console_accounts (site, lower(email));
create unique index console_accounts_username on console_accounts (site, lower(username));

-- Who pays. Username unique everywhere; independent of console accounts.
create table billing_accounts (
  id text primary key,
  username text not null,
  email text not null,
  password_hash text not null,
  phone text,
  language text not null,
  currency text not null,
  created_at timestamptz not null
);
create unique index billing_accounts_username on billing_accounts (lower(username));
create index billing_accounts_email on billing_accounts (lower(email));

-- Signed-in browsers. The cookie's token is kept only as a hash.
create table sessions (
  id text primary key,
  token_hash text not null unique,
  realm text not null check (realm in ('console', 'billing', 'operator')),
  account_id text not null,
  site text,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  ip text,
  user_agent text
);
create index sessions_account on sessions (account_id) where ended_at is null;

-- Six-digit codes, bound to purpose + address + scope (an activation, a site). Only a keyed hash of the digits is kept.
create table verification_codes (
  id text primary key,
  purpose text not null,
  address text not null,
  scope text not null,
  code_hash text not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index verification_codes_latest on verification_codes (purpose, address, scope, created_at desc);
create index verification_codes_address on verification_codes (address, created_at desc);

-- Which version of the terms was accepted by whom and when.
create table terms_acceptances (
  account_id text not null,
  version text not null,
  accepted_at timestamptz not null,
  ip text,
  primary key (account_id, version)
);

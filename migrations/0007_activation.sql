-- The buyer's way from a hand-off to Bound.

create table activations (
  id text primary key,
  source text not null check (source in ('hand-off', 'website')),
  -- One activation per purchased instance; a website registration names its instance only in its last step.
  instance_id text unique references marketplace_instances,
  path text check (path in ('new', 'existing')),
  site text not null,
  language text not null,
  -- Basic information until the accounts are made; the password only as its argon2id hash.
  draft jsonb,
  billing_account_id text references billing_accounts,
  console_account_id text references console_accounts,
  -- The workspace made by the activation method step.
  workspace_id text references workspaces,
  state text not null default 'open' check (state in ('open', 'done')),
  created_at timestamptz not null,
  done_at timestamptz,
  check ((state = 'done') = (done_at is not null)),
  check ((source = 'hand-off') = (instance_id is not null))
);
create index activations_billing on activations (billing_account_id, created_at desc);

-- Browsers that hold an activation (cookie kept as a hash) and what each has proven. A browser moves on to the
-- activation it last opened; what it has proven of a person stays with it.
create table activation_browsers (
  id text primary key,
  token_hash text not null unique,
  activation_id text not null references activations,
  -- Who was proven here by code, registration or password: `email:…` of a draft, or `account:…` once it exists.
  proven_subject text,
  -- The console account registered or proven in this browser, which Confirm signs in.
  console_account_id text references console_accounts,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index activation_browsers_activation on activation_browsers (activation_id);

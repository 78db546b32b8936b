-- Where work happens. A workspace never leaves its site.
create table workspaces (
  id text primary key,
  site text not null,
  name text not null,
  language text not null,
  plan text not null default 'free' check (plan in ('free', 'commercial')),
  standing text not null default 'active' check (standing in ('active', 'countdown', 'locked', 'dissolved')),
  countdown_ends_at timestamptz,
  countdown_reason text check (countdown_reason in ('instance_suspended', 'instance_released', 'arrears')),
  -- Chosen by the caller once per intent; creating again with the same key answers with this row.
  request_key text unique,
  created_by text not null references console_accounts,
  created_at timestamptz not null,
  check ((standing = 'countdown') = (countdown_ends_at is not null and countdown_reason is not null))
);

create table workspace_members (
  workspace_id text not null references workspaces,
  console_account_id text not null references console_accounts,
  role text not null check (role in ('owner', 'member')),
  joined_at timestamptz not null,
  primary key (workspace_id, console_account_id)
);
create index workspace_members_account on workspace_members (console_account_id);
-- Exactly one owner.
create unique index workspace_members_owner on workspace_members (workspace_id) where role = 'owner';

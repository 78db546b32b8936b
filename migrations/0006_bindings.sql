-- Who pays each workspace.

-- Workspace ↔ Billing Center account, and what pays: an instance, or (null) the account's balance.
create table bindings (
  workspace_id text primary key references workspaces,
  billing_account_id text not null references billing_accounts,
  instance_id text references marketplace_instances,
  bound_at timestamptz not null,
  settlement_since timestamptz not null
);
create index bindings_billing on bindings (billing_account_id, bound_at desc);
create index bindings_instance on bindings (instance_id);

-- Every change of what pays a workspace; counted for the once-a-month rule.
create table settlement_changes (
  id bigint generated always as identity primary key,
  workspace_id text not null references workspaces,
  from_instance_id text references marketplace_instances,
  to_instance_id text references marketplace_instances,
  first_binding boolean not null,
  changed_at timestamptz not null
);
create index settlement_changes_workspace on settlement_changes (workspace_id, changed_at desc);

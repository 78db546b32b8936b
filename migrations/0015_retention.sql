-- How many days a workspace keeps each kind of data, from when on: decides the price of usage written then, unless an event says otherwise.
-- The row with the latest `from_at` that is not ahead is in force; without one, the usual days are.
create table retention_choices (
  workspace_id text not null references workspaces,
  policy text not null check (policy in ('metrics', 'logs', 'traces', 'page_views')),
  days integer not null check (days > 0),
  from_at timestamptz not null,
  chosen_at timestamptz not null,
  primary key (workspace_id, policy, from_at)
);

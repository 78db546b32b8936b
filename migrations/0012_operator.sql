-- Who works at the operator desk. A realm of its own, made from the command line; nobody registers here.
create table operators (
  id text primary key,
  username text not null,
  name text not null,
  password_hash text not null,
  -- Set when the operator may no longer come in; the row stays, since the audit names it.
  disabled_at timestamptz,
  created_at timestamptz not null
);
create unique index operators_username on operators (lower(username));

-- Several things happen at one instant; this keeps the order in which they were written down.
alter table audit_entries add column position bigint generated always as identity;
create unique index audit_entries_position on audit_entries (position);

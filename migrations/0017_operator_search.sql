-- How operators find records among many: by any part of a name, an e-mail or a marketplace's id, the latest first.

-- The latest first: a text that many have is answered from here.
create index billing_accounts_latest on billing_accounts (created_at desc, id desc);
create index console_accounts_latest on console_accounts (created_at desc, id desc);
create index workspaces_latest on workspaces (created_at desc, id desc);
create index cloud_accounts_latest on cloud_accounts (created_at desc, id desc);
create index marketplace_instances_latest on marketplace_instances (purchased_at desc, id desc);
create index activations_latest on activations (created_at desc, id desc);

-- Parts of words: a text that few have is answered from here. The extension comes with Postgres and may be created by the owner of a
-- database, but not everywhere is it there or allowed. Without it the same is found, by reading the tables whole; whoever allows it
-- later creates the extension and runs the statements below once.
do $$
begin
  create extension if not exists pg_trgm;
  create index billing_accounts_parts on billing_accounts using gin (username gin_trgm_ops, email gin_trgm_ops);
  create index companies_parts on companies using gin (name gin_trgm_ops);
  create index console_accounts_parts on console_accounts using gin (username gin_trgm_ops, email gin_trgm_ops);
  create index workspaces_parts on workspaces using gin (name gin_trgm_ops);
  create index cloud_accounts_parts on cloud_accounts using gin (account_ref gin_trgm_ops);
  create index marketplace_instances_parts on marketplace_instances using gin (instance_ref gin_trgm_ops, order_ref gin_trgm_ops);
  create index activations_parts on activations using gin ((draft ->> 'username') gin_trgm_ops, (draft ->> 'email') gin_trgm_ops);
exception
  when feature_not_supported or undefined_file or insufficient_privilege or undefined_object or invalid_schema_name then
    raise notice 'The desk searches without indexes of parts of words: %', sqlerrm;
end $$;

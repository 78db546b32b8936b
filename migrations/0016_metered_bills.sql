-- Money of products reported by meter: what each report stands for in a bill, and what became of it.

-- What a bill leaves to an instance, divided over reports when the bill was issued, and settled once when all of them had ended.
create table metered_bills (
  bill_id text not null,
  instance_id text not null,
  -- As in bill_cloud_amounts; below zero where refunds outweigh.
  amount numeric not null,
  -- What is charged for usage no report of this instance tells of.
  unreported numeric not null check (unreported >= 0),
  taken_up_at timestamptz not null,
  settled_at timestamptz,
  -- What the marketplace owes us, what was waived because it is never told, and what it refused or was told too late.
  collected numeric,
  waived numeric check (waived >= 0),
  uncollected numeric check (uncollected >= 0),
  primary key (bill_id, instance_id),
  foreign key (bill_id, instance_id) references bill_cloud_amounts,
  check (num_nulls(settled_at, collected, waived, uncollected) in (0, 4)),
  -- Nothing is lost, to the cent.
  check (collected + waived + uncollected = amount)
);
create index metered_bills_waiting on metered_bills (taken_up_at, bill_id, instance_id) where settled_at is null;

create table metered_bill_parts (
  bill_id text not null,
  instance_id text not null,
  record_id text not null references usage_records,
  -- What the bill charges for the usage it holds.
  amount numeric not null check (amount > 0),
  -- How much of it was not collected; null until the bill is settled.
  uncollected numeric check (uncollected >= 0 and uncollected <= amount),
  primary key (bill_id, instance_id, record_id),
  foreign key (bill_id, instance_id) references metered_bills
);
create index metered_bill_parts_record on metered_bill_parts (record_id);

-- Settled once: what a bill came to never changes.
create function guard_metered_bill() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'metered bill % is never deleted', old.bill_id;
  end if;
  if old.settled_at is not null or (old.amount, old.unreported) is distinct from (new.amount, new.unreported) then
    raise exception 'metered bill % of % is settled', old.bill_id, old.instance_id;
  end if;
  return new;
end $$;
create trigger guard_metered_bill before update or delete on metered_bills
  for each row execute function guard_metered_bill();

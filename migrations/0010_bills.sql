-- Money: the ledger, what it holds, and bills.

-- One thing that happened to money. Its postings sum to zero; neither is ever changed.
create table ledger_transactions (
  id text primary key,
  -- In the order they were posted.
  number bigint generated always as identity,
  -- Unique per thing that happened, such as top_up/topu_…: nothing is posted twice.
  reference text not null unique,
  kind text not null,
  -- Whose money moved.
  owner text not null references billing_accounts,
  currency text not null,
  posted_at timestamptz not null
);
create index ledger_transactions_owner on ledger_transactions (owner, posted_at desc, number desc);

-- What each account holds. Our own accounts are kept apart by whose money came and went, so that payers never wait for each other.
create table ledger_accounts (
  owner text not null references billing_accounts,
  -- cash/bact_…, prepaid_card/bact_…/card_…, usage_revenue: unique with its owner and currency.
  name text not null,
  currency text not null,
  kind text not null check (kind in (
    'ordinary_voucher', 'full_reduction_voucher', 'prepaid_card', 'cash', 'debt', 'cloud_receivable',
    'received', 'marketplace_clearing', 'promotion', 'expired_cards', 'usage_revenue', 'waived')),
  -- The voucher, card or instance it is about; null for all others.
  about text,
  balance numeric not null,
  primary key (owner, name, currency),
  -- Debt is owed to us, and so are cloud receivables, which a refund may turn into a credit.
  check (kind <> 'debt' or balance <= 0),
  check (kind not in ('ordinary_voucher', 'full_reduction_voucher', 'prepaid_card', 'cash') or balance >= 0)
) with (fillfactor = 70);

create table ledger_postings (
  transaction_id text not null references ledger_transactions,
  owner text not null,
  account text not null,
  currency text not null,
  -- Above zero: the account holds more.
  amount numeric not null check (amount <> 0),
  primary key (transaction_id, account),
  foreign key (owner, account, currency) references ledger_accounts
);
create index ledger_postings_account on ledger_postings (owner, account, currency);

create trigger ledger_transactions_stay before update or delete on ledger_transactions
  for each row execute function refuse_change();
create trigger ledger_postings_stay before update or delete on ledger_postings
  for each row execute function refuse_change();

-- At commit, every transaction that got a posting sums to zero, in its own currency and of its own owner.
create function ledger_transaction_balances() returns trigger language plpgsql as $$
declare
  found_sum numeric;
  strangers bigint;
begin
  select sum(p.amount), count(*) filter (where p.currency <> t.currency or p.owner <> t.owner)
    into found_sum, strangers
    from ledger_postings p join ledger_transactions t on t.id = p.transaction_id
    where p.transaction_id = new.transaction_id;
  if found_sum <> 0 or strangers > 0 then
    raise exception 'ledger transaction % sums to %, with % postings of another currency or owner',
      new.transaction_id, found_sum, strangers using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create constraint trigger ledger_postings_balance after insert on ledger_postings
  deferrable initially deferred for each row execute function ledger_transaction_balances();

-- Vouchers and prepaid cards; what is left of each is in the ledger.
create table vouchers (
  id text primary key,
  billing_account_id text not null references billing_accounts,
  kind text not null check (kind in ('ordinary_voucher', 'full_reduction_voucher')),
  currency text not null,
  amount numeric not null check (amount > 0),
  note text not null,
  -- Chosen by the caller once per intent; granting again with the same key answers with this row.
  request_key text not null,
  granted_at timestamptz not null,
  -- Nothing is taken from it at this instant or later.
  expires_at timestamptz not null check (expires_at > granted_at),
  unique (billing_account_id, request_key)
);
create index vouchers_account on vouchers (billing_account_id, granted_at desc, id desc);
create index vouchers_expiry on vouchers (expires_at);

create table prepaid_cards (
  id text primary key,
  billing_account_id text not null references billing_accounts,
  currency text not null,
  amount numeric not null check (amount > 0),
  note text not null,
  request_key text not null,
  sold_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > sold_at),
  unique (billing_account_id, request_key)
);
create index prepaid_cards_account on prepaid_cards (billing_account_id, sold_at desc, id desc);
create index prepaid_cards_expiry on prepaid_cards (expires_at);

-- Money on its way in: by bank transfer, written down by an operator, or through a payment provider.
create table top_ups (
  id text primary key,
  billing_account_id text not null references billing_accounts,
  currency text not null,
  amount numeric not null check (amount > 0),
  -- `bank_transfer`, or the code of a payment provider.
  provider text not null,
  state text not null check (state in ('started', 'credited', 'failed')),
  -- What the provider, or the bank, calls it.
  provider_ref text,
  note text not null,
  request_key text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'started') = (ended_at is null)),
  unique (billing_account_id, request_key)
);
create index top_ups_account on top_ups (billing_account_id, started_at desc, id desc);

-- Whether a workspace's logs are charged by entry (`logs`, where nothing is said) or by volume, from a day on.
create table billing_terms (
  workspace_id text not null references workspaces,
  from_day text not null check (from_day ~ '^\d{4}-\d{2}-\d{2}$'),
  logs_by text not null check (logs_by in ('logs', 'log_ingest')),
  primary key (workspace_id, from_day)
);

-- Days of sites, each closed once, in their order.
create table bill_days (
  site text not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  -- `gathering`: payers are being listed; `closing`: bills are being made; `closed`: every payer has an answer.
  state text not null check (state in ('gathering', 'closing', 'closed')),
  -- Up to where usage was counted, as metering names it.
  usage_cut text not null,
  started_at timestamptz not null,
  closed_at timestamptz,
  primary key (site, day),
  check ((state = 'closed') = (closed_at is not null))
);

-- One daily bill per payer, site and day; never changed.
create table daily_bills (
  id text primary key,
  -- In the order they were issued.
  number bigint generated always as identity,
  billing_account_id text not null references billing_accounts,
  site text not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  currency text not null,
  total numeric not null,
  line_count integer not null check (line_count > 0),
  usage_cut text not null,
  -- SHA-256 of the bill as canonical text.
  hash text not null,
  -- Late days as they were known when the bill was made, so that it can be computed again; null where there were none.
  late json,
  -- Usage without a price that an operator left out of a parked bill; null where there was none.
  left_out json,
  -- What vouchers, cards, cash, debt and clouds paid, net of what went back: amounts by kind of money.
  paid_by json not null,
  issued_at timestamptz not null,
  unique (billing_account_id, site, day)
);
create index daily_bills_account on daily_bills (billing_account_id, day desc, id desc);
create index daily_bills_day on daily_bills (site, day, billing_account_id);

create table bill_lines (
  bill_id text not null references daily_bills,
  -- From 1, in the order of the bill.
  position integer not null,
  -- Not checked against workspaces line by line: a line comes from a binding, and no workspace is ever deleted.
  workspace_id text not null,
  meter text not null,
  retention_days integer,
  kind text not null check (kind in ('usage', 'adjustment')),
  -- The day the usage belongs to: the bill's own, or the earlier one an adjustment sets right.
  usage_day text not null,
  quantity numeric not null,
  amount numeric not null,
  -- The whole line, as it stands in the bill's text.
  line json not null,
  -- What paid it (amounts of 0 or more), or where the money of a line below zero went back to; in that order.
  parts json not null,
  primary key (bill_id, position)
);
create index bill_lines_usage_day on bill_lines (workspace_id, usage_day);

-- What each bill leaves to a cloud, by instance, net of what went back to it: what is reported where a product is reported by amount.
create table bill_cloud_amounts (
  bill_id text not null references daily_bills,
  instance_id text not null references marketplace_instances,
  amount numeric not null,
  primary key (bill_id, instance_id)
);
create index bill_cloud_amounts_instance on bill_cloud_amounts (instance_id);

create trigger daily_bills_stay before update or delete on daily_bills
  for each row execute function refuse_change();
create trigger bill_lines_stay before update or delete on bill_lines
  for each row execute function refuse_change();
create trigger bill_cloud_amounts_stay before update or delete on bill_cloud_amounts
  for each row execute function refuse_change();

-- What became of a payer's day: a bill, nothing to bill, or parked with the reasons until a person has cleared it.
create table payer_days (
  site text not null,
  day text not null,
  billing_account_id text not null references billing_accounts,
  state text not null check (state in ('open', 'issued', 'nothing', 'parked')),
  reasons json,
  bill_id text references daily_bills,
  changed_at timestamptz not null,
  primary key (site, day, billing_account_id),
  foreign key (site, day) references bill_days,
  check ((state = 'issued') = (bill_id is not null)),
  check ((state = 'parked') = (reasons is not null))
) with (fillfactor = 70);
create index payer_days_unanswered on payer_days (site, day, billing_account_id) where state in ('open', 'parked');
create index payer_days_account on payer_days (billing_account_id, site, day);

-- One monthly bill per payer, site and month: the sum of its daily bills.
create table monthly_bills (
  id text primary key,
  billing_account_id text not null references billing_accounts,
  site text not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  currency text not null,
  total numeric not null,
  hash text not null,
  -- The bill as canonical text.
  bill json not null,
  issued_at timestamptz not null,
  unique (billing_account_id, site, month)
);
create index monthly_bills_account on monthly_bills (billing_account_id, month desc, id desc);
create trigger monthly_bills_stay before update or delete on monthly_bills
  for each row execute function refuse_change();

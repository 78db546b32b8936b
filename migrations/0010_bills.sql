-- Money: the ledger, what it holds, and bills.

-- One thing that happened to money. Its postings sum to zero; neither is ever changed.
create table ledger_transactions (
  id text primary key,
  -- Unique per thing that happened, such as top_up/topu_…: nothing is posted twice.
  reference text not null unique,
  kind text not null,
  -- Whose money moved.
  owner text not null references billing_accounts,
  currency text not null,
  posted_at timestamptz not null
);
create index ledger_transactions_owner on ledger_transactions (owner, posted_at desc, id desc);

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

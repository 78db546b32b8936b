import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { BillingAccountId, Id } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { Database } from '../database.ts'
import { ledgerAccountName, type LedgerAccount, type LedgerTransaction, type Posting } from './ledger.ts'

type Db = Kysely<Database>

/** Locks a payer's money until the caller's commit, so that two who plan with it take turns. */
export async function lockMoney(db: Db, owner: BillingAccountId): Promise<void> {
  await db.selectFrom('billing_accounts').select('id').where('id', '=', owner).forNoKeyUpdate().execute()
}

/** Writes the head of a transaction; false when its reference is taken. */
export async function insertTransaction(
  db: Db,
  row: {
    id: Id<'ledgerTransaction'>
    transaction: Omit<LedgerTransaction, 'postings'>
    owner: BillingAccountId
    at: Date
  },
): Promise<boolean> {
  const { kind, reference, currency } = row.transaction
  const inserted = await db
    .insertInto('ledger_transactions')
    .values({ id: row.id, reference, kind, owner: row.owner, currency, posted_at: row.at })
    .onConflict((conflict) => conflict.column('reference').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Changes what accounts hold and writes the postings that say so. One account appears once. */
export async function insertPostings(
  db: Db,
  of: { id: Id<'ledgerTransaction'>; owner: BillingAccountId; currency: Currency; postings: readonly Posting[] },
): Promise<void> {
  const names = of.postings.map(({ account }) => ledgerAccountName(account))
  const amounts = of.postings.map(({ amount }) => amount)
  const { rows } = await sql<{ name: string }>`
    update ledger_accounts set balance = balance + change.amount
    from unnest(${names}::text[], ${amounts}::numeric[]) as change(name, amount)
    where ledger_accounts.owner = ${of.owner} and ledger_accounts.currency = ${of.currency}
      and ledger_accounts.name = change.name
    returning ledger_accounts.name`.execute(db)
  const known = new Set(rows.map(({ name }) => name))
  const fresh = of.postings.filter((_, index) => !known.has(names[index] ?? ''))
  if (fresh.length > 0) {
    await db
      .insertInto('ledger_accounts')
      .values(
        fresh.map(({ account, amount }) => ({
          owner: of.owner,
          name: ledgerAccountName(account),
          currency: of.currency,
          kind: account.kind,
          about: aboutOf(account),
          balance: amount,
        })),
      )
      .execute()
  }
  await sql`
    insert into ledger_postings (transaction_id, owner, account, currency, amount)
    select ${of.id}, ${of.owner}, change.name, ${of.currency}, change.amount
    from unnest(${names}::text[], ${amounts}::numeric[]) as change(name, amount)`.execute(db)
}

function aboutOf(account: LedgerAccount): string | null {
  if ('id' in account) return account.id
  return 'instanceId' in account ? account.instanceId : null
}

/** The postings that stand under a reference, by account name. */
export async function selectPostings(db: Db, reference: string) {
  return db
    .selectFrom('ledger_transactions')
    .innerJoin('ledger_postings', 'ledger_postings.transaction_id', 'ledger_transactions.id')
    .select(['ledger_transactions.owner', 'ledger_transactions.currency', 'account', 'amount'])
    .where('reference', '=', reference)
    .execute()
}

/** What all accounts of a payer hold, our own counterparts left out. */
export async function selectHoldings(db: Db, owner: BillingAccountId) {
  return db
    .selectFrom('ledger_accounts')
    .select(['name', 'kind', 'about', 'currency', 'balance'])
    .where('owner', '=', owner)
    .where('kind', 'in', [
      'ordinary_voucher',
      'full_reduction_voucher',
      'prepaid_card',
      'cash',
      'debt',
      'cloud_receivable',
    ])
    .orderBy('name')
    .execute()
}

/** Transactions whose postings do not sum to zero, and accounts whose balance is not the sum of their postings; 100 at most. */
export async function selectLedgerFaults(db: Db) {
  const transactions = await sql<{ what: string; found: string }>`
    select t.reference as what, coalesce(sum(p.amount), 0)::text as found
    from ledger_transactions t left join ledger_postings p on p.transaction_id = t.id
    group by t.id, t.reference having coalesce(sum(p.amount), 1) <> 0 limit 50`.execute(db)
  const accounts = await sql<{ what: string; found: string }>`
    select a.owner || ' ' || a.name || ' ' || a.currency as what, (a.balance - coalesce(sum(p.amount), 0))::text as found
    from ledger_accounts a left join ledger_postings p
      on p.owner = a.owner and p.account = a.name and p.currency = a.currency
    group by a.owner, a.name, a.currency, a.balance having a.balance <> coalesce(sum(p.amount), 0) limit 50`.execute(db)
  return { transactions: transactions.rows, accounts: accounts.rows }
}

/** Each currency's sum over all accounts, and how many transactions there are. */
export async function selectLedgerSums(db: Db) {
  const { rows } = await sql<{ currency: Currency; sum: string }>`
    select currency, sum(balance)::text as sum from ledger_accounts group by currency order by currency`.execute(db)
  const { count } = await db
    .selectFrom('ledger_transactions')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { sums: rows, transactions: count }
}

/** Locks the money of payers in the order of their ids, so that two who lock several never wait for each other in a ring. */
export async function lockMoneyOf(db: Db, owners: readonly BillingAccountId[]): Promise<void> {
  await db
    .selectFrom('billing_accounts')
    .select('id')
    .where('id', 'in', [...owners])
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
}

/** Writes transactions whose references are new, at most one of each owner, with what their accounts hold afterwards. */
export async function insertNewTransactions(
  db: Db,
  transactions: readonly { id: Id<'ledgerTransaction'>; transaction: LedgerTransaction }[],
  at: Date,
): Promise<void> {
  if (transactions.length === 0) return
  const heads = transactions.map(({ id, transaction: { kind, reference, owner, currency } }) => ({
    id,
    kind,
    reference,
    owner,
    currency,
  }))
  const postings = transactions.flatMap(({ id, transaction: { owner, currency, postings: list } }) =>
    list.map(({ account, amount }) => ({
      id,
      owner,
      currency,
      name: ledgerAccountName(account),
      kind: account.kind,
      about: aboutOf(account),
      amount,
    })),
  )
  await sql`
    insert into ledger_transactions (id, kind, reference, owner, currency, posted_at)
    select id, kind, reference, owner, currency, ${at}::timestamptz
    from json_to_recordset(${JSON.stringify(heads)}::json)
      as row(id text, kind text, reference text, owner text, currency text)`.execute(db)
  const rows = sql`json_to_recordset(${JSON.stringify(postings)}::json)
    as row(id text, owner text, currency text, name text, kind text, about text, amount numeric)`
  // An update first and then what it did not find: an upsert would judge a change as if it were the whole balance.
  await sql`
    with changed as (
      update ledger_accounts a set balance = a.balance + row.amount from ${rows}
      where a.owner = row.owner and a.currency = row.currency and a.name = row.name
      returning a.owner, a.currency, a.name)
    insert into ledger_accounts (owner, name, currency, kind, about, balance)
    select owner, name, currency, kind, about, amount from ${rows}
    where not exists (
      select 1 from changed c where c.owner = row.owner and c.currency = row.currency and c.name = row.name)`.execute(
    db,
  )
  await sql`
    insert into ledger_postings (transaction_id, owner, account, currency, amount)
    select id, owner, name, currency, amount from ${rows}`.execute(db)
}

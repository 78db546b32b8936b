import { sql } from 'kysely'
import type { Kysely, Selectable } from 'kysely'
import type { BillingAccountId, ConsoleAccountId, Id, OperatorId } from '../../contract/ids.ts'
import type { Database } from '../database.ts'
import type {
  BillingAccountsTable,
  ConsoleAccountsTable,
  OperatorsTable,
  SessionsTable,
  VerificationCodesTable,
} from './tables.ts'

export type ConsoleAccountRow = Selectable<ConsoleAccountsTable>
export type BillingAccountRow = Selectable<BillingAccountsTable>
export type OperatorRow = Selectable<OperatorsTable>
export type SessionRow = Selectable<SessionsTable>
export type CodeRow = Selectable<VerificationCodesTable>

type Db = Kysely<Database>

// Console accounts

/** Inserts unless e-mail or username is taken on the site; undefined then. */
export async function insertConsoleAccount(db: Db, row: ConsoleAccountRow): Promise<ConsoleAccountRow | undefined> {
  return db
    .insertInto('console_accounts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectConsoleAccount(db: Db, id: ConsoleAccountId): Promise<ConsoleAccountRow | undefined> {
  return db.selectFrom('console_accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function selectConsoleAccountByEmail(
  db: Db,
  site: string,
  email: string,
): Promise<ConsoleAccountRow | undefined> {
  return db
    .selectFrom('console_accounts')
    .selectAll()
    .where('site', '=', site)
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .executeTakeFirst()
}

export async function selectConsoleAccountByUsername(
  db: Db,
  site: string,
  username: string,
): Promise<ConsoleAccountRow | undefined> {
  return db
    .selectFrom('console_accounts')
    .selectAll()
    .where('site', '=', site)
    .where(sql`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst()
}

export async function updateConsolePassword(db: Db, id: ConsoleAccountId, passwordHash: string): Promise<void> {
  await db.updateTable('console_accounts').set({ password_hash: passwordHash }).where('id', '=', id).execute()
}

// Billing Center accounts

/** Inserts unless the username is taken; undefined then. */
export async function insertBillingAccount(db: Db, row: BillingAccountRow): Promise<BillingAccountRow | undefined> {
  return db
    .insertInto('billing_accounts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectBillingAccount(db: Db, id: BillingAccountId): Promise<BillingAccountRow | undefined> {
  return db.selectFrom('billing_accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function selectBillingAccountByUsername(db: Db, username: string): Promise<BillingAccountRow | undefined> {
  return db
    .selectFrom('billing_accounts')
    .selectAll()
    .where(sql`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst()
}

/** At most two rows: enough to know whether the e-mail names exactly one account. */
export async function selectBillingAccountsByEmail(db: Db, email: string): Promise<BillingAccountRow[]> {
  return db
    .selectFrom('billing_accounts')
    .selectAll()
    .where(sql`lower(email)`, '=', email.toLowerCase())
    .limit(2)
    .execute()
}

export async function updateBillingPassword(db: Db, id: BillingAccountId, passwordHash: string): Promise<void> {
  await db.updateTable('billing_accounts').set({ password_hash: passwordHash }).where('id', '=', id).execute()
}

// Operators

/** Inserts unless the username is taken; undefined then. */
export async function insertOperator(db: Db, row: OperatorRow): Promise<OperatorRow | undefined> {
  return db
    .insertInto('operators')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

export async function selectOperator(db: Db, id: OperatorId): Promise<OperatorRow | undefined> {
  return db.selectFrom('operators').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function selectOperatorByUsername(db: Db, username: string): Promise<OperatorRow | undefined> {
  return db
    .selectFrom('operators')
    .selectAll()
    .where(sql`lower(username)`, '=', username.toLowerCase())
    .executeTakeFirst()
}

export async function updateOperatorPassword(db: Db, id: OperatorId, passwordHash: string): Promise<void> {
  await db.updateTable('operators').set({ password_hash: passwordHash }).where('id', '=', id).execute()
}

/** Bars an operator, or lets them in again with null. */
export async function updateOperatorDisabled(db: Db, id: OperatorId, at: Date | null): Promise<void> {
  await db.updateTable('operators').set({ disabled_at: at }).where('id', '=', id).execute()
}

// Sessions

export async function insertSession(db: Db, row: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(row).execute()
}

/** The session of a token, live or not; the pure rule judges it. */
export async function selectSession(db: Db, realm: SessionRow['realm'], hash: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('sessions')
    .selectAll()
    .where('token_hash', '=', hash)
    .where('realm', '=', realm)
    .executeTakeFirst()
}

export async function updateSessionSeen(db: Db, id: Id<'session'>, at: Date): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: at })
    .where('id', '=', id)
    .where('last_seen_at', '<', at)
    .execute()
}

/** Ends one session; false when it had ended before. */
export async function updateSessionEnded(db: Db, id: Id<'session'>, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Ends every session of an account; returns how many. */
export async function updateSessionsOfEnded(db: Db, accountId: string, at: Date): Promise<number> {
  const result = await db
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Removes sessions nobody can use any more. */
export async function deleteSessionsExpiredBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', before).execute()
}

// Verification codes

/** Makes requests for codes to one address wait for each other until the transaction ends. */
export async function lockCodeAddress(db: Db, address: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`code ${address}`}, 0))`.execute(db)
}

/** When codes went to the address since an instant, whatever their purpose and scope. */
export async function selectCodeTimes(db: Db, address: string, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('verification_codes')
    .select('created_at')
    .where('address', '=', address)
    .where('created_at', '>', since)
    .execute()
  return rows.map((row) => row.created_at)
}

export async function insertCode(db: Db, row: CodeRow): Promise<void> {
  await db.insertInto('verification_codes').values(row).execute()
}

/** The newest code of purpose + address + scope. */
export async function selectNewestCode(
  db: Db,
  bound: Pick<CodeRow, 'purpose' | 'address' | 'scope'>,
): Promise<CodeRow | undefined> {
  return db
    .selectFrom('verification_codes')
    .selectAll()
    .where('purpose', '=', bound.purpose)
    .where('address', '=', bound.address)
    .where('scope', '=', bound.scope)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Takes one of the tries; undefined when none is left, however many ask at once. Returns the tries taken with this one. */
export async function takeCodeTry(db: Db, id: Id<'code'>, triesMax: number, now: Date): Promise<number | undefined> {
  const row = await db
    .updateTable('verification_codes')
    .set({ tries: sql`tries + 1` })
    .where('id', '=', id)
    .where('tries', '<', triesMax)
    .where('expires_at', '>', now)
    .returning('tries')
    .executeTakeFirst()
  return row?.tries
}

/** Gives a try back: the code was right. */
export async function returnCodeTry(db: Db, id: Id<'code'>): Promise<void> {
  await db
    .updateTable('verification_codes')
    .set({ tries: sql`tries - 1` })
    .where('id', '=', id)
    .where('tries', '>', 0)
    .execute()
}

/** Marks a code used; false when it was before. */
export async function updateCodeUsed(db: Db, id: Id<'code'>, at: Date): Promise<boolean> {
  const result = await db
    .updateTable('verification_codes')
    .set({ used_at: at })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Removes codes too old to count for anything. */
export async function deleteCodesBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('verification_codes').where('created_at', '<', before).execute()
}

// Terms

/** Keeps an acceptance; false when this account had accepted this version before. */
export async function insertTermsAcceptance(
  db: Db,
  row: { account_id: string; version: string; accepted_at: Date; ip: string | null },
): Promise<boolean> {
  const result = await db
    .insertInto('terms_acceptances')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

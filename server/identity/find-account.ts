import type { BillingAccountId, ConsoleAccountId, OperatorId } from '../../contract/ids.ts'
import { Problem } from '../../contract/problems.ts'
import type { Ctx } from '../context.ts'
import {
  selectBillingAccount,
  selectBillingAccountByUsername,
  selectBillingAccountsByEmail,
  selectConsoleAccount,
  selectConsoleAccountByEmail,
  selectConsoleAccountByUsername,
  selectOperator,
  selectOperatorByUsername,
} from './queries.ts'
import type { BillingAccountRow, ConsoleAccountRow, OperatorRow } from './queries.ts'

export type { BillingAccountRow, ConsoleAccountRow, OperatorRow } from './queries.ts'

/** A Billing Center account by username, or by e-mail where that names exactly one. No username contains an @. */
export async function findBillingAccount(ctx: Ctx, identifier: string): Promise<BillingAccountRow | null> {
  const text = identifier.trim()
  if (!text.includes('@')) return (await selectBillingAccountByUsername(ctx.db, text)) ?? null
  const [only, another] = await selectBillingAccountsByEmail(ctx.db, text)
  return only && !another ? only : null
}

/** A Billing Center account by id; throws `not_found`. */
export async function readBillingAccount(ctx: Ctx, id: BillingAccountId): Promise<BillingAccountRow> {
  const row = await selectBillingAccount(ctx.db, id)
  if (!row) throw new Problem('not_found')
  return row
}

/** The console account of an e-mail on one site, or null. */
export async function findConsoleAccount(
  ctx: Ctx,
  named: { site: string; email: string },
): Promise<ConsoleAccountRow | null> {
  return (await selectConsoleAccountByEmail(ctx.db, named.site, named.email.trim())) ?? null
}

/** The console account a person means at sign-in, by username or e-mail, or null. */
export async function findConsoleAccountBy(
  ctx: Ctx,
  named: { site: string; identifier: string },
): Promise<ConsoleAccountRow | null> {
  const text = named.identifier.trim()
  const row = text.includes('@')
    ? await selectConsoleAccountByEmail(ctx.db, named.site, text)
    : await selectConsoleAccountByUsername(ctx.db, named.site, text)
  return row ?? null
}

/** A console account by id; throws `not_found`. */
export async function readConsoleAccount(ctx: Ctx, id: ConsoleAccountId): Promise<ConsoleAccountRow> {
  const row = await selectConsoleAccount(ctx.db, id)
  if (!row) throw new Problem('not_found')
  return row
}

/** An operator by username, barred or not, or null. */
export async function findOperator(ctx: Ctx, username: string): Promise<OperatorRow | null> {
  return (await selectOperatorByUsername(ctx.db, username.trim())) ?? null
}

/** An operator by id; throws `not_found`. */
export async function readOperator(ctx: Ctx, id: OperatorId): Promise<OperatorRow> {
  const row = await selectOperator(ctx.db, id)
  if (!row) throw new Problem('not_found')
  return row
}

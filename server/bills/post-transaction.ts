import { newId } from '../../contract/ids.ts'
import type { BillingAccountId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { Decimal } from '../rating/decimal.ts'
import { insertPostings, insertTransaction, lockMoney, selectPostings } from './ledger-queries.ts'
import { ledgerAccountName, type LedgerTransaction } from './ledger.ts'

/**
 * Writes a transaction of the ledger and what its accounts hold afterwards, in the caller's commit. Posting the same reference
 * again changes nothing and answers `posted: false`, as does a transaction that moves nothing. Throws an Error when the reference
 * stands with other postings, and the database refuses what would leave cash, a card or a voucher below zero.
 */
export async function postTransaction(ctx: TxCtx, transaction: LedgerTransaction): Promise<{ posted: boolean }> {
  if (transaction.postings.length === 0) return { posted: false }
  // Every owner of a transaction is a Billing Center account; the database refuses any other.
  const owner = transaction.owner as BillingAccountId
  await lockMoney(ctx.db, owner)
  const id = newId('ledgerTransaction')
  if (!(await insertTransaction(ctx.db, { id, transaction, owner, at: ctx.now() }))) {
    await refuseOther(ctx, transaction)
    return { posted: false }
  }
  const { currency, postings } = transaction
  await insertPostings(ctx.db, { id, owner, currency, postings })
  return { posted: true }
}

async function refuseOther(ctx: TxCtx, transaction: LedgerTransaction): Promise<void> {
  const standing = await selectPostings(ctx.db, transaction.reference)
  const wanted = new Map(transaction.postings.map(({ account, amount }) => [ledgerAccountName(account), amount]))
  const same =
    standing.length === wanted.size &&
    standing.every(
      ({ owner, currency, account, amount }) =>
        owner === transaction.owner &&
        currency === transaction.currency &&
        new Decimal(wanted.get(account) ?? '0').equals(amount),
    )
  if (!same) throw new Error(`${transaction.reference} is posted already, with other postings`)
}

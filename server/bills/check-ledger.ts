import type { Ctx } from '../context.ts'
import { selectLedgerFaults, selectLedgerSums } from './ledger-queries.ts'

export interface LedgerCheck {
  /** True when every transaction and every currency sums to zero and each balance is the sum of its postings. */
  right: boolean
  transactions: number
  /** Each fault in words with the difference found; 100 at most. */
  faults: string[]
}

/** Adds the whole ledger up again and holds it against the balances kept. */
export async function checkLedger(ctx: Ctx): Promise<LedgerCheck> {
  const { sums, transactions } = await selectLedgerSums(ctx.db)
  const faults = await selectLedgerFaults(ctx.db)
  const words = [
    ...sums
      .filter(({ sum }) => Number(sum) !== 0)
      .map(({ currency, sum }) => `all accounts in ${currency} hold ${sum}`),
    ...faults.transactions.map(({ what, found }) => `transaction ${what} sums to ${found}`),
    ...faults.accounts.map(({ what, found }) => `account ${what} differs by ${found} from its postings`),
  ]
  return { right: words.length === 0, transactions, faults: words }
}

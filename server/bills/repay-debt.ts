import type { BillingAccountId } from '../../contract/ids.ts'
import type { Currency } from '../../contract/money.ts'
import type { TxCtx } from '../context.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { debtRepaymentFrom, transactionFor } from './ledger.ts'
import { selectBalance } from './money-queries.ts'
import { postTransaction } from './post-transaction.ts'

/** Money that has just come in pays debt first; in the same commit. Answers what was repaid, 0.00 when nothing was owed. */
export async function repayDebt(
  ctx: TxCtx,
  of: {
    billingAccountId: BillingAccountId
    currency: Currency
    incoming: string
    from: { kind: 'cash' } | { kind: 'prepaid_card'; id: string }
    /** What brought the money, such as a top-up's id. */
    because: string
  },
): Promise<string> {
  const { billingAccountId: owner, currency } = of
  const owed = await selectBalance(ctx.db, { owner, currency, kind: 'debt', about: null })
  const debt = amountText(new Decimal(owed).negated(), currency)
  const event = debtRepaymentFrom({ ...of, debt })
  if (!event) return amountText(new Decimal(0), currency)
  await postTransaction(ctx, transactionFor({ owner, currency, event }))
  return event.amount
}

import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import { record } from '../platform/record.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { lockMoney } from './ledger-queries.ts'
import { transactionFor, type LedgerEvent } from './ledger.ts'
import { selectBalance, selectExpiredFunds, type ExpiredFund } from './money-queries.ts'
import { postTransaction } from './post-transaction.ts'

const atOnce = 200

/** Takes what is left of every voucher and card that is expired, each in a commit of its own. Returns how many. */
export async function expireFunds(ctx: Ctx): Promise<number> {
  let expired = 0
  for (;;) {
    const funds = await selectExpiredFunds(ctx.db, ctx.now(), atOnce)
    for (const fund of funds) await inTransaction(ctx, (tx) => expire(tx, fund))
    expired += funds.length
    if (funds.length < atOnce) return expired
  }
}

async function expire(ctx: TxCtx, fund: ExpiredFund): Promise<void> {
  await lockMoney(ctx.db, fund.owner)
  const left = new Decimal(await selectBalance(ctx.db, { ...fund, about: fund.id }))
  if (left.isZero()) return
  const amount = amountText(left, fund.currency)
  await postTransaction(
    ctx,
    transactionFor({ owner: fund.owner, currency: fund.currency, event: expiryOf(fund, amount, ctx.now()) }),
  )
  const isCard = fund.kind === 'prepaid_card'
  await record(ctx, {
    kind: isCard ? 'prepaid_card.expired' : 'voucher.expired',
    about: { [isCard ? 'cardId' : 'voucherId']: fund.id, billingAccountId: fund.owner },
    detail: { currency: fund.currency, amount },
  })
}

/** A refund may fill an expired voucher again, more than once a day: each expiry has its own instant. */
function expiryOf(fund: ExpiredFund, amount: string, at: Date): LedgerEvent {
  const onDay = at.toISOString()
  if (fund.kind === 'prepaid_card') return { kind: 'prepaid_card_expiry', cardId: fund.id, onDay, amount }
  return { kind: 'voucher_expiry', voucher: fund.kind, voucherId: fund.id, onDay, amount }
}

import { chooseLogCharging, readLogChargingOf } from '../../contract/log-charging.ts'
import * as money from '../../contract/operator-money.ts'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { applyPriceBook, diffPriceBook } from './apply-price-book.ts'
import { checkLedger } from './check-ledger.ts'
import { chooseLogsBy } from './choose-logs-by.ts'
import { computeDayAgain } from './compute-day-again.ts'
import { creditAccount } from './credit-account.ts'
import { grantVoucher } from './grant-voucher.ts'
import { listBillDays, listParkedBills } from './list-bill-days.ts'
import { listMoneyMoves } from './list-money-moves.ts'
import { listPayers, readPayer } from './list-payers.ts'
import { listPriceBooks, readPriceBook, withEditedBook } from './list-price-books.ts'
import { readLogCharging } from './read-log-charging.ts'
import { retryParkedBill } from './retry-parked-bill.ts'
import { sellPrepaidCard } from './sell-prepaid-card.ts'

/** What operators see and do of everybody's money, bills and prices. */
export const operatorMoneyRoutes: readonly Route[] = [
  route(money.listPayers, (ctx, { query }) => listPayers(ctx, query)),
  route(money.readPayer, (ctx, { params }) => readPayer(ctx, params.billingAccountId)),
  route(money.listPayerMoves, async (ctx, { params, query }) => {
    await readPayer(ctx, params.billingAccountId)
    return listMoneyMoves(ctx, { ...params, ...query })
  }),
  route(money.creditPayer, (ctx, { params, body }) => creditAccount(ctx, { ...params, ...body })),
  route(money.grantVoucher, async (ctx, { params, body }) => ({
    voucherId: await grantVoucher(ctx, { ...params, ...body, expiresAt: new Date(body.expiresAt) }),
  })),
  route(money.sellPrepaidCard, async (ctx, { params, body }) => ({
    prepaidCardId: await sellPrepaidCard(ctx, { ...params, ...body, expiresAt: new Date(body.expiresAt) }),
  })),
  route(readLogChargingOf, (ctx, { params }) => readLogCharging(ctx, params)),
  route(chooseLogCharging, async (ctx, { params, body }) => {
    await inTransaction(ctx, (tx) => chooseLogsBy(tx, { ...params, logsBy: body.by }))
    return readLogCharging(ctx, params)
  }),
  route(money.listBillDays, (ctx, { query }) => listBillDays(ctx, query)),
  route(money.checkBillDay, (ctx, { body }) => computeDayAgain(ctx, body)),
  route(money.listParkedBills, (ctx, { query }) => listParkedBills(ctx, query)),
  route(money.retryParkedBill, async (ctx, { body }) => {
    const answer = await retryParkedBill(ctx, body)
    if (answer.state === 'answered') throw new Problem('bill_not_parked')
    return {
      state: answer.state,
      billId: answer.state === 'issued' ? answer.billId : null,
      reasons: answer.state === 'parked' ? answer.reasons.map((each) => ({ ...each })) : [],
    }
  }),
  route(money.checkMoney, (ctx) => checkLedger(ctx)),
  route(money.listPriceBooks, (ctx) => listPriceBooks(ctx)),
  route(money.readPriceBook, (ctx, { params }) => readPriceBook(ctx, params.book)),
  route(money.diffPriceBook, (ctx, { body }) => withEditedBook(body, (edited) => diffPriceBook(ctx, edited))),
  route(money.applyPriceBook, (ctx, { body }) => withEditedBook(body, (edited) => applyPriceBook(ctx, edited))),
]

import * as bills from '../../contract/bills.ts'
import * as wallet from '../../contract/wallet.ts'
import type { QueryOf } from '../../contract/endpoint.ts'
import { readLogCharging as readLogChargingEndpoint } from '../../contract/log-charging.ts'
import { readRetention as readRetentionEndpoint } from '../../contract/retention.ts'
import type { Ctx } from '../context.ts'
import { billingActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Call, Route } from '../platform/http/serve.ts'
import { explainLine, listLineEvents } from './explain-line.ts'
import { exportCharges, listBillLines, listCharges } from './list-charges.ts'
import { listDailyBills, readDailyBill } from './list-daily-bills.ts'
import { listPrepaidCards, listTopUps, listVouchers, readTopUp } from './list-funds.ts'
import { exportMoneyMoves, listMoneyMoves } from './list-money-moves.ts'
import { exportMonthlyBill, listMonthlyBills, listMonthlyLines, readMonthlyBill } from './list-monthly-bills.ts'
import { readCost } from './read-cost.ts'
import { readLogCharging } from './read-log-charging.ts'
import { readMoneyOverview } from './read-money-overview.ts'
import { readRetention } from './read-retention.ts'
import { readWallet } from './read-wallet.ts'
import { startTopUp } from './start-top-up.ts'

/** Whose money it is: every read of this room is of the Billing Center account that asks, and of no other. */
function mine(ctx: Ctx) {
  return { billingAccountId: billingActor(ctx).accountId }
}

function spanOf({ from, until, fund }: QueryOf<typeof wallet.exportMoneyMoves>) {
  return { from: instantOf(from), until: instantOf(until), fund }
}

function instantOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}

/** What browsers save a file as. */
function named(name: string, { reply }: Pick<Call<never>, 'reply'>): void {
  reply.header('content-disposition', `attachment; filename="${name}"`)
}

const walletRoutes: readonly Route[] = [
  route(wallet.readWallet, (ctx) => readWallet(ctx, mine(ctx).billingAccountId)),
  route(wallet.readMoneyOverview, (ctx) => readMoneyOverview(ctx, mine(ctx).billingAccountId)),
  route(wallet.listMoneyMoves, (ctx, { query }) =>
    listMoneyMoves(ctx, { ...mine(ctx), ...spanOf(query), cursor: query.cursor, limit: query.limit }),
  ),
  route(wallet.exportMoneyMoves, async (ctx, call) => {
    named('income-and-expenses.csv', call)
    return exportMoneyMoves(ctx, { ...mine(ctx), ...spanOf(call.query) })
  }),
  route(wallet.listVouchers, (ctx, { query }) => listVouchers(ctx, { ...mine(ctx), ...query })),
  route(wallet.listPrepaidCards, (ctx, { query }) => listPrepaidCards(ctx, { ...mine(ctx), ...query })),
  route(wallet.listTopUps, (ctx, { query }) => listTopUps(ctx, { ...mine(ctx), ...query })),
  route(wallet.startTopUp, (ctx, { body }) => startTopUp(ctx, { ...mine(ctx), ...body })),
  route(wallet.readTopUp, (ctx, { params }) => readTopUp(ctx, { ...mine(ctx), ...params })),
]

const billRoutes: readonly Route[] = [
  route(bills.listDailyBills, (ctx, { query }) => listDailyBills(ctx, { ...mine(ctx), ...query })),
  route(bills.readDailyBill, (ctx, { params }) => readDailyBill(ctx, { ...mine(ctx), ...params })),
  route(bills.listBillLines, (ctx, { params, query }) =>
    listBillLines(ctx, { ...mine(ctx), ...query, billId: params.dailyBillId }),
  ),
  route(bills.explainBillLine, (ctx, { params }) =>
    explainLine(ctx, { ...mine(ctx), billId: params.dailyBillId, position: params.position }),
  ),
  route(bills.listLineEvents, (ctx, { params, query }) =>
    listLineEvents(ctx, { ...mine(ctx), ...query, billId: params.dailyBillId, position: params.position }),
  ),
  route(bills.listCharges, (ctx, { query }) => listCharges(ctx, { ...mine(ctx), ...query })),
  route(bills.exportCharges, async (ctx, call) => {
    named('charges.csv', call)
    return exportCharges(ctx, { ...mine(ctx), ...call.query })
  }),
  route(bills.listMonthlyBills, (ctx, { query }) => listMonthlyBills(ctx, { ...mine(ctx), ...query })),
  route(bills.readMonthlyBill, (ctx, { params }) => readMonthlyBill(ctx, { ...mine(ctx), ...params })),
  route(bills.listMonthlyLines, (ctx, { params, query }) =>
    listMonthlyLines(ctx, { ...mine(ctx), ...params, ...query }),
  ),
  route(bills.exportMonthlyBill, async (ctx, call) => {
    const file = await exportMonthlyBill(ctx, { ...mine(ctx), ...call.params })
    named('monthly-bill.csv', call)
    return file
  }),
]

const consoleRoutes: readonly Route[] = [
  route(readRetentionEndpoint, (ctx, { params }) => readRetention(ctx, params)),
  route(readLogChargingEndpoint, (ctx, { params }) => readLogCharging(ctx, params)),
  route(bills.readCost, (ctx, { params, query }) => readCost(ctx, { ...params, ...query })),
]

export const billsRoutes: readonly Route[] = [...walletRoutes, ...billRoutes, ...consoleRoutes]

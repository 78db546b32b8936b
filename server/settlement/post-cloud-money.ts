import type { BillingAccountId } from '../../contract/ids.ts'
import { readCloudAccount } from '../accounts/read-cloud-account.ts'
import { transactionFor } from '../bills/ledger.ts'
import type { LedgerEvent } from '../bills/ledger.ts'
import { postTransaction } from '../bills/post-transaction.ts'
import type { TxCtx } from '../context.ts'
import { readInstance } from '../marketplaces/read-instance.ts'
import { amountText, Decimal } from '../rating/decimal.ts'
import { currencyOf } from './present-push.ts'
import type { UsageRecordRow } from './queries.ts'

type CloudEvent = Extract<LedgerEvent, { pushId: string }>['kind']

/**
 * Posts what became of a record's money, in the caller's transaction: `cloud_settlement` when the marketplace took it, `cloud_waiver`
 * or `cloud_to_debt` when it never will. A record that reports a meter moves no money here: its money is in the bills that charge for
 * what it holds (`settle-bills.ts`). Posting again changes nothing.
 */
export async function postCloudMoney(ctx: TxCtx, row: UsageRecordRow, kind: CloudEvent): Promise<void> {
  if (row.currency === null) return
  const owner = await ownerOf(ctx, row)
  if (owner === null) return
  const currency = currencyOf(row)
  const amount = amountText(new Decimal(row.units ?? 0).times(row.unit ?? 0), currency)
  const event = { kind, pushId: row.id, instanceId: row.instance_id, amount }
  await postTransaction(ctx, transactionFor({ owner, currency, event }))
}

async function ownerOf(ctx: TxCtx, row: UsageRecordRow): Promise<BillingAccountId | null> {
  const instance = await readInstance(ctx, row.instance_id)
  const account = await readCloudAccount(ctx, instance.cloud_account_id)
  if (!account?.billing_account_id) {
    ctx.log.error({ usageRecordId: row.id, instanceId: row.instance_id }, 'Nobody holds the cloud account of a report')
  }
  return account?.billing_account_id ?? null
}

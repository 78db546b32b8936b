import type { BillingAccountId, Id } from '../../../contract/ids.ts'
import type { Currency } from '../../../contract/money.ts'
import type { Ctx } from '../../context.ts'

/** A payment a payer is about to make. */
export interface PaymentOrder {
  topUpId: Id<'topUp'>
  billingAccountId: BillingAccountId
  currency: Currency
  amount: string
}

/** What a provider says about a payment, its signature proven. */
export interface PaymentNews {
  topUpId: Id<'topUp'>
  outcome: 'paid' | 'declined'
  currency: Currency
  amount: string
  /** The provider's own name of the payment. */
  providerRef: string
}

/** A way to pay online. Adding one is adding a file beside this and a line in `payment-providers.ts`. */
export interface PaymentProvider {
  /** Part of the callback's address: `/payments/<code>/callback`. */
  code: string
  /** Begins a payment, or begins the same one again; answers where the payer's browser goes to pay. */
  start(ctx: Ctx, order: PaymentOrder): Promise<{ redirectUrl: string }>
  /** Reads what the provider sent to the callback; null when its signature is not the provider's, or it makes no sense. */
  readCallback(ctx: Ctx, body: unknown): PaymentNews | null
}

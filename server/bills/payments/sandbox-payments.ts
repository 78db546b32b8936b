import { z } from 'zod'
import { idOf } from '../../../contract/ids.ts'
import { amountAboveZero, currency } from '../../../contract/money.ts'
import type { Ctx } from '../../context.ts'
import { keyedHash, sameText } from '../../platform/secrets.ts'
import type { PaymentNews, PaymentOrder, PaymentProvider } from './payment-provider.ts'

/** What the sandbox sends to the callback: the outcome of a payment, signed. */
const callback = z.object({
  topUpId: idOf('topUp'),
  outcome: z.enum(['paid', 'declined']),
  currency,
  amount: amountAboveZero,
  providerRef: z.string().min(1).max(100),
  signature: z.string(),
})
export type SandboxCallback = z.input<typeof callback>

/** A payment provider that takes no money: its page asks whether to pay or to decline. Sandbox mode only. */
export const sandboxPayments: PaymentProvider = {
  code: 'sandbox',
  async start(ctx, { topUpId, currency: of, amount }) {
    const query = new URLSearchParams({
      amount,
      currency: of,
      signature: orderSignature(ctx, { topUpId, currency: of, amount }),
    })
    return { redirectUrl: `${ctx.services.config.publicUrl}/payments/sandbox/orders/${topUpId}?${query.toString()}` }
  },
  readCallback(ctx, body) {
    const parsed = callback.safeParse(body)
    if (!parsed.success) return null
    const { signature, ...news } = parsed.data
    return sameText(signature, callbackSignature(ctx, news)) ? news : null
  },
}

/** Proves that an order shown on the sandbox's page is one we began. */
export function orderSignature(ctx: Ctx, order: Omit<PaymentOrder, 'billingAccountId'>): string {
  return keyedHash(ctx.services.config.secret, 'payments/sandbox/order', order.topUpId, order.currency, order.amount)
}

/** What the sandbox tells the callback when a person has chosen. */
export function sandboxCallback(
  ctx: Ctx,
  order: Omit<PaymentOrder, 'billingAccountId'>,
  outcome: PaymentNews['outcome'],
): SandboxCallback {
  const news = { ...order, outcome, providerRef: `sandbox-${order.topUpId.slice(-12)}` }
  return { ...news, signature: callbackSignature(ctx, news) }
}

function callbackSignature(ctx: Ctx, news: PaymentNews): string {
  const { topUpId, outcome, currency: of, amount, providerRef } = news
  return keyedHash(ctx.services.config.secret, 'payments/sandbox/callback', topUpId, outcome, of, amount, providerRef)
}

import type { Config } from '../../config.ts'
import type { PaymentProvider } from './payment-provider.ts'
import { sandboxPayments } from './sandbox-payments.ts'

/** Ways to pay online here: in sandbox mode the sandbox's; in production none until one is built, so payers transfer money by bank. */
export function paymentProviders(config: Config): readonly PaymentProvider[] {
  return config.mode === 'sandbox' ? [sandboxPayments] : []
}

/** A provider by its code. */
export function paymentProvider(config: Config, code: string): PaymentProvider | undefined {
  return paymentProviders(config).find((each) => each.code === code)
}

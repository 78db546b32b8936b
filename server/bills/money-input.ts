import { fitsMinorUnit, minorUnits, type Currency } from '../../contract/money.ts'
import { Problem } from '../../contract/problems.ts'
import { amountText, Decimal } from '../rating/decimal.ts'

/** An amount somebody typed, with exactly the currency's decimals. Throws `amount_too_fine` for more than it has. */
export function typedAmount(text: string, currency: Currency): string {
  if (!fitsMinorUnit(currency, text)) {
    throw new Problem('amount_too_fine', { currency, decimals: minorUnits[currency] }, 'amount')
  }
  return amountText(new Decimal(text), currency)
}

/** Throws `expiry_not_ahead` for an expiry that is not later than now. */
export function refuseOverExpiry(expiresAt: Date, now: Date): void {
  if (expiresAt <= now) throw new Problem('expiry_not_ahead', {}, 'expiresAt')
}

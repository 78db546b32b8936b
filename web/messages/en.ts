import { activation } from './en/activation.ts'
import { billing } from './en/billing.ts'
import { console } from './en/console.ts'
import { broken, help } from './en/fields.ts'
import { money } from './en/money.ts'
import { operator } from './en/operator.ts'
import { parts } from './en/parts.ts'
import { records } from './en/records.ts'
import { terms } from './en/terms.ts'

/** Every English text of the web, by area. Its shape is the shape of every other catalogue. */
export const en = { activation, billing, broken, console, help, money, operator, parts, records, terms }

import type { en } from './en.ts'
import { activation } from './zh/activation.ts'
import { billing } from './zh/billing.ts'
import { console } from './zh/console.ts'
import { broken, help } from './zh/fields.ts'
import { money } from './zh/money.ts'
import { operator } from './zh/operator.ts'
import { parts } from './zh/parts.ts'
import { records } from './zh/records.ts'
import { terms } from './zh/terms.ts'

/** Every Chinese text of the web. A key missing here does not compile. */
export const zh: typeof en = { activation, billing, broken, console, help, money, operator, parts, records, terms }

import type { billing as english } from '../en/billing.ts'

/** 费用中心 */
export const billing: typeof english = {
  area: '费用中心',
}

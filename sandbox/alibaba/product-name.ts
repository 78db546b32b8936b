import type { Ctx } from '../context.ts'

/** The Chinese name of a listed product, as the seller's console shows it; the code of one no longer listed. */
export function productName(ctx: Ctx, productCode: string): string {
  return ctx.options.products.find(({ code }) => code === productCode)?.name.zh ?? productCode
}

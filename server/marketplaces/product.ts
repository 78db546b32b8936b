import type { Ctx } from '../context.ts'
import type { Product } from '../config.ts'

/**
 * The catalogue's entry for what an instance is of. A product that was since taken from the catalogue is still shown by its
 * code, offered nowhere.
 */
export function productOf(
  ctx: Ctx,
  instance: { marketplace: string; product_code: string },
): Pick<Product, 'name' | 'sites'> {
  const found = ctx.services.config.catalogue.products.find(
    (product) => product.marketplace === instance.marketplace && product.productCode === instance.product_code,
  )
  return found ?? { name: { en: instance.product_code, zh: instance.product_code }, sites: [] }
}

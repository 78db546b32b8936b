import type { Config, Product } from '../config.ts'
import type { Ctx } from '../context.ts'
import { connectorOf } from '../marketplaces/connector-of.ts'
import type { MarketplaceConnector } from '../marketplaces/connector.ts'
import type { InstanceRow } from '../marketplaces/read-instance.ts'
import { dimensionsOf } from './metering-map.ts'
import type { Dimension } from './metering-map.ts'

/** The way to a marketplace; another one in tests. */
export type ConnectorFor = (config: Config, marketplace: string) => MarketplaceConnector | null

/** A product that is reported: how, and to whom. */
export interface Metered {
  product: Product
  dimensions: Dimension[]
  connector: MarketplaceConnector
}

/** How a product is reported; null where the catalogue does not name it, says nothing about metering, or has no connector. */
export function meteredProduct(
  ctx: Ctx,
  of: { marketplace: string; productCode: string },
  connectorFor: ConnectorFor = connectorOf,
): Metered | null {
  const { config } = ctx.services
  const product = config.catalogue.products.find(
    (each) => each.marketplace === of.marketplace && each.productCode === of.productCode,
  )
  const connector = connectorFor(config, of.marketplace)
  if (!product || !connector) return null
  const dimensions = dimensionsOf(product)
  return dimensions.length === 0 ? null : { product, dimensions, connector }
}

/** How an instance's usage is reported. */
export function meteredInstance(
  ctx: Ctx,
  instance: InstanceRow,
  connectorFor: ConnectorFor = connectorOf,
): Metered | null {
  return meteredProduct(ctx, { marketplace: instance.marketplace, productCode: instance.product_code }, connectorFor)
}

import type { Config } from '../config.ts'
import { alibabaConnector } from './alibaba/connector.ts'
import type { MarketplaceConnector } from './connector.ts'

/** The connector of a marketplace; null when it is not configured. A new marketplace is added here and nowhere else. */
export function connectorOf(config: Config, marketplace: string): MarketplaceConnector | null {
  if (marketplace === 'alibaba' && config.marketplaces.alibaba)
    return alibabaConnector(config, config.marketplaces.alibaba)
  return null
}

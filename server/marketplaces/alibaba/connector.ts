import type { AlibabaSettings, Config } from '../../config.ts'
import type { MarketplaceConnector } from '../connector.ts'
import { describeInstance, describeOrder, openApi } from './api.ts'
import { alibabaMeterRules, dayOf, meterDeadline, meterPeriod } from './meter-rules.ts'
import { parseNotification } from './parse-notification.ts'
import { pushUsage } from './push-usage.ts'
import { readHandOff } from './read-hand-off.ts'
import { readStatement } from './read-statement.ts'
import { renderReply } from './render-reply.ts'

/** Alibaba Cloud Marketplace: SPI notifications in, Direct Login, and its API by the vendor's own SDK. */
export function alibabaConnector(config: Config, settings: AlibabaSettings): MarketplaceConnector {
  const api = openApi(settings)
  return {
    marketplace: 'alibaba',
    meterRules: alibabaMeterRules,
    parseInbound: (params) => parseNotification(params, settings.spiKeys),
    renderReply: (action, reply) => renderReply(config, action, reply),
    readHandOff: (params, now) => readHandOff(params, settings.spiKeys, now),
    fetchState: api && ((instanceRef) => describeInstance(api, instanceRef)),
    fetchOrderOwner: api && ((orderRef) => describeOrder(api, orderRef)),
    meterPeriod,
    meterDeadline,
    pushUsage: api && ((records) => pushUsage(api, records)),
    dayOf,
    fetchStatement: settings.statementUrl === null ? null : statementFrom(settings.statementUrl),
  }
}

function statementFrom(url: string): NonNullable<MarketplaceConnector['fetchStatement']> {
  return (span) => readStatement(url, span)
}

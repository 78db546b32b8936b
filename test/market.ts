import type { FastifyInstance } from 'fastify'
import { DateTime } from 'luxon'
import { sandboxKeys } from '../server/config.ts'
import { spiToken } from '../server/marketplaces/alibaba/spi-token.ts'
import type { Clock } from '../server/platform/clock.ts'
import { productCode } from './catalogue.ts'

export interface Purchase {
  aliUid: string
  instanceRef: string
}

/** What a marketplace says to a server, signed, without a marketplace: for tests of what the server does with it. */
export interface TestMarket {
  /** Tells the server of a purchase; the account is new unless given. */
  buy(purchase?: { aliUid?: string; product?: string }): Promise<Purchase>
  /** Sends any notification and returns the answer. */
  notify(params: Record<string, string>): Promise<Record<string, unknown>>
  /** The address Direct Login sends the buyer's browser to. */
  directLogin(instanceRef: string, change?: { minutesAgo?: number }): string
}

let counter = 0

export function testMarket(app: FastifyInstance, clock: Clock): TestMarket {
  const sign = (params: Record<string, string>) => ({ ...params, token: spiToken(params, sandboxKeys.alibabaSpiKey) })

  async function notify(params: Record<string, string>) {
    const response = await app.inject({ method: 'GET', url: '/marketplaces/alibaba/spi', query: sign(params) })
    return response.json<Record<string, unknown>>()
  }

  return {
    notify,
    async buy({ aliUid, product = productCode } = {}) {
      counter += 1
      const buyer = aliUid ?? `1${String(Date.now()).slice(-9)}${String(counter).padStart(6, '0')}`
      const answer = await notify({
        action: 'createInstance',
        aliUid: buyer,
        orderBizId: String(700_000_000 + counter),
        orderId: String(270_000_000_000_000 + counter),
        productCode: product,
        skuId: `${product}-postpay`,
        trial: 'false',
      })
      return { aliUid: buyer, instanceRef: String(answer['instanceId']) }
    },
    directLogin(instanceRef, { minutesAgo = 0 } = {}) {
      const timeStamp = DateTime.fromJSDate(clock.now(), { zone: 'Asia/Shanghai' })
        .minus({ minutes: minutesAgo })
        .toFormat('yyyy-MM-dd HH:mm:ss')
      const params = sign({ action: 'verify', instanceId: instanceRef, timeStamp })
      return `/marketplaces/alibaba/login?${new URLSearchParams(params).toString()}`
    },
  }
}

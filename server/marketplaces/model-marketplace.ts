import type { Finding, InstanceState } from './connector.ts'

export type Notice = Record<string, string>

interface Order {
  instanceRef: string
  orderRef: string
  accountRef: string
  sku: string
  status: InstanceState['status'] | 'not bought'
}

/** What may happen to an order in each state at the marketplace. */
const moves = {
  'not bought': ['buy'],
  opening: [],
  active: ['fall into arrears', 'fall into arrears', 'fall into arrears', 'upgrade', 'renew', 'release'],
  suspended: ['pay', 'pay under the same order', 'pay under the same order', 'pay', 'upgrade', 'release'],
  released: [],
} as const

export interface ModelMarketplace {
  orders: readonly Order[]
  /** Lets something happen to an order and returns the notice it causes; null when nothing can happen to it any more. */
  happen(order: number, pick: number): Notice | null
  /** What the marketplace says when asked. */
  stateOf(instanceRef: string): Finding<InstanceState>
}

/**
 * For tests: the truth at a marketplace and the notices it sends about it, delivered by whoever holds them in whatever order.
 * Two of its three orders belong to one cloud account.
 */
export function modelMarketplace(name: string, productCode: string): ModelMarketplace {
  let serial = 0
  const orders: Order[] = [0, 1, 2].map((index) => ({
    instanceRef: `${name}-${index}`,
    orderRef: `${name}-order-${index}`,
    accountRef: `${name}-account-${Math.min(index, 1)}`,
    sku: 'sku-0',
    status: 'not bought',
  }))

  function apply(order: Order, move: (typeof moves)[keyof typeof moves][number]): Notice {
    const { instanceRef: instanceId, orderRef, accountRef } = order
    const orderId = `${name}-later-${(serial += 1)}`
    switch (move) {
      case 'buy':
        order.status = 'active'
        return {
          action: 'createInstance',
          aliUid: accountRef,
          orderBizId: instanceId,
          orderId: orderRef,
          productCode,
          skuId: order.sku,
          trial: 'false',
          Count: '2',
        }
      case 'fall into arrears':
        order.status = 'suspended'
        return { action: 'expiredInstance', instanceId }
      case 'renew':
        return { action: 'renewInstance', instanceId, orderId, expiredOn: '2030-01-01 00:00:00' }
      case 'pay':
      case 'pay under the same order':
        order.status = 'active'
        return { action: 'renewInstance', instanceId, orderId: move === 'pay' ? orderId : orderRef, expiredOn: '' }
      case 'upgrade':
        order.sku = `sku-${serial}`
        return { action: 'upgradeInstance', instanceId, orderId, skuId: order.sku }
      case 'release':
        order.status = 'released'
        return { action: 'releaseInstance', instanceId, isRefund: 'false' }
      default:
        return move satisfies never
    }
  }

  return {
    orders,
    happen(index, pick) {
      const order = orders[index % orders.length]
      const possible = order ? moves[order.status] : []
      const move = possible[pick % possible.length]
      return order && move ? apply(order, move) : null
    },
    stateOf(instanceRef) {
      const order = orders.find((each) => each.instanceRef === instanceRef)
      if (!order || order.status === 'not bought') return { kind: 'absent', code: 'InvalidInstance.NotFound' }
      const { status, orderRef, sku } = order
      return { kind: 'found', value: { status, orderRef, productCode, skus: [sku], trial: false, expiresOn: null } }
    },
  }
}

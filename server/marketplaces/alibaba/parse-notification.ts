import type { Inbound, Notification, NotificationKind, Params } from '../connector.ts'
import { keptParams } from '../kept-params.ts'
import { readLocalTime } from './local-time.ts'
import { tokenMatches } from './spi-token.ts'

/** The vendor's actions (pages createinstance, renewinstance, upgradeinstance, expiredinstance, releaseinstance). */
const kinds: Readonly<Record<string, NotificationKind>> = {
  createInstance: 'purchased',
  renewInstance: 'renewed',
  upgradeInstance: 'upgraded',
  expiredInstance: 'suspended',
  releaseInstance: 'released',
}

/** Parameters with a meaning of their own; all others name billable items ("createInstance": keys of the items themselves). */
const namedParams = new Set([
  'action',
  'token',
  'aliUid',
  'orderBizId',
  'orderId',
  'instanceId',
  'productCode',
  'skuId',
  'trial',
  'expiredOn',
  'template',
  'ecsInstanceId',
  'isRefund',
])

const idRule = { pattern: /^[A-Za-z0-9_-]{1,64}$/, allowed: '1 to 64 letters, digits, - or _' }
const textRule = { pattern: /^[^\p{Cc}]{1,128}$/u, allowed: '1 to 128 printable characters' }

class MalformedParam extends Error {
  readonly field: string
  readonly allowed: string

  constructor(field: string, allowed: string) {
    super(field)
    this.field = field
    this.allowed = allowed
  }
}

/**
 * Checks the token over everything that arrived, then puts a notification into our words. Forgiving where the vendor's pages
 * and samples differ: booleans in any case, times absent or unreadable, an order missing on renewals and upgrades.
 */
export function parseNotification(params: Params, keys: readonly string[]): Inbound {
  const action = params['action'] ?? ''
  if (!tokenMatches(params, keys)) return { kind: 'rejected', action }
  const kind = Object.hasOwn(kinds, action) ? kinds[action] : undefined
  if (!kind) return { kind: 'unknown-action', action }
  try {
    const notification = readNotification(kind, params)
    return { kind: 'lifecycle', action, notification, dedupeKey: dedupeKeyOf(action, notification) }
  } catch (error) {
    if (error instanceof MalformedParam)
      return { kind: 'malformed', action, field: error.field, allowed: error.allowed }
    throw error
  }
}

function readNotification(kind: NotificationKind, params: Params): Notification {
  switch (kind) {
    case 'purchased':
      return {
        kind,
        instanceRef: required(params, 'orderBizId', idRule),
        orderRef: required(params, 'orderId', idRule),
        accountRef: required(params, 'aliUid', idRule),
        productCode: required(params, 'productCode', textRule),
        sku: required(params, 'skuId', textRule),
        items: itemsOf(params),
        trial: isTrue(params['trial']),
        expiresOn: timeOf(params['expiredOn']),
      }
    case 'renewed':
      return { kind, ...instanceAndOrder(params), expiresOn: timeOf(params['expiredOn']) }
    case 'upgraded':
      return { kind, ...instanceAndOrder(params), sku: required(params, 'skuId', textRule), items: itemsOf(params) }
    case 'suspended':
      return { kind, instanceRef: required(params, 'instanceId', idRule) }
    case 'released':
      return { kind, ...instanceAndOrder(params), refund: isTrue(params['isRefund']) }
    default:
      return kind satisfies never
  }
}

/**
 * What makes a notification the same as an earlier one. A purchase is its instance, a release too; renewals and upgrades are
 * their order (of that instance: an order may hold several). `expiredInstance` carries nothing that tells one from the next.
 */
function dedupeKeyOf(action: string, notification: Notification): string | null {
  switch (notification.kind) {
    case 'purchased':
    case 'released':
      return `${action}:${notification.instanceRef}`
    case 'renewed':
    case 'upgraded':
      return notification.orderRef === null ? null : `${action}:${notification.instanceRef}:${notification.orderRef}`
    case 'suspended':
      return null
    default:
      return notification satisfies never
  }
}

function instanceAndOrder(params: Params): { instanceRef: string; orderRef: string | null } {
  const instanceRef = required(params, 'instanceId', idRule)
  return { instanceRef, orderRef: params['orderId'] ? required(params, 'orderId', idRule) : null }
}

function required(params: Params, name: string, rule: { pattern: RegExp; allowed: string }): string {
  const value = params[name] ?? ''
  if (!rule.pattern.test(value)) throw new MalformedParam(name, rule.allowed)
  return value
}

function itemsOf(params: Params): Record<string, string> {
  return Object.fromEntries(Object.entries(keptParams(params)).filter(([name]) => !namedParams.has(name)))
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', '1', 'yes'].includes(value.trim().toLowerCase())
}

function timeOf(value: string | undefined): Date | null {
  return value === undefined ? null : readLocalTime(value)
}

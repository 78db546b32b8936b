/** Status as DescribeInstance names it for APP goods. */
export type InstanceStatus = 'OPENING' | 'OPENED' | 'EXPIRED' | 'CLOSED'

/** What a buyer can do to an instance, and the states in which it can be done. */
const allowed = {
  directLogin: ['OPENED', 'EXPIRED'],
  release: ['OPENING', 'OPENED', 'EXPIRED'],
  fallIntoArrears: ['OPENED'],
  payArrears: ['OPENED', 'EXPIRED'],
  upgrade: ['OPENED'],
} as const satisfies Record<string, readonly InstanceStatus[]>

export type BuyerAction = keyof typeof allowed

export interface Instance {
  instanceId: string
  accountId: string
  orderId: string
  productCode: string
  skuCode: string
  status: InstanceStatus
  /** What the vendor answered to createInstance; null before it did. */
  vendorInstanceId: string | null
  appInfo: Record<string, unknown>
  hostInfo: Record<string, unknown>
  /** The vendor's free remarks (`info` of its answer). */
  remarks: Record<string, unknown>
  billableItems: Record<string, string>
  inArrearsSince: Date | null
  createdAt: Date
  openedAt: Date | null
  closedAt: Date | null
}

/** Whether the buyer may do this to the instance as it stands. */
export function mayDo(action: BuyerAction, instance: Pick<Instance, 'status' | 'inArrearsSince' | 'appInfo'>): boolean {
  const states: readonly InstanceStatus[] = allowed[action]
  if (!states.includes(instance.status)) return false
  if (action === 'fallIntoArrears') return instance.inArrearsSince === null
  if (action === 'payArrears') return instance.inArrearsSince !== null
  if (action === 'directLogin') return loginAddress(instance) !== null
  return true
}

/** The vendor's `appInfo.authUrl`, when it is a web address. */
export function loginAddress(instance: Pick<Instance, 'appInfo'>): string | null {
  const url = instance.appInfo['authUrl']
  if (typeof url !== 'string' || !URL.canParse(url)) return null
  return ['http:', 'https:'].includes(new URL(url).protocol) ? url : null
}

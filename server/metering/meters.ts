import { z } from 'zod'
import type { RetentionPolicy } from '../../contract/retention.ts'

/** Where a site's prices come from: China sites, or Hong Kong and international ones. Source: M/price. */
export const priceRegion = z.enum(['CN', 'INT'])
export type PriceRegion = z.output<typeof priceRegion>

/** Words in both languages. */
interface Words {
  en: string
  zh: string
}

/**
 * How a day's quantity comes from what was measured: `sum` adds everything up; `distinct` counts different things seen in the
 * site's day; `max` is the most that was held at any moment of the day.
 */
export type DayAggregation = 'sum' | 'distinct' | 'max'

/** What a workspace's usage is counted in, and how that becomes a day's quantity. Prices are in the price books. */
export interface Meter {
  code: string
  name: Words
  /** How many of the measured thing make one unit of the price list, as decimal text: prices are "per million", "per GB". */
  unitSize: string
  unitName: Words
  aggregation: DayAggregation
  /** The policy whose days, in force when the usage was written, choose the price; null where one price holds for all. */
  retentionPolicy: RetentionPolicy | null
  /** Whether vouchers of either kind may pay for it. Source: BA/idx. */
  voucherPayable: boolean
  /** Price regions whose sites offer it. */
  priceRegions: readonly PriceRegion[]
  /**
   * `daily`: every workspace pays for it by the day. `instead_of_logs`: only workspaces that chose it, which then pay no `logs`.
   * `annual_package`: counted for annual packages only, free by the day (hosts with a collector, since 20 Apr 2023).
   */
  charged: 'daily' | 'instead_of_logs' | 'annual_package'
}

const everywhere = ['CN', 'INT'] as const
const gigabyte = { unitSize: '1000000000', unitName: { en: 'GB', zh: 'GB' } } as const
const thousand = { unitSize: '1000', unitName: { en: 'thousand', zh: '千' } } as const
const tenThousand = { unitSize: '10000', unitName: { en: '10 thousand', zh: '万' } } as const
const million = { unitSize: '1000000', unitName: { en: 'million', zh: '百万' } } as const

/** Every meter, in the order bills list them. Source: M/logic (what is counted), M/price (units). Adding one is adding a row. */
export const meters = [
  {
    code: 'time_series',
    name: { en: 'Time series', zh: '时间线' },
    ...thousand,
    aggregation: 'distinct',
    retentionPolicy: 'metrics',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'logs',
    name: { en: 'Logs', zh: '日志' },
    ...million,
    aggregation: 'sum',
    retentionPolicy: 'logs',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'log_ingest',
    name: { en: 'Log ingest', zh: '日志写入流量' },
    ...gigabyte,
    aggregation: 'sum',
    retentionPolicy: 'logs',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'instead_of_logs',
  },
  {
    code: 'forwarding_external',
    name: { en: 'Data forwarding, external storage', zh: '数据转发（外部存储）' },
    ...gigabyte,
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'forwarding_internal',
    name: { en: 'Data forwarding, internal storage', zh: '数据转发（内部存储）' },
    ...gigabyte,
    aggregation: 'max',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'network_hosts',
    name: { en: 'Network hosts', zh: '网络主机' },
    unitSize: '1',
    unitName: { en: 'host', zh: '台' },
    aggregation: 'distinct',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'traces',
    name: { en: 'Traces', zh: '链路追踪' },
    ...million,
    aggregation: 'sum',
    retentionPolicy: 'traces',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'profiles',
    name: { en: 'Profiles', zh: '性能剖析' },
    ...tenThousand,
    aggregation: 'sum',
    retentionPolicy: 'traces',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'page_views',
    name: { en: 'RUM page views', zh: '用户访问 PV' },
    ...tenThousand,
    aggregation: 'sum',
    retentionPolicy: 'page_views',
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'session_replays',
    name: { en: 'Session replays', zh: '会话重放' },
    ...thousand,
    aggregation: 'distinct',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'synthetic_tests',
    name: { en: 'Synthetic tests', zh: '可用性拨测' },
    ...tenThousand,
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: false,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'triggers',
    name: { en: 'Triggers', zh: '任务调用' },
    ...tenThousand,
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'sms',
    name: { en: 'SMS', zh: '短信' },
    unitSize: '10',
    unitName: { en: '10 messages', zh: '10 条' },
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: false,
    priceRegions: ['CN'],
    charged: 'daily',
  },
  {
    code: 'sensitive_scan',
    name: { en: 'Sensitive data scan', zh: '敏感数据扫描' },
    ...gigabyte,
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'scheduled_reports',
    name: { en: 'Scheduled reports', zh: '定时报告' },
    unitSize: '1',
    unitName: { en: 'report', zh: '次' },
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'central_pipeline',
    name: { en: 'Central pipeline', zh: '中心 Pipeline' },
    ...gigabyte,
    aggregation: 'sum',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'daily',
  },
  {
    code: 'collector_hosts',
    name: { en: 'Collector hosts', zh: '采集器主机' },
    unitSize: '1',
    unitName: { en: 'host', zh: '台' },
    aggregation: 'distinct',
    retentionPolicy: null,
    voucherPayable: true,
    priceRegions: everywhere,
    charged: 'annual_package',
  },
] as const satisfies readonly Meter[]

export type MeterCode = (typeof meters)[number]['code']

/** Meter code as it arrives from outside; anything else is refused with the list of what is allowed. */
export const meterCode = z.enum(meters.map((meter) => meter.code))

const byCode = new Map<MeterCode, Meter>(meters.map((meter) => [meter.code, meter]))
const position = new Map<MeterCode, number>(meters.map((meter, index) => [meter.code, index]))

/** The meter of a code. */
export function meterOf(code: MeterCode): Meter {
  const meter = byCode.get(code)
  if (!meter) throw new RangeError(`meter: there is no meter ${JSON.stringify(code)}`)
  return meter
}

/** Orders meters as bills list them. */
export function compareMeters(a: MeterCode, b: MeterCode): number {
  return (position.get(a) ?? meters.length) - (position.get(b) ?? meters.length)
}

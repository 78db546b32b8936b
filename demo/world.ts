import { sandboxKeys } from '../server/config.ts'
import type { Catalogue, Config } from '../server/config.ts'
import type { SandboxOptions } from '../sandbox/options.ts'

/** What the demo world sells, and where. The brand is the one the product's story is about; it is configuration. */
export const demoProductCode = 'cmgj00053362'
const metering = `${demoProductCode}-Unit-1`

export const demoCatalogue: Catalogue = {
  brand: { name: 'Guance', accent: null },
  operatorMail: ['operators@guance.example'],
  terms: { version: '2026-11-01' },
  defaultLanguage: 'en',
  sites: [
    {
      code: 'cn1',
      name: { en: 'China 1 (Hangzhou)', zh: '中国区1（杭州）' },
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      priceRegion: 'CN',
    },
    {
      code: 'cn4',
      name: { en: 'China 4 (Guangzhou)', zh: '中国区4（广州）' },
      timeZone: 'Asia/Shanghai',
      currency: 'CNY',
      priceRegion: 'CN',
    },
    {
      code: 'us1',
      name: { en: 'US 1 (Oregon)', zh: '海外区1（俄勒冈）' },
      timeZone: 'America/Los_Angeles',
      currency: 'USD',
      priceRegion: 'INT',
    },
  ],
  products: [
    {
      marketplace: 'alibaba',
      productCode: demoProductCode,
      name: { en: 'Guance Commercial Plan', zh: '观测云商业版' },
      sites: ['cn1', 'cn4'],
      url: null,
      billing: 'daily',
      metering: { by: 'amount', dimension: 'Unit', item: metering, unitAmount: '0.01', currency: 'CNY' },
    },
  ],
}

const listing: SandboxOptions['products'][number] = {
  code: demoProductCode,
  skuCodes: [`${demoProductCode}-postpay`, `${demoProductCode}-postpay-plus`],
  name: { en: 'Guance Commercial Plan', zh: '观测云商业版' },
  vendor: { en: 'Guance', zh: '观测云' },
  description: {
    en: 'Metrics, logs, traces and user experience in one place, billed by what you use.',
    zh: '指标、日志、链路与用户体验，一处可观测，按实际用量付费。',
  },
  priceLines: [
    {
      item: { en: 'Time series, per 1,000 a day', zh: '时间线，每千条每天' },
      price: { en: 'from CNY 0.6', zh: '0.6 元起' },
    },
    { item: { en: 'Logs, per million', zh: '日志，每百万条' }, price: { en: 'from CNY 1', zh: '1 元起' } },
    { item: { en: 'Traces, per million', zh: '链路，每百万条' }, price: { en: 'from CNY 2', zh: '2 元起' } },
  ],
  billing: 'daily',
  meteringItems: [
    { assit: metering, key: 'Unit', name: { en: 'Usage fee (CNY 0.01)', zh: '用量费（0.01 元）' }, unitPrice: '0.01' },
  ],
}

export interface Ports {
  host: string
  purser: number
  sandbox: number
}

/** Purser's settings in the demo world: sandbox mode, keys everybody knows. */
export function demoConfig(ports: Ports, database: Config['database'], smtpUrl: string, logLevel: string): Config {
  const product = {
    ...demoCatalogue.products[0]!,
    url: `http://${ports.host}:${ports.sandbox}/products/${demoProductCode}`,
  }
  return {
    mode: 'sandbox',
    host: ports.host,
    port: ports.purser,
    publicUrl: `http://${ports.host}:${ports.purser}`,
    secret: sandboxKeys.secret,
    database,
    mail: { smtpUrl, from: 'Guance <no-reply@guance.example>' },
    logLevel,
    catalogue: { ...demoCatalogue, products: [product] },
    marketplaces: {
      alibaba: {
        spiKeys: [sandboxKeys.alibabaSpiKey],
        accessKeyId: sandboxKeys.alibabaAccessKeyId,
        accessKeySecret: sandboxKeys.alibabaAccessKeySecret,
        endpoint: `${ports.host}:${ports.sandbox}`,
        protocol: 'http',
        statementUrl: `http://${ports.host}:${ports.sandbox}/api/statement`,
      },
    },
  }
}

/** The sandbox's settings: it knows Purser by URL and key only. */
export function demoSandboxOptions(ports: Ports, database: SandboxOptions['database']): SandboxOptions {
  return {
    database,
    host: ports.host,
    port: ports.sandbox,
    spiUrl: `http://${ports.host}:${ports.purser}/marketplaces/alibaba/spi`,
    spiKey: sandboxKeys.alibabaSpiKey,
    accessKey: { id: sandboxKeys.alibabaAccessKeyId, secret: sandboxKeys.alibabaAccessKeySecret },
    vendorName: 'Guance',
    products: [listing],
    retryIntervalMs: 2000,
  }
}

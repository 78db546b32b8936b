import { sandboxKeys } from '../server/config.ts'
import type { Catalogue, Config } from '../server/config.ts'

/** Terms everybody accepts in tests. */
export const termsVersion = '2026-01'

/** Sold on both sites. */
export const productCode = 'cmgj00070001'
/** Sold on cn1 only, daily billing. */
export const dailyProductCode = 'cmgj00070002'

/** Two sites that differ in everything a site can differ in, and two products. */
export const testCatalogue: Catalogue = {
  brand: { name: 'Guance', accent: null },
  operatorMail: ['operators@guance.test'],
  terms: { version: termsVersion },
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
      productCode,
      name: { en: 'Guance', zh: '观测云' },
      sites: ['cn1', 'us1'],
      url: 'https://market.example.com/products/cmgj00070001.html',
      billing: 'hourly',
      metering: {
        by: 'meter',
        dimensions: [
          { meter: 'logs', dimension: 'Unit', item: `${productCode}-Unit-1`, unit: '1000' },
          { meter: 'traces', dimension: 'Frequency', item: `${productCode}-Frequency-1`, unit: '1' },
        ],
      },
    },
    {
      marketplace: 'alibaba',
      productCode: dailyProductCode,
      name: { en: 'Guance (daily)', zh: '观测云（按天）' },
      sites: ['cn1'],
      url: null,
      billing: 'daily',
      metering: {
        by: 'amount',
        dimension: 'Unit',
        item: `${dailyProductCode}-Unit-1`,
        unitAmount: '0.01',
        currency: 'CNY',
      },
    },
  ],
}

/** A configuration like the demo world's, on a database of its own. */
export function testConfig(database: Config['database'], smtpUrl: string): Config {
  return {
    mode: 'sandbox',
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://purser.test',
    secret: sandboxKeys.secret,
    database,
    mail: { smtpUrl, from: 'Guance <no-reply@guance.test>' },
    logLevel: 'silent',
    catalogue: testCatalogue,
    marketplaces: {
      alibaba: {
        spiKeys: [sandboxKeys.alibabaSpiKey],
        accessKeyId: sandboxKeys.alibabaAccessKeyId,
        accessKeySecret: sandboxKeys.alibabaAccessKeySecret,
        endpoint: '127.0.0.1:1',
        protocol: 'http',
        statementUrl: null,
      },
    },
  }
}

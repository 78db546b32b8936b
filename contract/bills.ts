import { z } from 'zod'
import { csvFile } from './csv-file.ts'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { storedEvent } from './metering.ts'
import { currency } from './money.ts'
import { pageOf, pageQuery } from './paging.ts'
import { fundKind, paidByKind } from './wallet.ts'

/** Money as decimal text with the currency's decimals; may be below zero where it was given back. */
const amount = z.string()
/** Decimal text in what the meter counts; below zero where usage was taken back. */
const quantity = z.string()
/** A day of a site, such as `2026-01-31`. */
const day = z.iso.date('must be a date such as 2026-01-31')
const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'must be a month such as 2026-01')
const words = z.object({ en: z.string(), zh: z.string() })

// Daily bills

export const dailyBill = z.object({
  id: idOf('dailyBill'),
  site: field.siteCode,
  day,
  currency,
  /** Sum of the lines. */
  total: amount,
  lineCount: z.number().int(),
  /** Net of what was given back; adds up to the total. */
  paidBy: z.array(paidByKind),
  issuedAt: field.instant,
})
export type DailyBill = z.output<typeof dailyBill>

/** Which days and site of bills and their lines. */
export const periodFilter = z.object({
  /** First and last day, days of the site. */
  from: day.optional(),
  to: day.optional(),
  site: field.siteCode.optional(),
})

export const listDailyBills = endpoint({
  name: 'listDailyBills',
  method: 'GET',
  path: '/v1/billing/daily-bills',
  access: { who: 'billing' },
  summary: 'Daily bills, latest day first',
  query: pageQuery.extend(periodFilter.shape),
  response: pageOf(dailyBill),
  problems: [],
})

const billParams = z.object({ dailyBillId: idOf('dailyBill') })

export const readDailyBill = endpoint({
  name: 'readDailyBill',
  method: 'GET',
  path: '/v1/billing/daily-bills/:dailyBillId',
  access: { who: 'billing' },
  summary: 'One daily bill, with the hash its text can be proven by',
  params: billParams,
  response: dailyBill.extend({
    /** Up to where usage was counted. */
    usageCut: z.string(),
    /** SHA-256 of the bill as canonical text: computing it again gives the same. */
    hash: z.string(),
    /** What each cloud account is charged for it, by instance. */
    cloud: z.array(z.object({ instanceId: idOf('instance'), instanceRef: z.string(), amount })),
  }),
  problems: [],
})

/** What one workspace is charged for one meter and retention on one day. */
export const billLine = z.object({
  billId: idOf('dailyBill'),
  /** Place in the bill, from 1. */
  position: z.number().int(),
  site: field.siteCode,
  day,
  workspaceId: idOf('workspace'),
  workspaceName: z.string(),
  meter: z.string(),
  meterName: words,
  retentionDays: z.number().int().nullable(),
  /** `adjustment`: sets right `usageDay`, an earlier day whose usage changed after it was billed. */
  kind: z.enum(['usage', 'adjustment']),
  usageDay: day,
  quantity,
  /** The price is per this many; null for an adjustment to nothing. */
  per: z.string().nullable(),
  unitName: words,
  /** Null where several prices apply: open the line to see them. */
  unitPrice: z.string().nullable(),
  currency,
  amount,
  /** What paid it, or where the money of a line below zero went back to. */
  paidBy: z.array(z.object({ fund: fundKind, id: z.string().nullable(), amount })),
})
export type BillLine = z.output<typeof billLine>

const lineFilter = z.object({ workspaceId: idOf('workspace').optional(), meter: z.string().max(60).optional() })

export const listBillLines = endpoint({
  name: 'listBillLines',
  method: 'GET',
  path: '/v1/billing/daily-bills/:dailyBillId/lines',
  access: { who: 'billing' },
  summary: 'Lines of one daily bill, in its order',
  params: billParams,
  query: pageQuery.extend(lineFilter.shape),
  response: pageOf(billLine),
  problems: [],
})

export const listCharges = endpoint({
  name: 'listCharges',
  method: 'GET',
  path: '/v1/billing/charges',
  access: { who: 'billing' },
  summary: 'Consumption details: lines of all daily bills of a period, latest day first',
  query: pageQuery.extend({ ...periodFilter.shape, ...lineFilter.shape }),
  response: pageOf(billLine),
  problems: [],
})

export const exportCharges = endpoint({
  name: 'exportCharges',
  method: 'GET',
  path: '/v1/billing/charges.csv',
  access: { who: 'billing' },
  summary: 'Consumption details as CSV, one line for each line of a bill, latest day first',
  query: periodFilter.extend({ ...lineFilter.shape, billId: idOf('dailyBill').optional() }),
  response: csvFile,
  answeredAs: 'text/csv',
  problems: [],
})

const lineParams = billParams.extend({ position: z.coerce.number().int().min(1).max(2_000_000_000) })

const shareOfQuantity = z.object({ quantity, unitPrice: z.string() })

/** A line with everything it follows from. */
export const explainedLine = billLine.extend({
  /** The price it was charged by, as it stands in the price book for ever; null for an adjustment to nothing. */
  price: z
    .object({
      book: z.string(),
      version: z.number().int(),
      effectiveFrom: day,
      id: z.string(),
      /** flat: quantity ÷ per × price; graduated: each share at its tier's price; volume: all at one tier's; package: started packages. */
      model: z.enum(['flat', 'graduated', 'volume', 'package']),
      per: z.string(),
      unitPrice: z.string().nullable(),
      /** Shares of the quantity with a price each; empty where one price applies to all. */
      shares: z.array(shareOfQuantity),
      annualPackage: z.object({ code: z.string(), factor: z.string() }).nullable(),
    })
    .nullable(),
  /** For adjustments: what was billed for that day before, and what it costs as known when this bill was made. */
  adjusts: z
    .object({ billed: z.object({ quantity, amount }), rated: z.object({ quantity, amount }).nullable() })
    .nullable(),
  /** Usage per hour of the day it belongs to, as known now; late usage and corrections included. */
  hours: z.array(z.object({ hour: field.instant, quantity })),
  /** When hours and events were deleted because the workspace was dissolved; null while they are kept. */
  detailDeletedAt: field.instant.nullable(),
  /** Other lines about the same usage: the day's own and later adjustments. */
  related: z.array(
    z.object({
      billId: idOf('dailyBill'),
      position: z.number().int(),
      day,
      kind: z.enum(['usage', 'adjustment']),
      amount,
    }),
  ),
})
export type ExplainedLine = z.output<typeof explainedLine>

export const explainBillLine = endpoint({
  name: 'explainBillLine',
  method: 'GET',
  path: '/v1/billing/daily-bills/:dailyBillId/lines/:position',
  access: { who: 'billing' },
  summary: 'One line opened: its price rule, how the amount comes about, hours, and what paid it',
  params: lineParams,
  response: explainedLine,
  problems: [],
})

export const listLineEvents = endpoint({
  name: 'listLineEvents',
  method: 'GET',
  path: '/v1/billing/daily-bills/:dailyBillId/lines/:position/events',
  access: { who: 'billing' },
  summary: 'Usage events a line is made of, latest first; corrected and late ones included',
  params: lineParams,
  query: pageQuery,
  response: pageOf(storedEvent),
  problems: [],
})

// Monthly bills

export const monthlyBill = z.object({
  id: idOf('monthlyBill'),
  site: field.siteCode,
  month,
  currency,
  total: amount,
  paidBy: z.array(paidByKind),
  issuedAt: field.instant,
})
export type MonthlyBill = z.output<typeof monthlyBill>

export const listMonthlyBills = endpoint({
  name: 'listMonthlyBills',
  method: 'GET',
  path: '/v1/billing/monthly-bills',
  access: { who: 'billing' },
  summary: 'Monthly bills, latest month first; the bill of a month appears after the 3rd of the next',
  query: pageQuery.extend({ site: field.siteCode.optional() }),
  response: pageOf(monthlyBill),
  problems: [],
})

const monthlyParams = z.object({ monthlyBillId: idOf('monthlyBill') })

export const readMonthlyBill = endpoint({
  name: 'readMonthlyBill',
  method: 'GET',
  path: '/v1/billing/monthly-bills/:monthlyBillId',
  access: { who: 'billing' },
  summary: 'One monthly bill with its days',
  params: monthlyParams,
  response: monthlyBill.extend({ hash: z.string(), days: z.array(z.object({ day, total: amount })) }),
  problems: [],
})

export const monthlyLine = z.object({
  workspaceId: idOf('workspace'),
  workspaceName: z.string(),
  meter: z.string(),
  meterName: words,
  retentionDays: z.number().int().nullable(),
  quantity,
  amount,
  /** The part of the amount that sets earlier days right. */
  adjustments: amount,
})
export type MonthlyLine = z.output<typeof monthlyLine>

export const listMonthlyLines = endpoint({
  name: 'listMonthlyLines',
  method: 'GET',
  path: '/v1/billing/monthly-bills/:monthlyBillId/lines',
  access: { who: 'billing' },
  summary: 'Lines of one monthly bill: each meter of each workspace, summed over the month',
  params: monthlyParams,
  query: pageQuery,
  response: pageOf(monthlyLine),
  problems: [],
})

export const exportMonthlyBill = endpoint({
  name: 'exportMonthlyBill',
  method: 'GET',
  path: '/v1/billing/monthly-bills/:monthlyBillId/lines.csv',
  access: { who: 'billing' },
  summary: 'Lines of one monthly bill as CSV',
  params: monthlyParams,
  response: csvFile,
  answeredAs: 'text/csv',
  problems: [],
})

// Console

export const readCost = endpoint({
  name: 'readCost',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/cost',
  access: { who: 'workspace', role: 'member' },
  summary:
    'What the workspace costs: today so far, this month and what it is expected to come to, and each day of the last weeks, by meter',
  params: z.object({ workspaceId: idOf('workspace') }),
  query: z.object({ days: z.coerce.number().int().min(1).max(90).default(30) }),
  response: z.object({
    /** `free`: nobody pays for the workspace, and nothing is charged; all amounts are 0. */
    charged: z.enum(['by_usage', 'free']),
    currency,
    today: z.object({
      day,
      total: amount,
      lines: z.array(
        z.object({
          meter: z.string(),
          meterName: words,
          retentionDays: z.number().int().nullable(),
          quantity,
          amount,
        }),
      ),
      /** Meters with usage that no price is known for; their bill would wait for one. */
      withoutPrice: z.array(z.string()),
    }),
    /** By the days the usage belongs to, from the first of the site's month to now. */
    monthToNow: amount,
    /** One per day up to and including today, oldest first; later adjustments stand with the day they set right. `byMeter` adds up to `amount`. */
    trend: z.array(z.object({ day, amount, byMeter: z.array(z.object({ meter: z.string(), amount })) })),
    /** The meters of `trend`, those that cost the most first. */
    meters: z.array(z.object({ meter: z.string(), name: words })),
    /**
     * What the whole month is expected to come to, and each of its coming days, if they are like the last 7 full ones without the cheapest
     * and the dearest; null before there are 3.
     */
    forecast: z.object({ low: amount, high: amount, day: z.object({ low: amount, high: amount }) }).nullable(),
  }),
  problems: [],
})

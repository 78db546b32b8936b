import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { currency } from './money.ts'
import { pageOf, pageQuery } from './paging.ts'

/** Where a usage record stands on its way to the marketplace. */
export const pushStates = [
  /** Its period still gathers usage. */
  'OPEN',
  /** Definite: its units never change again; waits to be sent. */
  'SEALED',
  /** Committed before the call; the answer is not known yet. */
  'SENDING',
  'ACCEPTED',
  /** The marketplace says it had it already. */
  'DUPLICATE',
  /** Refused for good, or given up by an operator. */
  'REJECTED',
  /** Sent, and nobody knows whether it was counted. Never sent again blindly. */
  'UNKNOWN',
  /** Not taken before the deadline; the marketplace will never bill it. */
  'EXPIRED',
  /** Less than one unit: nothing to report, all of it went to the next period. */
  'CARRIED',
] as const
export const pushState = z.enum(pushStates)
export type PushState = z.output<typeof pushState>

const marketplace = z.string().min(1).max(40)
const productCode = z.string().min(1).max(100)
const instanceRef = z.string().min(1).max(200)
/** The marketplace's day, such as `2026-03-10`. */
const day = z.iso.date('must be a day such as 2026-03-10')
/** Exact decimal text; may be below zero where something was taken back. */
const exact = z.string()

/** What one instance is reported for one dimension and one period. */
export const push = z.object({
  id: idOf('usageRecord'),
  marketplace,
  productCode,
  instanceId: idOf('instance'),
  instanceRef,
  dimension: z.string(),
  /** Which of several items with that dimension (Alibaba: `meteringAssit`); null where the product has none. */
  item: z.string().nullable(),
  /** What is measured: a meter, or money in a currency. */
  measures: z.discriminatedUnion('of', [
    z.object({ of: z.literal('meter'), meter: z.string() }),
    z.object({ of: z.literal('amount'), currency }),
  ]),
  granularity: z.enum(['hourly', 'daily']),
  periodFrom: field.instant,
  periodUntil: field.instant,
  state: pushState,
  /** The last instant at which the marketplace takes it. */
  deadline: field.instant,
  /** When it becomes definite. */
  sealAt: field.instant,
  /** Not sent before this; null where it is not waiting. */
  sendAfter: field.instant.nullable(),
  /** What the period measured, in the measured unit. */
  measured: exact,
  /** What earlier periods left, whole units reported, and what is left for the next; null while it is open. */
  sealed: z.object({ carriedIn: exact, unit: exact, units: exact, carriedOut: exact, at: field.instant }).nullable(),
  attempts: z.number().int(),
  /** The last word about it: the marketplace's code, or ours. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  endedAt: field.instant.nullable(),
  /** What an operator decided about what was never collected. */
  uncollected: z.enum(['waived', 'to_debt']).nullable(),
})
export type Push = z.output<typeof push>

export const listPushes = endpoint({
  name: 'listPushes',
  method: 'GET',
  path: '/v1/operator/pushes',
  access: { who: 'operator' },
  summary: 'Usage reports to marketplaces by state, with their deadlines; soonest first, or latest first',
  query: pageQuery.extend({
    state: pushState.optional(),
    marketplace: marketplace.optional(),
    productCode: productCode.optional(),
    instanceRef: instanceRef.optional(),
    /** Deadlines before this instant only. */
    deadlineBefore: field.instant.optional(),
    order: z.enum(['soonest', 'latest']).default('latest'),
  }),
  response: pageOf(push),
  problems: [],
})

export const readPushSummary = endpoint({
  name: 'readPushSummary',
  method: 'GET',
  path: '/v1/operator/push-summary',
  access: { who: 'operator' },
  summary:
    'How many usage reports stand where, the next deadline of each state, the deadlines of the next two days, and open differences',
  response: z.object({
    states: z.array(z.object({ state: pushState, count: z.number().int(), nextDeadline: field.instant.nullable() })),
    /** Reports that still can be taken and whose deadline is near. */
    nearDeadline: z.number().int(),
    openDifferences: z.number().int(),
    /** Reports that have not ended, by the hour their deadline lies in; hours without any are left out. */
    deadlines: z.object({
      /** Those whose deadline is past: nobody knows yet what became of them. */
      past: z.number().int(),
      /** The hours of the next two days, soonest first. */
      hours: z.array(
        z.object({
          from: field.instant,
          /** Still being measured. */
          open: z.number().int(),
          /** Ready to be sent, or sent without an answer. */
          waiting: z.number().int(),
          /** Like `waiting`, and people were warned that the deadline is near. */
          near: z.number().int(),
        }),
      ),
    }),
  }),
  problems: [],
})

const pushParams = z.object({ usageRecordId: idOf('usageRecord') })

/** One call a report was in, and what was said about the report. */
export const pushCall = z.object({
  id: idOf('push'),
  startedAt: field.instant,
  finishedAt: field.instant.nullable(),
  /** Null while it runs, and for ever when its sender died. */
  verdict: z.enum(['accepted', 'duplicate', 'rejected', 'retry', 'unknown']).nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  receipt: z.string().nullable(),
  /** How many reports the call held. */
  reports: z.number().int(),
})
export type PushCall = z.output<typeof pushCall>

/** What one bill charges for what a report of a meter holds. */
export const billOfPush = z.object({
  billId: idOf('dailyBill'),
  site: z.string(),
  /** The site's day the bill is for. */
  day,
  currency,
  amount: exact,
  /** How much of it was not collected because the report was refused or came too late; null while the bill is not settled. */
  uncollected: exact.nullable(),
})
export type BillOfPush = z.output<typeof billOfPush>

export const readPush = endpoint({
  name: 'readPush',
  method: 'GET',
  path: '/v1/operator/pushes/:usageRecordId',
  access: { who: 'operator' },
  summary: 'One usage report with its latest calls, and the bills that charge for what it holds (at most 50 of each)',
  params: pushParams,
  response: push.extend({
    calls: z.array(pushCall),
    /** Latest first; none where the report is of money itself. */
    bills: z.array(billOfPush),
  }),
  problems: [],
})

export const listPushSources = endpoint({
  name: 'listPushSources',
  method: 'GET',
  path: '/v1/operator/pushes/:usageRecordId/sources',
  access: { who: 'operator' },
  summary: 'What a usage report is made of: bills, or hours of workspaces',
  params: pushParams,
  query: pageQuery,
  response: pageOf(z.object({ source: z.string(), quantity: exact, updatedAt: field.instant })),
  problems: [],
})

export const resolvePush = endpoint({
  name: 'resolvePush',
  method: 'POST',
  path: '/v1/operator/pushes/:usageRecordId/resolution',
  access: { who: 'operator' },
  summary: 'Settle a report nobody knows the fate of: it was counted, it was not and is sent again, or it is given up',
  params: pushParams,
  body: z.object({
    resolution: z.enum(['accepted', 'send_again', 'rejected']),
    /** What was found, and where; kept with the report. */
    because: z.string().trim().min(3, 'must say what was found, in at least 3 characters').max(500),
  }),
  response: push,
  problems: ['push_not_unknown', 'push_deadline_over'],
})

export const decideUncollected = endpoint({
  name: 'decideUncollected',
  method: 'POST',
  path: '/v1/operator/pushes/:usageRecordId/uncollected',
  access: { who: 'operator' },
  summary: 'Decide what becomes of a refused or expired report: we waive it, or the payer owes it',
  params: pushParams,
  body: z.object({ choice: z.enum(['waived', 'to_debt']) }),
  response: push,
  problems: ['push_not_uncollected'],
})

/** How the two sides can differ. */
export const differenceKinds = [
  /** We hold more for accepted than the marketplace counted. */
  'counted_less',
  /** The marketplace counted more than we hold for accepted. */
  'counted_more',
  /** Counted and not billed: it came late, overlapped, or was outside service. */
  'not_billed',
  /** Billed at another amount than the units are worth. */
  'amount_differs',
  /** Nobody knows whether it was counted. */
  'unknown',
  /** Never reached the marketplace, and nobody has decided what becomes of its money. */
  'expired',
  'rejected',
  /** Still on its way after the deadline. */
  'unfinished',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

export const difference = z.object({
  id: idOf('difference'),
  marketplace,
  productCode,
  instanceRef,
  dimension: z.string(),
  item: z.string().nullable(),
  day,
  kind: z.enum(differenceKinds),
  /** In units; in money for `amount_differs`. */
  ours: exact,
  theirs: exact,
  usageRecordId: idOf('usageRecord').nullable(),
  firstSeenAt: field.instant,
  lastSeenAt: field.instant,
  /** When a later look no longer found it; null while it stands. */
  goneAt: field.instant.nullable(),
})
export type SettlementDifference = z.output<typeof difference>

export const listDifferences = endpoint({
  name: 'listDifferences',
  method: 'GET',
  path: '/v1/operator/differences',
  access: { who: 'operator' },
  summary: 'Differences between us and the marketplaces, newest first',
  query: pageQuery.extend({
    /** `standing` (unless told otherwise): only those still found. */
    show: z.enum(['standing', 'all']).default('standing'),
    productCode: productCode.optional(),
    instanceRef: instanceRef.optional(),
    day: day.optional(),
  }),
  response: pageOf(difference),
  problems: [],
})

export const listReconciliations = endpoint({
  name: 'listReconciliations',
  method: 'GET',
  path: '/v1/operator/reconciliations',
  access: { who: 'operator' },
  summary: 'Days held against the marketplace’s statement, latest looked at first',
  query: pageQuery.extend({ productCode: productCode.optional() }),
  response: pageOf(
    z.object({
      marketplace,
      productCode,
      day,
      ranAt: field.instant,
      /** False where there was no statement to hold against. */
      stated: z.boolean(),
      pushed: exact,
      accepted: exact,
      billed: exact.nullable(),
      differences: z.number().int(),
    }),
  ),
  problems: [],
})

export const importStatement = endpoint({
  name: 'importStatement',
  method: 'POST',
  path: '/v1/operator/statements',
  access: { who: 'operator' },
  summary:
    'Take a marketplace’s bill as CSV: product_code, instance_id, dimension, item, day, accepted, billed, amount, currency',
  body: z.object({ marketplace, csv: z.string().min(1, 'must be the content of a CSV file').max(900_000) }),
  response: z.object({ lines: z.number().int(), days: z.number().int() }),
  problems: ['file_unreadable'],
})

/** What was reported for one of the payer's instances, in words for the payer. */
export const reportedUsage = z.object({
  id: idOf('usageRecord'),
  dimension: z.string(),
  measures: push.shape.measures,
  /** Name of the meter that is measured; null where money is. */
  meterName: z.object({ en: z.string(), zh: z.string() }).nullable(),
  periodFrom: field.instant,
  periodUntil: field.instant,
  state: pushState,
  measured: exact,
  units: exact.nullable(),
  unit: exact.nullable(),
  /** When its fate was settled; null while it is on its way. */
  endedAt: field.instant.nullable(),
})
export type ReportedUsage = z.output<typeof reportedUsage>

export const listReportedUsage = endpoint({
  name: 'listReportedUsage',
  method: 'GET',
  path: '/v1/billing/instances/:instanceId/reported-usage',
  access: { who: 'billing' },
  summary: 'What was reported to the marketplace for one of your instances, latest period first',
  params: z.object({ instanceId: idOf('instance') }),
  query: pageQuery,
  response: pageOf(reportedUsage),
  problems: [],
})

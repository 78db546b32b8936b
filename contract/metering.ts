import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { pageOf, pageQuery } from './paging.ts'

/** What one call of `POST /v1/usage` may hold, and how far from now an event may lie. */
export const usageLimits = {
  /** Events in one call, corrections included; a stream of lines may hold any number. */
  eventsPerCall: 5000,
  /** Corrections (voids and replacements) in one call. */
  correctionsPerCall: 200,
  /** Bytes of the body, as sent and after decompression. */
  bytesPerCall: 8 * 1024 * 1024,
  /** A stream of lines has no end set for it; one line has. */
  charactersPerLine: 1024 * 1024,
  /** Refused events a stream's answer lists; it counts them all. */
  rejectedListed: 1000,
  /** An event may be this far ahead of our clock. */
  aheadSeconds: 300,
  /** An event may be this old; days closed meanwhile get an adjustment. */
  lateDays: 62,
  idCharacters: 200,
  sourceCharacters: 200,
  itemCharacters: 256,
  /** Things one event may tell in `data.observed`. */
  observedPerEvent: 1000,
  /** How often one item of a distinct meter may count, e.g. a session longer than four hours. */
  itemWeight: 100,
} as const

/** Media types of `POST /v1/usage`; any of them gzip- or zstd-encoded. `application/json` may hold one event or a list. */
export const usageMediaTypes = [
  'application/cloudevents+json',
  'application/cloudevents-batch+json',
  'application/x-ndjson',
  'application/json',
] as const

/** What an event says: usage, or that an earlier event no longer counts. */
export const usageEventTypes = ['purser.usage.recorded', 'purser.usage.voided', 'purser.usage.replaced'] as const
export type UsageEventType = (typeof usageEventTypes)[number]

const target = z.object({
  id: z.string().min(1).max(usageLimits.idCharacters),
  source: z.string().min(1).max(usageLimits.sourceCharacters).optional(),
})
const usageData = z.object({
  meter: z.string(),
  quantity: z.union([z.number(), z.string()]).optional(),
  /** What was seen, instead of a quantity, where a meter counts oddly: traces, page views, large entries, triggers. */
  observed: z.union([z.looseObject({}), z.array(z.looseObject({})).max(usageLimits.observedPerEvent)]).optional(),
  retentionDays: z.int().optional(),
  item: z.string().min(1).max(usageLimits.itemCharacters).optional(),
})
const envelope = {
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(usageLimits.idCharacters),
  source: z.string().min(1).max(usageLimits.sourceCharacters),
  /** The workspace; may be left out with a key of a workspace. */
  subject: z.string().optional(),
  /** When it was used, RFC 3339; the instant of receipt when left out. */
  time: z.iso.datetime({ offset: true }).optional(),
}

/**
 * One event, CloudEvents 1.0. (source, id) counts once for ever among the events of a workspace's keys, and among those of
 * the vendor's keys. `quantity` is a decimal text, or a number that a double holds exactly enough to print again; distinct
 * meters take `item` instead, what is counted, and count it once a day.
 */
export const usageEvent = z.discriminatedUnion('type', [
  z.looseObject({ ...envelope, type: z.literal('purser.usage.recorded'), data: usageData }),
  z.looseObject({ ...envelope, type: z.literal('purser.usage.voided'), data: z.object({ corrects: target }) }),
  z.looseObject({
    ...envelope,
    type: z.literal('purser.usage.replaced'),
    data: usageData.extend({ corrects: target }),
  }),
])

interface Words {
  en: string
  zh: string
}

/** Why one event was not taken. `{name}` takes a detail. */
export const usageRejections = {
  invalid: { en: '{field} {rule}.', zh: '{field} 不符合要求：{rule}。' },
  not_json: { en: 'This line is not JSON.', zh: '该行不是有效的 JSON。' },
  line_too_long: {
    en: 'This line is longer than {max} characters.',
    zh: '该行超过 {max} 个字符。',
  },
  unknown_meter: {
    en: 'data.meter: there is no such meter. Allowed: {allowed}.',
    zh: 'data.meter：没有该计量项，可用的有：{allowed}。',
  },
  unknown_workspace: {
    en: 'subject: there is no such workspace, or this key may not report for it.',
    zh: 'subject：没有该工作空间，或该密钥无权为其上报用量。',
  },
  workspace_locked: {
    en: 'The workspace is locked; its usage is not taken until somebody pays for it again.',
    zh: '该工作空间已锁定，恢复付费之前不再接收用量。',
  },
  free_quota_exceeded: {
    en: 'The free plan takes at most {quota} of {meter} a day. It opens again at midnight of the site, or with the commercial plan.',
    zh: '免费版每天最多接收 {quota} 的 {meter} 用量，站点零点后或升级商业版后恢复。',
  },
  not_on_free_plan: {
    en: '{meter} is not part of the free plan.',
    zh: '免费版不包含 {meter}。',
  },
  not_on_site: {
    en: '{meter} is not offered on site {site}.',
    zh: '站点 {site} 不提供 {meter}。',
  },
  too_far_ahead: {
    en: 'time is more than {seconds} seconds ahead of our clock ({now}).',
    zh: 'time 比服务器时间（{now}）超前 {seconds} 秒以上。',
  },
  too_late: {
    en: 'time is more than {days} days ago; usage is taken up to then.',
    zh: 'time 已超过 {days} 天，无法再接收。',
  },
  unknown_target: {
    en: 'data.corrects: there is no such event of this workspace. Send it first.',
    zh: 'data.corrects：该工作空间没有这一事件，请先上报原事件。',
  },
  already_corrected: {
    en: 'data.corrects: another event already corrected this one.',
    zh: 'data.corrects：该事件已被其他事件更正。',
  },
  id_taken: {
    en: 'id: another event has this source and id already. Give the correction an id of its own.',
    zh: 'id：已有其他事件使用相同的 source 和 id，请为更正事件使用新的 id。',
  },
  too_many_corrections: {
    en: 'At most {max} corrections are taken in one call. Send this one again in another.',
    zh: '每次调用最多接收 {max} 条更正，请将该条放到下一次调用中重新上报。',
  },
} as const satisfies Record<string, Words>
export type UsageRejectionCode = keyof typeof usageRejections

const rejectionCodes = Object.keys(usageRejections) as [UsageRejectionCode, ...UsageRejectionCode[]]

export const rejectedEvent = z.object({
  /** Place of the event in the call, from 0. */
  index: z.int(),
  /** The event's id, where it could be read. */
  id: z.string().nullable(),
  code: z.enum(rejectionCodes),
  /** The member that was refused, such as `data.quantity`; null where it is none in particular. */
  field: z.string().nullable(),
  message: z.string(),
})
export type RejectedEvent = z.output<typeof rejectedEvent>

/** What became of a call's events. Everything not listed in `rejected` is committed: now, or by an earlier call (`duplicates`). */
export const usageAnswer = z.object({
  inserted: z.int(),
  duplicates: z.int(),
  rejected: z.array(rejectedEvent),
  /** How many were refused in all, where a stream had more than are listed. */
  rejectedInAll: z.int().optional(),
})
export type UsageAnswer = z.output<typeof usageAnswer>

export const sendUsage = endpoint({
  name: 'sendUsage',
  method: 'POST',
  path: '/v1/usage',
  access: { who: 'usage-key' },
  summary:
    'Report usage: one event, a list, or one event a line. 200 means committed; sending the same events again counts nothing twice. When every event was refused the status is 422, with the same body',
  sent: { mediaTypes: usageMediaTypes, schema: z.union([usageEvent, z.array(usageEvent)]) },
  response: usageAnswer,
  problems: [
    'api_key_wrong',
    'usage_busy',
    'body_unreadable',
    'body_too_large',
    'too_many_events',
    'media_type_unsupported',
  ],
})

const workspaceParams = z.object({ workspaceId: idOf('workspace') })
const day = z.iso.date('must be a date such as 2026-01-31')

/** Usage of one meter under one retention in the running month of the site. Quantities are decimal texts. */
export const meterUsage = z.object({
  meter: z.string(),
  name: z.object({ en: z.string(), zh: z.string() }),
  /** How many of the measured thing make one unit of the price list, and what the unit is called. */
  unitSize: z.string(),
  unitName: z.object({ en: z.string(), zh: z.string() }),
  aggregation: z.enum(['sum', 'distinct', 'max']),
  retentionDays: z.int().nullable(),
  today: z.string(),
  yesterday: z.string(),
  /** Sum of the month's days, today left out: what bills have seen or will see tonight at the latest. */
  toYesterday: z.string(),
  /** Sum of the month's days, today as it stands. */
  toNow: z.string(),
})
export type MeterUsage = z.output<typeof meterUsage>

export const readUsage = endpoint({
  name: 'readUsage',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/usage',
  access: { who: 'workspace', role: 'member' },
  summary: 'Usage of the running month per meter: today, yesterday, to yesterday and to now',
  params: workspaceParams,
  response: z.object({
    /** Today at the site, and the first day of its month. */
    today: day,
    monthBegins: day,
    timeZone: z.string(),
    meters: z.array(meterUsage),
  }),
  problems: [],
})

export const readUsageSeries = endpoint({
  name: 'readUsageSeries',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/usage/series',
  access: { who: 'workspace', role: 'member' },
  summary: 'Usage of one meter by day (at most 100) or by hour (at most 7 days), for charts',
  params: workspaceParams,
  query: z.object({
    meter: z.string(),
    /** First and last day, days of the site. */
    from: day,
    to: day,
    step: z.enum(['day', 'hour']).default('day'),
  }),
  response: z.object({
    meter: z.string(),
    step: z.enum(['day', 'hour']),
    /** Days and hours without usage are left out. `at`: the day, or the begin of the hour. */
    points: z.array(z.object({ at: z.string(), retentionDays: z.int().nullable(), quantity: z.string() })),
  }),
  problems: ['unknown_meter', 'range_too_long'],
})

/** One stored event as it was counted. */
export const storedEvent = z.object({
  id: z.string(),
  source: z.string(),
  time: field.instant,
  receivedAt: field.instant,
  quantity: z.string(),
  item: z.string().nullable(),
  retentionDays: z.int().nullable(),
  /** The event that voided or replaced this one; null where it counts. */
  correctedBy: z.object({ kind: z.enum(['void', 'replace']), source: z.string(), id: z.string() }).nullable(),
})
export type StoredEvent = z.output<typeof storedEvent>

export const listUsageEvents = endpoint({
  name: 'listUsageEvents',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/usage/events',
  access: { who: 'workspace', role: 'member' },
  summary: 'Events behind one day of one meter, latest first',
  params: workspaceParams,
  query: pageQuery.extend({ meter: z.string(), day }),
  response: pageOf(storedEvent),
  problems: ['unknown_meter'],
})

/** A key that may send usage. The token itself is shown once, when it is made. */
export const apiKey = z.object({
  id: idOf('apiKey'),
  name: z.string(),
  /** First characters of the token, to tell keys apart. */
  beginsWith: z.string(),
  createdAt: field.instant,
  /** Last use, to within a minute; null when never used. */
  lastUsedAt: field.instant.nullable(),
  /** When it stops working: the end of a rotation's overlap; null while it has no end. */
  expiresAt: field.instant.nullable(),
})
export type ApiKey = z.output<typeof apiKey>
const newApiKey = apiKey.extend({ token: z.string() })
const keyParams = workspaceParams.extend({ apiKeyId: idOf('apiKey') })

export const listApiKeys = endpoint({
  name: 'listApiKeys',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/api-keys',
  access: { who: 'workspace', role: 'owner' },
  summary: 'Keys of this workspace that work, newest first',
  params: workspaceParams,
  query: pageQuery,
  response: pageOf(apiKey),
  problems: [],
})

export const createApiKey = endpoint({
  name: 'createApiKey',
  method: 'POST',
  path: '/v1/console/workspaces/:workspaceId/api-keys',
  access: { who: 'workspace', role: 'owner' },
  summary: 'Make a key that may send usage for this workspace; the token is shown this once',
  params: workspaceParams,
  body: z.object({
    requestKey: field.requestKey,
    name: z.string().trim().min(1, 'must not be empty').max(64, 'must be at most 64 characters'),
  }),
  response: newApiKey,
  problems: ['too_many_api_keys', 'workspace_dissolved'],
})

export const rotateApiKey = endpoint({
  name: 'rotateApiKey',
  method: 'POST',
  path: '/v1/console/workspaces/:workspaceId/api-keys/:apiKeyId/rotate',
  access: { who: 'workspace', role: 'owner' },
  summary: 'Make a successor of a key; the former goes on working for 24 hours',
  params: keyParams,
  body: z.object({ requestKey: field.requestKey }),
  response: newApiKey,
  problems: ['workspace_dissolved'],
})

export const revokeApiKey = endpoint({
  name: 'revokeApiKey',
  method: 'DELETE',
  path: '/v1/console/workspaces/:workspaceId/api-keys/:apiKeyId',
  access: { who: 'workspace', role: 'owner' },
  summary: 'End a key; within 5 seconds nothing takes it any more',
  params: keyParams,
  response: z.object({}),
  problems: ['workspace_dissolved'],
})

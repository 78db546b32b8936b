import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'
import { pageOf, pageQuery } from './paging.ts'

/* The operator desk: finding any record, what happened to it, who did it, and activations that stand still. */

/** Any id of ours: four letters that name the kind, and 32 hex digits. */
const recordId = z.string().regex(/^[a-z]{4}_[0-9a-f]{32}$/, 'must be an id such as wksp_ followed by 32 hex digits')

/** The kinds of record the desk can open. */
export const recordKinds = [
  'billingAccount',
  'consoleAccount',
  'workspace',
  'cloudAccount',
  'instance',
  'activation',
  'usageRecord',
  'dailyBill',
] as const
export const recordKind = z.enum(recordKinds)
export type RecordKind = (typeof recordKinds)[number]

/** A record by the words people know it by. */
export const recordName = z.object({
  kind: recordKind,
  id: recordId,
  /** What it is called: a username, a name, the marketplace's own id. */
  title: z.string(),
  /** What tells it from others of that name: company, site, product, state. */
  about: z.string(),
})
export type RecordName = z.output<typeof recordName>

export const searchRecords = endpoint({
  name: 'searchRecords',
  method: 'GET',
  path: '/v1/operator/search',
  access: { who: 'operator' },
  summary:
    'Find accounts, workspaces, purchases and more by whole id, or any part of a name, e-mail or the marketplace’s ids (two letters or digits: its beginning); at most 10 of a kind',
  query: z.object({
    text: z.string().trim().min(2, 'must have at least 2 characters').max(200, 'must be at most 200 characters'),
  }),
  response: z.object({
    items: z.array(recordName),
    /** Kinds of which there are more than are shown: more words narrow it down. */
    more: z.array(recordKind),
  }),
  problems: [],
})

/** What the desk knows of a record by name; the screen has the words for each. */
export const factNames = [
  'username',
  'email',
  'company',
  'currency',
  'site',
  'standing',
  'plan',
  'countdownEnds',
  'dissolves',
  'dissolved',
  'marketplace',
  'accountRef',
  'instanceRef',
  'orderRef',
  'product',
  'sku',
  'status',
  'source',
  'path',
  'state',
  'language',
  'paidBy',
  'role',
  'day',
  'total',
  'created',
  'bound',
  'confirmed',
  'finished',
] as const

export const record = recordName.extend({
  facts: z.array(
    z.object({ name: z.enum(factNames), value: z.string(), is: z.enum(['text', 'code', 'instant', 'ref']) }),
  ),
  /** What belongs to it, and what it belongs to; at most 50 of a kind. */
  related: z.array(recordName),
})
export type OperatorRecord = z.output<typeof record>

const recordParams = z.object({ recordId })

export const readRecord = endpoint({
  name: 'readRecord',
  method: 'GET',
  path: '/v1/operator/records/:recordId',
  access: { who: 'operator' },
  summary: 'One record with what is known of it and what it belongs to',
  params: recordParams,
  response: record,
  problems: [],
})

/** Who did it: the kind of actor, and the words people know them by where there are any. */
const doer = z.object({ kind: z.string(), id: z.string().nullable(), name: z.string().nullable() })

export const auditEntry = z.object({
  id: idOf('audit'),
  at: field.instant,
  /** What happened, such as `workspace.locked`. */
  what: z.string(),
  by: doer,
  /** Ids it concerns, by their names. */
  about: z.record(z.string(), z.string()),
  /** The rest of what is known; never a secret. */
  detail: z.record(z.string(), z.unknown()),
  requestId: z.string().nullable(),
  ip: z.string().nullable(),
})
export type AuditEntry = z.output<typeof auditEntry>

export const listTimeline = endpoint({
  name: 'listTimeline',
  method: 'GET',
  path: '/v1/operator/records/:recordId/timeline',
  access: { who: 'operator' },
  summary: 'What happened to one record, latest first',
  params: recordParams,
  query: pageQuery,
  response: pageOf(auditEntry),
  problems: [],
})

export const listAudit = endpoint({
  name: 'listAudit',
  method: 'GET',
  path: '/v1/operator/audit',
  access: { who: 'operator' },
  summary: 'Every change: who, what, to which thing; latest first',
  query: pageQuery.extend({
    /** Only changes by this kind of actor, such as `operator`. */
    by: z
      .enum(['anyone', 'activation', 'console', 'billing', 'operator', 'usage-key', 'marketplace', 'system'])
      .optional(),
    /** Only changes by this actor. */
    actorId: z.string().max(200).optional(),
    /** Only this kind of change, or all of a family: `voucher.granted`, `voucher`. */
    what: z
      .string()
      .regex(/^[a-z_]+(\.[a-z_]+)?$/, 'must be a kind of event such as voucher.granted, or its first part')
      .optional(),
  }),
  response: pageOf(auditEntry),
  problems: [],
})

export const activationInShort = z.object({
  id: idOf('activation'),
  state: z.enum(['open', 'done']),
  source: z.enum(['hand-off', 'website']),
  path: z.enum(['new', 'existing']).nullable(),
  site: field.siteCode,
  /** The Billing Center account, or who it is going to be; null before anybody said. */
  username: z.string().nullable(),
  instanceRef: z.string().nullable(),
  createdAt: field.instant,
  /** When something last happened in it, and what. */
  lastAt: field.instant,
  last: z.string(),
})
export type ActivationInShort = z.output<typeof activationInShort>

export const listActivations = endpoint({
  name: 'listActivations',
  method: 'GET',
  path: '/v1/operator/activations',
  access: { who: 'operator' },
  summary: 'Activations with where they stand, latest begun first',
  query: pageQuery.extend({ state: z.enum(['open', 'done']).optional() }),
  response: pageOf(activationInShort),
  problems: [],
})

import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import * as field from './fields.ts'
import { idOf } from './ids.ts'

/** Kinds of data that are kept for a chosen time. Profiles follow traces, replays follow page views. */
export const retentionPolicies = ['metrics', 'logs', 'traces', 'page_views'] as const
export type RetentionPolicy = (typeof retentionPolicies)[number]
const policy = z.enum(retentionPolicies)

const words = z.object({ en: z.string(), zh: z.string() })
const workspaceParams = z.object({ workspaceId: idOf('workspace') })

const choice = z.object({
  days: z.int(),
  /** What one unit of each meter of the kind costs when written under these days; empty where no price is known. */
  prices: z.array(z.object({ meter: words, unitName: words, unitPrice: z.string() })),
})

/** How long one kind of data is kept. */
export const retentionOfKind = z.object({
  policy,
  /** In force for what is written now. */
  days: z.int(),
  /** What comes into force later; null: nothing. */
  next: z.object({ days: z.int(), from: field.instant }).nullable(),
  /** Fewest days first; one on the free plan. */
  choices: z.array(choice),
})
export type RetentionOfKind = z.output<typeof retentionOfKind>

export const readRetention = endpoint({
  name: 'readRetention',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/retention',
  access: { who: 'workspace', role: 'member' },
  summary: 'How long the workspace keeps each kind of data, what may be chosen, and what it costs',
  params: workspaceParams,
  response: z.object({ currency: z.string(), kinds: z.array(retentionOfKind) }),
  problems: [],
})

export const chooseRetention = endpoint({
  name: 'chooseRetention',
  method: 'PUT',
  path: '/v1/console/workspaces/:workspaceId/retention',
  access: { who: 'workspace', role: 'owner' },
  summary:
    'Choose how many days a kind of data is kept: at once the first time on a day of the site, from the next day on after that',
  params: workspaceParams,
  body: z.object({ policy, days: z.int() }),
  response: z.object({ from: field.instant }),
  problems: ['retention_not_offered', 'retention_fixed', 'workspace_dissolved'],
})

import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { idOf } from './ids.ts'

/** What a workspace's logs are charged by: their entries (`logs`), or the volume written (`log_ingest`). Never both. */
export const logMeters = ['logs', 'log_ingest'] as const
const logMeter = z.enum(logMeters)
export type LogMeter = z.output<typeof logMeter>

/** A day of the workspace's site. */
const day = z.iso.date()
const words = z.object({ en: z.string(), zh: z.string() })
const params = z.object({ workspaceId: idOf('workspace') })

export const logCharging = z.object({
  by: logMeter,
  /** The first day it held; null: since ever. */
  since: day.nullable(),
  /** What holds from the site's next day on where that is something else; null: nothing changes. */
  next: z.object({ by: logMeter, from: day }).nullable(),
  /** From which day on a choice made now would hold: the running day is never touched. */
  changeableFrom: day,
  currency: z.string(),
  /** How long logs written now are kept, which their prices follow. */
  retentionDays: z.int(),
  /** What either way costs today; a price is null where the payer's price book has none. */
  prices: z.array(z.object({ by: logMeter, unitName: words, unitPrice: z.string().nullable() })),
})
export type LogCharging = z.output<typeof logCharging>

export const readLogCharging = endpoint({
  name: 'readLogCharging',
  method: 'GET',
  path: '/v1/console/workspaces/:workspaceId/log-charging',
  access: { who: 'workspace', role: 'member' },
  summary: 'Whether the workspace’s logs are charged by entries or by volume, and what either costs',
  params,
  response: logCharging,
  problems: [],
})

export const readLogChargingOf = endpoint({
  name: 'readLogChargingOf',
  method: 'GET',
  path: '/v1/operator/workspaces/:workspaceId/log-charging',
  access: { who: 'operator' },
  summary: 'Whether a workspace’s logs are charged by entries or by volume, and what either costs',
  params,
  response: logCharging,
  problems: [],
})

export const chooseLogCharging = endpoint({
  name: 'chooseLogCharging',
  method: 'PUT',
  path: '/v1/operator/workspaces/:workspaceId/log-charging',
  access: { who: 'operator' },
  summary:
    'Choose whether a workspace’s logs are charged by entries or by volume, from its site’s next day on; choosing the same again changes nothing',
  params,
  body: z.object({ by: logMeter }),
  response: logCharging,
  problems: ['workspace_dissolved'],
})

import { DateTime } from 'luxon'
import type { WorkspaceId } from '../contract/ids.ts'

/** Half an hour, in milliseconds: how often a workspace of the demo's past reported. */
export const reportEvery = 30 * 60_000

/** How busy each day of the week is, from Monday. */
const week = [1, 1.12, 1.05, 1.16, 0.94, 0.58, 0.52] as const

/**
 * What a workspace used in the half hour before an instant, as CloudEvents: more by day than by night and on working days, and the
 * same whenever it is asked for, so that telling it twice counts once. `busy` 1 comes to about 100 CNY on a working day.
 */
export function usageOfHalfHour(of: { workspaceId: WorkspaceId; until: Date; busy: number; zone: string }): object[] {
  const { workspaceId, until, busy, zone } = of
  const at = new Date(until.getTime() - reportEvery / 2)
  const { hour, weekday } = DateTime.fromJSDate(at, { zone })
  const turn = Math.floor(at.getTime() / reportEvery)
  const byDay = (0.35 + 0.65 * Math.sin((Math.PI * hour) / 24) ** 2) * (week[weekday - 1] ?? 1)
  const weight = busy * byDay * (0.85 + ((turn * 37) % 31) / 100)
  const hosts = Math.max(1, Math.round(9 * weight))
  const measured = [
    { meter: 'logs', quantity: Math.round(540_000 * weight) },
    { meter: 'traces', quantity: Math.round(230_000 * weight) },
    { meter: 'page_views', quantity: Math.round(1_900 * weight) },
    { meter: 'triggers', quantity: Math.round(60 * weight) },
    ...Array.from({ length: hosts }, (_none, index) => ({ meter: 'network_hosts', item: `host-${index + 1}` })),
  ]
  return measured.map((data, index) => ({
    specversion: '1.0',
    type: 'purser.usage.recorded',
    source: 'demo/collector',
    id: `${workspaceId}-${turn}-${index}`,
    subject: workspaceId,
    time: at.toISOString(),
    data,
  }))
}

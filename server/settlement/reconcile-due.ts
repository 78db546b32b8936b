import type { Ctx } from '../context.ts'
import { meteredProduct } from './metered.ts'
import type { ConnectorFor, Metered } from './metered.ts'
import { reconcile } from './reconcile.ts'
import type { Reconciled } from './reconcile.ts'
import { selectDayStates } from './reconcile-queries.ts'

const dayMilliseconds = 86_400_000
/** A statement is asked for at most this far back; older differences stay as they were last found. */
const daysBack = 31
/** After the last deadline of a day, for the marketplace's own books to catch up. */
const patienceMilliseconds = 10 * 60_000

/**
 * Reconciles every product's days that are over and were not found without differences yet, and earlier those with unknown records,
 * which a statement may tell about. Returns how many days were looked at.
 */
export async function reconcileDue(ctx: Ctx, connectorFor?: ConnectorFor): Promise<number> {
  let looked = 0
  for (const { marketplace, productCode } of ctx.services.config.catalogue.products) {
    const metered = meteredProduct(ctx, { marketplace, productCode }, connectorFor)
    if (!metered) continue
    const days = daysOf(ctx, metered)
    const states = new Map(
      (await selectDayStates(ctx.db, { marketplace, productCode, days })).map((each) => [each.day, each]),
    )
    for (const day of days.filter((each) => wants(ctx, each, states.get(each.day)))) {
      await reconcile(ctx, metered, day)
      looked += 1
    }
  }
  return looked
}

/** The days up to now, oldest first. */
function daysOf(ctx: Ctx, metered: Metered): Reconciled[] {
  const now = ctx.now().getTime()
  return Array.from({ length: daysBack }, (_, index) =>
    dayAround(ctx, metered, new Date(now - (daysBack - 1 - index) * dayMilliseconds)),
  )
}

/** A marketplace's day by its name, such as `2026-03-10`; null for a name that is no day. */
export function reconciledDay(ctx: Ctx, metered: Metered, day: string): Reconciled | null {
  const noon = Date.parse(`${day}T12:00:00Z`)
  // Zones reach from 12 hours behind to 14 ahead of UTC: one of these instants is inside the day.
  const inside = [0, -dayMilliseconds / 2, dayMilliseconds / 2].map((shift) => new Date(noon + shift))
  const found = inside.find((at) => metered.connector.dayOf(at) === day)
  return found ? dayAround(ctx, metered, found) : null
}

function dayAround(ctx: Ctx, { connector, product }: Metered, at: Date): Reconciled {
  const { from, until } = connector.meterPeriod(at, 'daily')
  const lastDeadline = connector.meterDeadline(new Date(until.getTime() - 1), product.billing)
  return {
    marketplace: product.marketplace,
    productCode: product.productCode,
    day: connector.dayOf(at),
    from,
    until,
    final: ctx.now().getTime() >= lastDeadline.getTime() + patienceMilliseconds,
  }
}

type DayState = Awaited<ReturnType<typeof selectDayStates>>[number]

/** A day without any usage is looked at once, the morning after. */
function wants(ctx: Ctx, day: Reconciled, state: DayState | undefined): boolean {
  if (!state) return day.final && ctx.now().getTime() - day.until.getTime() < dayMilliseconds
  if (state.stated !== null) return (state.differences ?? 0) > 0 || !state.stated
  return day.final || state.unknown > 0
}

import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { StatementLine } from '../marketplaces/connector.ts'
import { record } from '../platform/record.ts'
import { compareStatement } from './compare-statement.ts'
import type { Comparison } from './compare-statement.ts'
import type { Metered } from './metered.ts'
import {
  replaceDifferences,
  replaceStatementLines,
  selectRecordsOfDay,
  selectStatementLines,
  upsertReconciliation,
} from './reconcile-queries.ts'
import type { ProductDay } from './reconcile-queries.ts'
import { resolveUnknown } from './resolve-unknown.ts'

/** A product's day at its marketplace, with its span. */
export interface Reconciled extends ProductDay {
  from: Date
  until: Date
  /** Whether nothing of the day can be taken any more. */
  final: boolean
}

/**
 * Holds what we pushed of a product's day against the marketplace's statement: asked for where the marketplace can be asked, else as
 * last imported. Unknown records it tells about are settled; every difference gets its name. Doing it again finds the same.
 * Returns what was found.
 */
export async function reconcile(ctx: Ctx, metered: Metered, of: Reconciled): Promise<Comparison> {
  const asked = await askForStatement(ctx, metered, of)
  return inTransaction(ctx, async (tx) => {
    if (asked !== null) await replaceStatementLines(tx.db, of, asked, { source: 'marketplace', at: tx.now() })
    const stored = asked ?? (await selectStatementLines(tx.db, of))
    const lines = asked === null && stored.length === 0 ? null : stored
    const compare = async () => {
      const records = await selectRecordsOfDay(tx.db, of)
      const compared = records.map((row) => ({ ...row, unitAmount: row.currency === null ? null : row.unit }))
      return compareStatement({ records: compared, lines, final: of.final })
    }
    const { resolved } = await compare()
    for (const { recordId, resolution } of resolved) {
      await resolveUnknown(tx, { recordId, resolution, because: 'told_by_statement' })
    }
    // Once more: what was settled as refused is a difference of its own now.
    const found = await compare()
    await writeDown(tx, of, { found, stated: lines !== null })
    return found
  })
}

async function askForStatement(ctx: Ctx, { connector }: Metered, of: Reconciled): Promise<StatementLine[] | null> {
  if (!connector.fetchStatement) return null
  const finding = await connector.fetchStatement({ from: of.from, until: of.until })
  if (finding.kind === 'found')
    return finding.value.filter((line) => line.productCode === of.productCode && line.day === of.day)
  ctx.log.warn({ marketplace: of.marketplace, code: finding.code }, 'The statement could not be read')
  return null
}

async function writeDown(ctx: TxCtx, of: Reconciled, run: { found: Comparison; stated: boolean }): Promise<void> {
  const { found, stated } = run
  const { marketplace, productCode, day } = of
  const fresh = await replaceDifferences(ctx.db, of, found.differences, ctx.now())
  if (of.final) {
    await upsertReconciliation(ctx.db, {
      marketplace,
      product_code: productCode,
      day,
      ran_at: ctx.now(),
      stated,
      pushed: found.pushed,
      accepted: found.accepted,
      billed: found.billed,
      differences: found.differences.length,
    })
  }
  for (const difference of fresh) {
    const { kind, ours, theirs, instance_ref: instanceRef, id: differenceId } = difference
    ctx.log.error({ marketplace, productCode, day, kind, ours, theirs, instanceRef }, 'We and the marketplace differ')
    await record(ctx, {
      kind: 'settlement.difference_found',
      about: { differenceId, ...(difference.record_id && { usageRecordId: difference.record_id }) },
      detail: { marketplace, productCode, instanceRef, day, kind, ours, theirs },
    })
  }
}

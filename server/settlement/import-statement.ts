import { z } from 'zod'
import { Problem } from '../../contract/problems.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { StatementLine } from '../marketplaces/connector.ts'
import { record } from '../platform/record.ts'
import { meteredProduct } from './metered.ts'
import type { ConnectorFor } from './metered.ts'
import { parseCsv } from './parse-csv.ts'
import { reconcile } from './reconcile.ts'
import { replaceStatementLines } from './reconcile-queries.ts'
import { reconciledDay } from './reconcile-due.ts'

const whole = z.string().regex(/^\d{1,24}$/, 'a whole number')

/** Columns of the file; others are ignored. */
const csvLine = z.object({
  product_code: z.string().min(1),
  instance_id: z.string().min(1),
  dimension: z.string().min(1),
  item: z.string().default(''),
  day: z.iso.date('a day such as 2026-03-10'),
  accepted: whole,
  billed: whole,
  amount: z.string().regex(/^\d{1,18}(\.\d{1,6})?$/, 'an amount such as 13.40'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency such as CNY'),
})

/**
 * Takes a marketplace's bill as a CSV file, where it cannot be asked for one: columns product_code, instance_id, dimension, item, day,
 * accepted, billed, amount, currency. Each product and day in the file is replaced as a whole and reconciled; the same file twice
 * changes nothing. Throws `file_unreadable` naming the line and what is allowed. Returns how many lines and days were taken.
 */
export async function importStatement(
  ctx: Ctx,
  of: { marketplace: string; csv: string },
  connectorFor?: ConnectorFor,
): Promise<{ lines: number; days: number }> {
  const lines = parseCsv(of.csv).map(readLine)
  refuseTwice(lines)
  const days = new Map<string, StatementLine[]>()
  for (const line of lines) {
    const name = JSON.stringify([line.productCode, line.day])
    days.set(name, [...(days.get(name) ?? []), line])
  }
  for (const group of days.values()) await importDay(ctx, { marketplace: of.marketplace, group }, connectorFor)
  return { lines: lines.length, days: days.size }
}

async function importDay(
  ctx: Ctx,
  of: { marketplace: string; group: StatementLine[] },
  connectorFor?: ConnectorFor,
): Promise<void> {
  const [first] = of.group
  if (!first) return
  const { productCode, day } = first
  const { marketplace } = of
  await inTransaction(ctx, async (tx) => {
    await replaceStatementLines(tx.db, { marketplace, productCode, day }, of.group, { source: 'import', at: tx.now() })
    await record(tx, {
      kind: 'settlement.statement_imported',
      about: {},
      detail: { marketplace, productCode, day, lines: of.group.length },
    })
  })
  const metered = meteredProduct(ctx, { marketplace, productCode }, connectorFor)
  const reconciled = metered && reconciledDay(ctx, metered, day)
  if (metered && reconciled) await reconcile(ctx, metered, reconciled)
}

function readLine(row: Record<string, string>, index: number): StatementLine {
  const parsed = csvLine.safeParse(row)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const allowed = `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`
    throw new Problem('file_unreadable', { line: index + 2, allowed }, 'csv')
  }
  const { product_code: productCode, instance_id: instanceRef, ...line } = parsed.data
  return { ...line, productCode, instanceRef }
}

function refuseTwice(lines: readonly StatementLine[]): void {
  const seen = new Set<string>()
  for (const [index, line] of lines.entries()) {
    const name = JSON.stringify([line.productCode, line.instanceRef, line.dimension, line.item, line.day])
    if (seen.has(name))
      throw new Problem('file_unreadable', { line: index + 2, allowed: 'each instance, dimension and day once' }, 'csv')
    seen.add(name)
  }
}

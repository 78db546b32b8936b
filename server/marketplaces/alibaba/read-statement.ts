import { z } from 'zod'
import type { Finding, StatementLine } from '../connector.ts'

const timeoutMilliseconds = 20_000
const whole = z.string().regex(/^\d{1,30}$/)

const answer = z.object({
  rows: z.array(
    z.object({
      productCode: z.string(),
      instanceId: z.string(),
      key: z.string(),
      assit: z.string(),
      day: z.iso.date(),
      acceptedQuantity: whole,
      billedQuantity: whole,
      amount: z.string().regex(/^\d{1,18}(\.\d{1,6})?$/),
      currency: z.string(),
    }),
  ),
})

/**
 * Reads the sandbox's statement. The vendor itself has no call for it (reference "Read back: no"): there its bill is exported in the
 * console and imported as a file.
 */
export async function readStatement(url: string, span: { from: Date; until: Date }): Promise<Finding<StatementLine[]>> {
  const query = new URLSearchParams({ from: span.from.toISOString(), to: span.until.toISOString() })
  try {
    const response = await fetch(`${url}?${query.toString()}`, { signal: AbortSignal.timeout(timeoutMilliseconds) })
    if (!response.ok) return { kind: 'unreachable', code: `HTTP ${response.status}` }
    const { rows } = answer.parse(await response.json())
    return { kind: 'found', value: rows.map(lineOf) }
  } catch (error) {
    return { kind: 'unreachable', code: error instanceof Error ? error.name : 'Unreadable' }
  }
}

function lineOf(row: z.output<typeof answer>['rows'][number]): StatementLine {
  return {
    productCode: row.productCode,
    instanceRef: row.instanceId,
    dimension: row.key,
    item: row.assit,
    day: row.day,
    accepted: row.acceptedQuantity,
    billed: row.billedQuantity,
    amount: row.amount,
    currency: row.currency,
  }
}

import type { Id } from '../../contract/ids.ts'
import type { DifferenceKind, PushState } from '../../contract/settlement.ts'
import type { StatementLine } from '../marketplaces/connector.ts'
import { Decimal, decimalTextOf } from '../rating/decimal.ts'

/** A record as far as it matters for comparing. */
export interface ComparedRecord {
  id: Id<'usageRecord'>
  instanceRef: string
  dimension: string
  item: string
  state: PushState
  /** Whole units; null while it is open. */
  units: string | null
  /** Money of one unit; null where a meter is reported. */
  unitAmount: string | null
  /** What an operator decided about units that ended uncollected. */
  uncollected: 'waived' | 'to_debt' | null
}

export interface Difference {
  kind: DifferenceKind
  instanceRef: string
  dimension: string
  item: string
  /** In units; in money for `amount_differs`. */
  ours: string
  theirs: string
  recordId: Id<'usageRecord'> | null
}

export interface Comparison {
  /** Unknown records the statement tells about. */
  resolved: { recordId: Id<'usageRecord'>; resolution: 'accepted' | 'rejected' }[]
  differences: Difference[]
  /** Units of all sealed records, of those accepted, and billed (null without a statement). */
  pushed: string
  accepted: string
  billed: string | null
}

/** More unknown records of one series and day than this are left to a person. */
const mostUnknown = 12

/**
 * Compares what we hold of one product's day with the marketplace's statement of it (`lines` null: there is none). Unknown records are
 * settled where the statement leaves one possibility only: what it counted beyond what we know was accepted can be but some of them,
 * and when the day is `final`, when nothing can be counted any more, the others were not. Pure; the order of the input does not matter.
 */
export function compareStatement(of: {
  records: readonly ComparedRecord[]
  lines: readonly StatementLine[] | null
  final: boolean
}): Comparison {
  const names = new Set([...of.records.map(seriesOf), ...(of.lines ?? []).map(seriesOf)])
  const series = [...names].toSorted().map((name) =>
    compareSeries({
      records: of.records.filter((record) => seriesOf(record) === name),
      lines: of.lines?.filter((line) => seriesOf(line) === name) ?? null,
      final: of.final,
    }),
  )
  return {
    resolved: series.flatMap((each) => each.resolved),
    differences: series.flatMap((each) => each.differences),
    pushed: sum(series.map((each) => each.pushed)),
    accepted: sum(series.map((each) => each.accepted)),
    billed: of.lines === null ? null : sum(series.map((each) => each.billed ?? '0')),
  }
}

function seriesOf(of: { instanceRef: string; dimension: string; item: string }): string {
  return JSON.stringify([of.instanceRef, of.dimension, of.item])
}

function compareSeries(of: Parameters<typeof compareStatement>[0]): Comparison {
  const { records, lines, final } = of
  const sealed = records.filter((record) => record.state !== 'OPEN' && record.state !== 'CARRIED')
  const unknown = records.filter((record) => record.state === 'UNKNOWN')
  const known = unitsOf(records.filter((record) => record.state === 'ACCEPTED' || record.state === 'DUPLICATE'))
  const counted = lines === null ? null : sum(lines.map((line) => line.accepted))
  const resolved = counted === null ? [] : resolve(unknown, { beyond: minus(counted, known), final })
  const acceptedNow = resolved.filter((each) => each.resolution === 'accepted').map((each) => each.recordId)
  const accepted = sum([known, unitsOf(unknown.filter((record) => acceptedNow.includes(record.id)))])
  const left = unknown.filter((record) => !resolved.some((each) => each.recordId === record.id))
  return {
    resolved,
    differences: [
      ...statementDifferences(of, { accepted, counted, undecided: left.length > 0 }),
      ...left.map((record) => aboutRecord(record, 'unknown')),
      ...records.flatMap((record) => ownDifference(record, final)),
    ],
    pushed: unitsOf(sealed),
    accepted,
    billed: lines === null ? null : sum(lines.map((line) => line.billed)),
  }
}

/** Which unknown records were counted, where only one answer fits. */
function resolve(unknown: readonly ComparedRecord[], of: { beyond: string; final: boolean }): Comparison['resolved'] {
  if (unknown.length === 0 || unknown.length > mostUnknown) return []
  const fitting = subsetsOf(unknown).filter((subset) => unitsOf(subset) === of.beyond)
  const [only, another] = fitting
  if (!only || another) return []
  return unknown.flatMap((record): Comparison['resolved'] => {
    if (only.includes(record)) return [{ recordId: record.id, resolution: 'accepted' }]
    return of.final ? [{ recordId: record.id, resolution: 'rejected' }] : []
  })
}

function subsetsOf<Each>(all: readonly Each[]): Each[][] {
  return all.reduce<Each[][]>((subsets, each) => [...subsets, ...subsets.map((subset) => [...subset, each])], [[]])
}

function statementDifferences(
  of: Parameters<typeof compareStatement>[0],
  known: { accepted: string; counted: string | null; undecided: boolean },
): Difference[] {
  const { lines, records, final } = of
  const [named] = [...records, ...(lines ?? [])]
  if (lines === null || !named || !final || known.counted === null) return []
  const { instanceRef, dimension, item } = named
  const differs = (kind: DifferenceKind, ours: string, theirs: string): Difference[] =>
    ours === theirs ? [] : [{ kind, instanceRef, dimension, item, ours, theirs, recordId: null }]
  const billed = sum(lines.map((line) => line.billed))
  const less = new Decimal(known.counted).lessThan(known.accepted)
  const unitAmount = records.find((record) => record.unitAmount !== null)?.unitAmount ?? null
  return [
    // What unknown records explain is told about them.
    ...(known.undecided && !less ? [] : differs(less ? 'counted_less' : 'counted_more', known.accepted, known.counted)),
    ...differs('not_billed', known.counted, billed),
    ...(unitAmount === null
      ? []
      : differs('amount_differs', times(billed, unitAmount), sum(lines.map((line) => line.amount)))),
  ]
}

function ownDifference(record: ComparedRecord, final: boolean): Difference[] {
  switch (record.state) {
    case 'EXPIRED':
    case 'REJECTED':
      if (record.uncollected !== null) return []
      return [aboutRecord(record, record.state === 'EXPIRED' ? 'expired' : 'rejected')]
    case 'OPEN':
    case 'SEALED':
    case 'SENDING':
      return final ? [aboutRecord(record, 'unfinished')] : []
    case 'ACCEPTED':
    case 'DUPLICATE':
    case 'UNKNOWN':
    case 'CARRIED':
      return []
    default:
      return record.state satisfies never
  }
}

function aboutRecord(record: ComparedRecord, kind: DifferenceKind): Difference {
  const { instanceRef, dimension, item, id, units } = record
  return { kind, instanceRef, dimension, item, ours: units ?? '0', theirs: '0', recordId: id }
}

function unitsOf(records: readonly ComparedRecord[]): string {
  return sum(records.map((record) => record.units ?? '0'))
}

function sum(numbers: readonly string[]): string {
  return decimalTextOf(numbers.reduce((total, each) => total.plus(each), new Decimal(0)))
}

function minus(a: string, b: string): string {
  return decimalTextOf(new Decimal(a).minus(b))
}

function times(a: string, b: string): string {
  return decimalTextOf(new Decimal(a).times(b))
}

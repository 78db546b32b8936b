import { isDeepStrictEqual } from 'node:util'
import { ruleId, type PriceBook, type PriceBookVersion, type PriceRule } from './price-book.ts'

/** What happens to one price between two versions. */
export type PriceChange =
  | { kind: 'added'; id: string; to: PriceRule }
  | { kind: 'removed'; id: string; from: PriceRule }
  | { kind: 'changed'; id: string; from: PriceRule; to: PriceRule }

export interface PriceBookEdit {
  book: string
  /** The versions the edit adds, each with what it changes against the version before it. */
  newVersions: { version: number; effectiveFrom: string; note: string; changes: PriceChange[] }[]
  /** Why this edit may not be applied; empty when it may. */
  refusals: string[]
}

/**
 * Compares a price book with an edited one, for `purser prices diff` and `apply`. An edit may only add versions with later dates:
 * whatever touches a version that already stands is refused, because days were billed by it.
 * `notBefore` is the first day that is still open on every site of the book: new prices may begin there at the earliest.
 */
export function diffPriceBooks(
  before: PriceBook,
  after: PriceBook,
  limits: { notBefore?: string } = {},
): PriceBookEdit {
  const added = after.versions.slice(before.versions.length)
  return {
    book: before.book,
    newVersions: added.map((entry, index) => ({
      version: entry.version,
      effectiveFrom: entry.effectiveFrom,
      note: entry.note,
      changes: changesBetween(after.versions[before.versions.length + index - 1], entry),
    })),
    refusals: [
      ...identityRefusals(before, after),
      ...pastRefusals(before, after),
      ...dateRefusals(added, limits.notBefore),
    ],
  }
}

function identityRefusals(before: PriceBook, after: PriceBook): string[] {
  const fixed = ['book', 'priceRegion', 'currency'] as const
  return fixed
    .filter((field) => before[field] !== after[field])
    .map((field) => `${field}: is ${before[field]} and cannot become ${after[field]}; make another book`)
}

function pastRefusals(before: PriceBook, after: PriceBook): string[] {
  return before.versions.flatMap((standing, index) => {
    const edited = after.versions[index]
    const place = `versions[${index}]`
    if (!edited) return [`${place}: version ${standing.version} is missing; a version once added stays`]
    const moved = edited.effectiveFrom !== standing.effectiveFrom
    const dated = moved
      ? [`${place}.effectiveFrom: is ${standing.effectiveFrom} and cannot become ${edited.effectiveFrom}`]
      : []
    const changed = changesBetween(standing, edited).map(
      (change) => `${place}.rules: ${change.id} would be ${change.kind}; add a version with a later date instead`,
    )
    return [...dated, ...changed]
  })
}

function dateRefusals(added: readonly PriceBookVersion[], notBefore: string | undefined): string[] {
  if (notBefore === undefined) return []
  return added
    .filter((entry) => entry.effectiveFrom < notBefore)
    .map(
      (entry) =>
        `versions[${entry.version - 1}].effectiveFrom: ${entry.effectiveFrom} is before ${notBefore}, the first day still open`,
    )
}

/** Changes from one list of prices to another, by rule id. */
function changesBetween(before: PriceBookVersion | undefined, after: PriceBookVersion): PriceChange[] {
  const old = new Map((before?.rules ?? []).map((rule) => [ruleId(rule), rule]))
  const fresh = new Map(after.rules.map((rule) => [ruleId(rule), rule]))
  const removed = [...old]
    .filter(([id]) => !fresh.has(id))
    .map(([id, from]): PriceChange => ({ kind: 'removed', id, from }))
  const others = [...fresh].flatMap(([id, to]): PriceChange[] => {
    const from = old.get(id)
    if (!from) return [{ kind: 'added', id, to }]
    return isDeepStrictEqual(from, to) ? [] : [{ kind: 'changed', id, from, to }]
  })
  return [...removed, ...others]
}

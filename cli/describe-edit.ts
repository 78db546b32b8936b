import { formatUnitPrice, type Currency } from '../contract/money.ts'
import type { PriceBookEdit, PriceChange } from '../server/rating/price-book-edit.ts'
import type { PriceRule } from '../server/rating/price-book.ts'

/** What an edit of a price book changes, one line a price: `+` added, `-` no longer offered, `~` changed. */
export function describeEdit(edit: PriceBookEdit, currency: Currency): string {
  if (edit.newVersions.length === 0) return `${edit.book}: nothing new; the book stands as in the file.`
  return edit.newVersions
    .map(({ version, effectiveFrom, note, changes }) => {
      const title = `${edit.book} version ${version}, from ${effectiveFrom}${note ? ` (${note})` : ''}`
      const width = Math.max(0, ...changes.map(({ id }) => id.length))
      const lines = changes.map((change) => `  ${describeChange(change, width, currency)}`)
      return [title, ...(lines.length > 0 ? lines : ['  no price changes'])].join('\n')
    })
    .join('\n')
}

function describeChange(change: PriceChange, width: number, currency: Currency): string {
  const id = change.id.padEnd(width)
  switch (change.kind) {
    case 'added':
      return `+ ${id}  ${describeRule(change.to, currency)}`
    case 'removed':
      return `- ${id}  ${describeRule(change.from, currency)}`
    case 'changed':
      return `~ ${id}  ${describeRule(change.from, currency)} → ${describeRule(change.to, currency)}`
  }
}

function describeRule(rule: PriceRule, currency: Currency): string {
  const price = (unitPrice: string) => formatUnitPrice({ currency, unitPrice }, 'en')
  switch (rule.model) {
    case 'flat':
      return `${price(rule.unitPrice)} per ${rule.per}`
    case 'package':
      return `${price(rule.unitPrice)} per started ${rule.per}`
    case 'graduated':
    case 'volume': {
      const tiers = rule.tiers.map((tier) => `${price(tier.unitPrice)} ${tier.upTo ? `to ${tier.upTo}` : 'beyond'}`)
      return `${rule.model} per ${rule.per}: ${tiers.join(', ')}`
    }
  }
}

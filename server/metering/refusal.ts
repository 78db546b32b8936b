import { usageRejections } from '../../contract/metering.ts'
import type { RejectedEvent, UsageRejectionCode } from '../../contract/metering.ts'
import type { Language } from '../../contract/problems.ts'

interface Words {
  en: string
  zh: string
}

/** What a member of an event must be; `{name}` takes a detail. */
const rules = {
  required: { en: 'is required', zh: '必填' },
  object: { en: 'must be a JSON object', zh: '须为 JSON 对象' },
  text: {
    en: 'must be a text of 1 to {max} characters without control characters',
    zh: '须为 1–{max} 个字符的文本，不含控制字符',
  },
  specversion: { en: 'must be "1.0"', zh: '须为 "1.0"' },
  oneOf: { en: 'must be one of {allowed}', zh: '须为以下之一：{allowed}' },
  json: { en: 'must be JSON: send data, not data_base64', zh: '须为 JSON，请使用 data 而不是 data_base64' },
  time: {
    en: 'must be an instant with its offset, such as 2026-01-31T08:00:00Z',
    zh: '须为带时区的时刻，例如 2026-01-31T08:00:00Z',
  },
  quantity: {
    en: 'must be 0 or more with at most 18 digits before the point and 12 after it, as a number up to 9007199254740991 or a decimal text',
    zh: '须大于或等于 0，小数点前最多 18 位、后最多 12 位；可为不超过 9007199254740991 的数字，或十进制文本',
  },
  weight: {
    en: 'must be a whole number from 1 to {max}, or left out: {meter} counts items',
    zh: '须为 1–{max} 的整数，或省略：{meter} 按 item 计数',
  },
  observed: {
    en: 'must be what was seen, as {expected}, or a list of up to {max} of them',
    zh: '须为所观测的内容，格式为 {expected}，或不超过 {max} 项的列表',
  },
  noObserved: { en: 'must be left out: {meter} is told by quantity', zh: '须省略：{meter} 请使用 quantity' },
  either: { en: 'must be left out where observed is given', zh: '提供 observed 时须省略' },
  noItem: { en: 'must be left out: {meter} counts no items', zh: '须省略：{meter} 不按 item 计数' },
  noRetention: { en: 'must be left out: {meter} has one price', zh: '须省略：{meter} 只有一个价格' },
  unknownMember: { en: 'is not known; allowed: {allowed}', zh: '不是有效字段，可用的有：{allowed}' },
  itself: { en: 'must name an earlier event, not this one', zh: '须指向更早的事件，而不是本事件' },
} as const satisfies Record<string, Words>

/** Why an event was refused, before it has words. */
export interface Refusal {
  code: UsageRejectionCode
  field: string | null
  rule: keyof typeof rules | null
  details: Record<string, string | number>
}

export function refusal(
  code: UsageRejectionCode,
  field: string | null,
  details: Record<string, string | number> = {},
): Refusal {
  return { code, field, rule: null, details }
}

export function invalid(
  field: string,
  rule: keyof typeof rules,
  details: Record<string, string | number> = {},
): Refusal {
  return { code: 'invalid', field, rule, details }
}

/** A refusal in the caller's language. */
export function presentRefusal(index: number, id: string | null, refused: Refusal, language: Language): RejectedEvent {
  const { code, field, rule, details } = refused
  const ruleWords = rule ? fill(rules[rule][language], details) : ''
  const message = fill(usageRejections[code][language], { ...details, field: field ?? '', rule: ruleWords })
  return { index, id, code, field, message }
}

function fill(words: string, details: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder))
}

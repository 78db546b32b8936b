import { en } from './messages-en.ts'
import type { Messages } from './messages-en.ts'
import { zh } from './messages-zh.ts'

export type Language = 'en' | 'zh'

export const catalogues: Record<Language, Messages> = { en, zh }

/** Switch first, then the buyer's own language, then the browser's, then English. */
export function chooseLanguage(wishes: {
  cookie: string | undefined
  buyer: string | null
  acceptLanguage: string | undefined
}): Language {
  if (wishes.cookie === 'en' || wishes.cookie === 'zh') return wishes.cookie
  if (wishes.buyer === 'en' || wishes.buyer === 'zh') return wishes.buyer
  const ranked = (wishes.acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...rest] = part.trim().toLowerCase().split(';')
      const quality = rest.map((each) => /^\s*q=([\d.]+)/.exec(each)?.[1]).find((found) => found !== undefined)
      return { tag, quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => quality > 0 && /^(en|zh)\b/.test(tag))
    .toSorted((one, other) => other.quality - one.quality)
  return ranked[0]?.tag.startsWith('zh') ? 'zh' : 'en'
}

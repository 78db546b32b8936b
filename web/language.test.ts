import { describe, expect, it } from 'vitest'
import { languageFor } from './language.ts'
import { en } from './messages/en.ts'
import { zh } from './messages/zh.ts'

describe('the language to begin with', () => {
  it("is the person's earlier choice, whatever the browser prefers", () => {
    expect(languageFor('a=1; purser_language=zh', ['en-GB'])).toBe('zh')
    expect(languageFor('purser_language=en; b=2', ['zh-CN'])).toBe('en')
  })

  it("is else the first of the browser's languages that we speak", () => {
    expect(languageFor('', ['fr-FR', 'zh-TW', 'en'])).toBe('zh')
    expect(languageFor('xpurser_language=zh', ['en-US', 'zh'])).toBe('en')
  })

  it('is English when none is ours or the cookie holds something else', () => {
    expect(languageFor('purser_language=fr', ['fr'])).toBe('en')
    expect(languageFor('', [])).toBe('en')
  })
})

function leaves(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : leaves(value as object, `${path}${name}.`),
  )
}

function gaps(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}|<(\w+)>/g)].map((match) => match[0]).sort()
}

describe('the catalogues', () => {
  const chinese = new Map(leaves(zh))

  it('fill in the same values in both languages, but for the brand', () => {
    const withoutBrand = (text: string) => gaps(text).filter((gap) => gap !== '{{brand}}')
    for (const [key, words] of leaves(en))
      expect([key, withoutBrand(chinese.get(key) ?? '')]).toEqual([key, withoutBrand(words)])
  })

  it('leave no text empty', () => {
    for (const [key, words] of [...leaves(en), ...leaves(zh)]) expect([key, words.trim() !== '']).toEqual([key, true])
  })

  it('write Chinese with full-width punctuation', () => {
    for (const [key, words] of leaves(zh)) {
      const plain = words.replace(/\{\{\w+\}\}|<\/?\w+>/g, '名')
      expect([key, /\p{Script=Han}[,;:!?()]|[,;!?()]\p{Script=Han}|\p{Script=Han}\./u.test(plain)]).toEqual([
        key,
        false,
      ])
    }
  })
})

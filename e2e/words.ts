import { problemWords } from '../contract/problems.ts'
import type { Language, ProblemCode } from '../contract/problems.ts'
import { catalogues } from '../sandbox/pages/language.ts'
import { en } from '../web/messages/en.ts'
import { zh } from '../web/messages/zh.ts'

/** The brand of the demo world. */
export const brand = 'Guance'

const web: Record<Language, typeof en> = { en: named(en), zh: named(zh) }

/** What a person reads in one language: our screens, the marketplace's, and every refusal. */
export function wordsIn(language: Language) {
  return {
    language,
    ...web[language],
    market: catalogues[language],
    problem: (code: ProblemCode, details: Record<string, string | number> = {}) =>
      problemWords(code, language, details),
  }
}
export type Words = ReturnType<typeof wordsIn>

/** A text with its `{{places}}` filled in. */
export function filled(text: string, values: Record<string, string>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (place, name: string) => values[name] ?? place)
}

/** A text as a pattern: each of its `{{places}}` or `{places}` stands for anything. */
export function anyOf(text: string): RegExp {
  const pieces = text.split(/\{\{?\w+\}\}?/)
  return new RegExp(pieces.map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'))
}

function named<Catalogue extends object>(catalogue: Catalogue): Catalogue {
  return JSON.parse(JSON.stringify(catalogue).replaceAll('{{brand}}', brand)) as Catalogue
}

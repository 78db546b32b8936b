import type { FastifyRequest } from 'fastify'
import type { Language } from '../../../contract/problems.ts'

/** Cookie in which the web keeps a language chosen by hand. */
export const languageCookie = 'purser_language'

/** The reader's language: the one chosen by hand, else the browser's first that we speak, else the site's default. */
export function readLanguage(request: FastifyRequest, fallback: Language): Language {
  const chosen = request.cookies[languageCookie]
  if (chosen === 'en' || chosen === 'zh') return chosen
  const wanted = (request.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((tag) => tag === 'en' || tag === 'zh')
  return wanted === 'en' || wanted === 'zh' ? wanted : fallback
}

import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Language } from '../contract/problems.ts'
import { speak } from './api.ts'
import { en } from './messages/en.ts'
import { zh } from './messages/zh.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: { words: typeof en }
    returnNull: false
  }
}

const cookieName = 'purser_language'

/** The language to begin with: the person's earlier choice, else the first of the browser's languages we speak, else English. */
export function languageFor(cookies: string, browserLanguages: readonly string[]): Language {
  const chosen = /(?:^|;\s*)purser_language=(en|zh)(?:;|$)/.exec(cookies)?.[1]
  if (chosen === 'en' || chosen === 'zh') return chosen
  for (const tag of browserLanguages) {
    if (/^zh\b/i.test(tag)) return 'zh'
    if (/^en\b/i.test(tag)) return 'en'
  }
  return 'en'
}

function apply(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  speak(language)
}

/** Starts the catalogues; call once, before the first render. */
export async function startLanguage(): Promise<void> {
  const language = languageFor(document.cookie, navigator.languages)
  apply(language)
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'words',
    ns: ['words'],
    resources: { en: { words: en }, zh: { words: zh } },
    interpolation: { escapeValue: false, defaultVariables: { brand: '' } },
    returnNull: false,
  })
}

/** Lets every text say the brand's name as `{{brand}}`. */
export function nameBrand(brand: string): void {
  i18next.options.interpolation = { ...i18next.options.interpolation, defaultVariables: { brand } }
}

/** Switches every text, and remembers the choice in a cookie so that the server's mails and refusals follow. */
export async function switchLanguage(language: Language): Promise<void> {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  document.cookie = `${cookieName}=${language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`
  apply(language)
  await i18next.changeLanguage(language)
}

/** The language texts are shown in now; the component renders again when it changes. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'zh' ? 'zh' : 'en'
}

/** A text that comes in both languages (site and product names). */
export function useInLanguage(): (text: { en: string; zh: string }) => string {
  const language = useLanguage()
  return (text) => text[language]
}

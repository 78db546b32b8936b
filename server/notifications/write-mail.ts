import { DateTime } from 'luxon'
import type { Language } from '../../contract/problems.ts'
import type { Config } from '../config.ts'
import { codeDigits } from '../identity/codes.ts'
import type { Mails, MailTemplate } from '../mails.ts'
import { linksFrom } from './links.ts'
import { english } from './mails/en.ts'
import { layOutHtml, layOutText } from './mails/layout.ts'
import type { MailCatalogues, MailSetting } from './mails/mail-words.ts'
import { chinese } from './mails/zh.ts'

const catalogues: MailCatalogues = { en: english, zh: chinese }

/** The accent where the brand brings none: the deep-sea of our own screens. */
const ownAccent = '#0E5A6B'

export interface WrittenMail {
  subject: string
  text: string
  html: string
}

/** Writes a mail in one language, as text and as HTML. Pure: the same values give the same mail. */
export function writeMail<T extends MailTemplate>(
  config: Config,
  mail: { template: T; language: Language; params: Mails[T] },
): WrittenMail {
  const catalogue = catalogues[mail.language]
  const { brand } = config.catalogue
  const setting = settingFor(config, mail.language)
  const words = catalogue.mails[mail.template](mail.params, setting)
  const frame = {
    language: mail.language,
    brand: brand.name,
    accent: brand.accent ?? ownAccent,
    footer: catalogue.footer(setting),
    openLink: catalogue.openLink,
  }
  return { subject: words.subject, text: layOutText(words, frame), html: layOutHtml(words, frame) }
}

const timeFormats: Record<Language, string> = {
  en: "d LLLL yyyy, HH:mm '(UTC'Z')'",
  zh: "yyyy 年 L 月 d 日 HH:mm'（UTC'Z'）'",
}

function settingFor(config: Config, language: Language): MailSetting {
  const { sites, brand } = config.catalogue
  const siteOf = (code: string | null) => sites.find((site) => site.code === code)
  return {
    brand: brand.name,
    links: linksFrom(config),
    siteName: (code) => siteOf(code)?.name[language] ?? code,
    time: (instant, code) =>
      DateTime.fromISO(instant, { zone: (siteOf(code) ?? sites[0])?.timeZone ?? 'utc', locale: language }).toFormat(
        timeFormats[language],
      ),
    digits: (codeId) => codeDigits(config.secret, codeId),
  }
}

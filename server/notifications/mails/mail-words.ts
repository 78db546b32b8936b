import type { Language } from '../../../contract/problems.ts'
import type { Mails, MailTemplate } from '../../mails.ts'
import type { Links } from '../links.ts'

/** What a mail says, before it is laid out as text and HTML. Plain words only; the layout escapes them. */
export interface MailWords {
  subject: string
  heading: string
  /** Paragraphs above the facts. */
  opening: string[]
  /** Six digits, set large. */
  code?: string
  /** Label and value, one line each. */
  facts?: [label: string, value: string][]
  /** The one thing to do next. */
  action?: { label: string; url: string }
  /** Paragraphs below. */
  closing?: string[]
}

/** What writers know beside a mail's own values. */
export interface MailSetting {
  brand: string
  links: Links
  /** The site's name in the mail's language. */
  siteName: (site: string) => string
  /** An instant in the site's zone, with the zone said; the first site's where there is none. */
  time: (instant: string, site: string | null) => string
  /** The digits of a code. */
  digits: (codeId: string) => string
}

type Writer<T extends MailTemplate> = (params: Mails[T], setting: MailSetting) => MailWords

/** One language's mails. A missing one does not compile. */
export type MailCatalogue = {
  /** Stands under every mail. */
  footer: (setting: MailSetting) => string
  /** Shown where a button cannot be. */
  openLink: string
  mails: { [T in MailTemplate]: Writer<T> }
}

export type MailCatalogues = Record<Language, MailCatalogue>

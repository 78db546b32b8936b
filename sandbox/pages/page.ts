import { html } from '../html.ts'
import type { Html } from '../html.ts'
import type { Buyer } from '../market/queries.ts'
import type { Words } from '../options.ts'
import type { Language } from './language.ts'
import type { Messages } from './messages-en.ts'

/** What every page needs to know of its reader. */
export interface Reader {
  language: Language
  words: Messages
  buyer: Buyer | null
  /** For the account menu: some buyers to switch to. */
  buyers: readonly Buyer[]
  /** Path and query of the page, to come back to after switching language. */
  path: string
  /** A token for forms that create something; the same form sent twice creates it once. */
  formId: string
}

export type Section = 'marketplace' | 'purchased' | 'backstage' | null

/** A whole page in the frame of the marketplace. */
export function page(reader: Reader, input: { title: string; section: Section; content: Html }): string {
  const { words } = reader
  return html`<!doctype html>
    <html lang="${words.htmlLang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${input.title} · ${words.marketName} (${words.sandboxTag})</title>
        <link rel="stylesheet" href="/assets/sandbox.css" />
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <script src="/assets/sandbox.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#content">${words.skip}</a>
        <header class="bar">
          <div class="bar-row">
            <a class="brand" href="/"
              >${mark}<span>${words.marketName}</span><span class="tag">${words.sandboxTag}</span></a
            >
            <nav aria-label="${words.nav}">
              ${link('/', words.marketplace, input.section === 'marketplace')}
              ${link('/purchased-services', words.purchasedServices, input.section === 'purchased')}
              ${link('/backstage/deliveries', words.backstage, input.section === 'backstage')}
            </nav>
            <div class="side">
              <form method="post" action="/language">
                <input type="hidden" name="language" value="${reader.language === 'en' ? 'zh' : 'en'}" />
                <input type="hidden" name="next" value="${reader.path}" />
                <button
                  class="plain"
                  aria-label="${words.switchLanguageLabel}"
                  lang="${reader.language === 'en' ? 'zh-CN' : 'en'}"
                >
                  ${words.switchLanguage}
                </button>
              </form>
              ${accountMenu(reader)}
            </div>
          </div>
          <p class="note">${words.sandboxNote}</p>
        </header>
        <main id="content" tabindex="-1">${input.content}</main>
        <div id="said" class="hidden" role="status"></div>
      </body>
    </html>`.html
}

const mark = html`<svg width="26" height="18" viewBox="0 0 26 18" aria-hidden="true">
  <path
    d="M7 17a6 6 0 0 1-.6-11.97A7.5 7.5 0 0 1 20.6 7.2 5 5 0 0 1 20 17z"
    fill="none"
    stroke="#f58a4b"
    stroke-width="2"
  />
</svg>`

/** The mark as a file, for the browser's tab. */
export const markFile = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 18"><path d="M7 17a6 6 0 0 1-.6-11.97A7.5 7.5 0 0 1 20.6 7.2 5 5 0 0 1 20 17z" fill="none" stroke="#f58a4b" stroke-width="2.5"/></svg>`

function link(href: string, text: string, current: boolean): Html {
  return html`<a href="${href}" ${current ? html`aria-current="page"` : ''}>${text}</a>`
}

function accountMenu(reader: Reader): Html {
  const { words, buyer } = reader
  if (!buyer) return html`<a class="button small" href="/accounts">${words.signIn}</a>`
  const others = reader.buyers.filter((other) => other.accountId !== buyer.accountId)
  return html`<details class="menu">
    <summary aria-label="${words.accountMenu(buyer.name)}">
      <span class="avatar" aria-hidden="true">${(Array.from(buyer.name)[0] ?? '?').toUpperCase()}</span>
      <span class="menu-name" aria-hidden="true">${buyer.name}</span>
    </summary>
    <div class="menu-panel">
      <div>
        <strong>${buyer.name}</strong>
        <div class="soft small">${words.mainAccount}</div>
      </div>
      <dl class="facts">
        <dt>${words.accountId}</dt>
        <dd>${copyable(reader, buyer.accountId, words.accountId)}</dd>
      </dl>
      ${
        others.length > 0 &&
        html`<div>
          <h2 class="small soft">${words.switchAccount}</h2>
          <ul class="menu-list">
            ${others.map(
              (other) =>
                html`<li>
                  <form method="post" action="/session">
                    <input type="hidden" name="accountId" value="${other.accountId}" />
                    <button class="row">
                      <span>${other.name}</span><span class="id soft">…${other.accountId.slice(-4)}</span>
                    </button>
                  </form>
                </li>`,
            )}
          </ul>
        </div>`
      }
      <div class="buttons">${signUpForm(reader)}<a class="small" href="/accounts">${words.allAccounts}</a></div>
    </div>
  </details>`
}

/** One click makes a fresh buyer and switches to it. */
export function signUpForm(reader: Reader, next?: string): Html {
  return html`<form method="post" action="/accounts">
    <input type="hidden" name="formId" value="${reader.formId}" />
    ${next !== undefined && html`<input type="hidden" name="next" value="${next}" />`}
    <button class="button small">${reader.words.signUpFresh}</button>
  </form>`
}

/** An id in mono type with its copy button. */
export function copyable(reader: Reader, text: string, what: string): Html {
  return html`<span class="id">${text}</span
    ><button
      type="button"
      class="copy"
      data-copy="${text}"
      data-copied="${reader.words.copied}"
      aria-label="${reader.words.copyFor(what)}"
    >
      ${reader.words.copy}
    </button>`
}

/** The reader's language of a text given in both. */
export function say(reader: Reader, text: Words): string {
  return text[reader.language]
}

/** A time in UTC+8, as the China site shows it, with the machine's form for hover and tools. */
export function time(instant: Date): Html {
  const text = new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  return html`<time datetime="${instant.toISOString()}" title="${text} UTC+8">${text}</time>`
}

/** A refusal or error as a page of its own. */
export function messagePage(reader: Reader, input: { title: string; text: string }): string {
  return page(reader, {
    title: input.title,
    section: null,
    content: html`<div class="panel narrow stack">
      <h1>${input.title}</h1>
      <p>${input.text}</p>
      <div class="buttons"><a class="button" href="/purchased-services">${reader.words.purchasedServices}</a></div>
    </div>`,
  })
}

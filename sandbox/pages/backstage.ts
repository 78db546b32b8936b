import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { page } from './page.ts'
import type { Reader } from './page.ts'

export type BackstageTab = 'deliveries' | 'faults' | 'calls' | 'statement' | 'clock'
const tabs: readonly BackstageTab[] = ['deliveries', 'faults', 'calls', 'statement', 'clock']

/** A page behind the scenes: what a real marketplace never shows its sellers. */
export function backstagePage(reader: Reader, input: { tab: BackstageTab; help: string; content: Html }): string {
  const { words } = reader
  return page(reader, {
    title: `${words[input.tab]} · ${words.backstage}`,
    section: 'backstage',
    content: html`<nav class="tabs" aria-label="${words.backstage}">
        ${tabs.map(
          (tab) =>
            html`<a href="/backstage/${tab}" ${tab === input.tab ? html`aria-current="page"` : ''}>${words[tab]}</a>`,
        )}
      </nav>
      <div>
        <h1>${words[input.tab]}</h1>
        <p class="soft">${input.help}</p>
      </div>
      ${input.content}`,
  })
}

import { html } from '../html.ts'
import type { Buyer } from '../market/queries.ts'
import { copyable, page, signUpForm } from './page.ts'
import type { Reader } from './page.ts'

/** All buyers, to switch among; `next` is where choosing one leads. */
export function accountsPage(
  reader: Reader,
  input: { buyers: readonly Buyer[]; next: string; more: string | null },
): string {
  const { words } = reader
  return page(reader, {
    title: words.chooseAccount,
    section: null,
    content: html`<div class="head">
        <div>
          <h1>${words.chooseAccount}</h1>
          <p class="soft">${words.chooseAccountHelp}</p>
        </div>
        ${signUpForm(reader, input.next)}
      </div>
      <section class="panel">
        ${
          input.buyers.length === 0
            ? html`<p class="soft">${words.noAccounts}</p>`
            : input.buyers.map(
                (buyer) =>
                  html`<div class="action-row">
                    <div>
                      <h2>${buyer.name}</h2>
                      <p class="soft small">${words.accountId} ${copyable(reader, buyer.accountId, words.accountId)}</p>
                    </div>
                    ${
                      buyer.accountId === reader.buyer?.accountId
                        ? html`<span class="badge good">${words.currentAccount}</span>`
                        : html`<form method="post" action="/session">
                            <input type="hidden" name="accountId" value="${buyer.accountId}" /><input
                              type="hidden"
                              name="next"
                              value="${input.next}"
                            /><button class="button">${words.useAccount(buyer.name)}</button>
                          </form>`
                    }
                  </div>`,
              )
        }${input.more !== null && html`<p><a href="${input.more}">${words.more}</a></p>`}
      </section>`,
  })
}

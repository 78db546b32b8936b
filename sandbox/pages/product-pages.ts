import { html } from '../html.ts'
import type { ProductListing } from '../options.ts'
import { page, say } from './page.ts'
import type { Reader } from './page.ts'

/** The marketplace's front: every product on sale. */
export function productsPage(reader: Reader, products: readonly ProductListing[]): string {
  const { words } = reader
  return page(reader, {
    title: words.productsTitle,
    section: 'marketplace',
    content: html`<h1>${words.productsTitle}</h1>
      <div class="cards">
        ${products.map(
          (product) =>
            html`<article class="panel stack">
              <h2>${say(reader, product.name)}</h2>
              <p class="soft small">${words.soldBy(say(reader, product.vendor))}</p>
              <p>${say(reader, product.description)}</p>
              <div><span class="badge">${words.payAsYouGo}</span></div>
              <div class="buttons">
                <a
                  class="button"
                  href="/products/${product.code}"
                  aria-label="${words.viewProduct} ${say(reader, product.name)}"
                  >${words.viewProduct}</a
                >
              </div>
            </article>`,
        )}
      </div>`,
  })
}

/** One product with its prices and Activate Now. */
export function productPage(reader: Reader, product: ProductListing): string {
  const { words } = reader
  return page(reader, {
    title: say(reader, product.name),
    section: 'marketplace',
    content: html`<section class="panel offer">
        <div class="stack">
          <h1>${say(reader, product.name)}</h1>
          <dl class="facts">
            <dt>${words.by}</dt>
            <dd>${say(reader, product.vendor)}</dd>
            <dt>${words.productCode}</dt>
            <dd class="id">${product.code}</dd>
          </dl>
          <div class="buttons">
            <span class="badge">${words.payAsYouGo}</span
            ><span class="badge">${product.billing === 'hourly' ? words.billedHourly : words.billedDaily}</span>
          </div>
        </div>
        <a class="button primary" href="/products/${product.code}/activate">${words.activateNow}</a>
      </section>
      <section class="panel">
        <h2>${words.description}</h2>
        <p>${say(reader, product.description)}</p>
      </section>
      <section class="panel">
        <h2>${words.pricing}</h2>
        ${
          product.priceLines.length === 0
            ? html`<p class="soft">${words.noPrices}</p>`
            : html`<table>
                <thead>
                  <tr>
                    <th scope="col">${words.pricedItem}</th>
                    <th scope="col">${words.price}</th>
                  </tr>
                </thead>
                <tbody>
                  ${product.priceLines.map(
                    (line) =>
                      html`<tr>
                        <td>${say(reader, line.item)}</td>
                        <td>${say(reader, line.price)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>`
        }
      </section>`,
  })
}

/** The pay-as-you-go prompt with its agreement. `missing` says that Activate was pressed without agreeing. */
export function activatePage(reader: Reader, product: ProductListing, agreement: 'asked' | 'missing'): string {
  const { words, buyer } = reader
  const [onlySku, ...otherSkus] = product.skuCodes
  return page(reader, {
    title: words.promptTitle,
    section: 'marketplace',
    content: html`<section class="panel narrow stack" aria-labelledby="prompt">
      <h1 id="prompt">${words.promptTitle}</h1>
      <p class="soft">${words.promptHelp}</p>
      <dl class="facts">
        <dt>${words.promptProduct}</dt>
        <dd>${say(reader, product.name)}</dd>
        ${
          otherSkus.length === 0 &&
          html`<dt>${words.promptSku}</dt>
            <dd class="id">${onlySku}</dd>`
        }
        <dt>${words.promptAccount}</dt>
        <dd>${buyer?.name} <span class="id soft">${buyer?.accountId}</span></dd>
      </dl>
      <form class="stack" method="post" action="/products/${product.code}/activate">
        <input type="hidden" name="formId" value="${reader.formId}" />
        ${
          otherSkus.length > 0 &&
          html`<label class="field"
            ><span>${words.promptSku}</span
            ><select name="skuCode">
              ${product.skuCodes.map((code) => html`<option>${code}</option>`)}
            </select></label
          >`
        }
        ${agreement === 'missing' && html`<p class="alert bad" id="agree-error" role="alert">${words.agreeMissing}</p>`}
        <label class="check"
          ><input
            type="checkbox"
            name="agree"
            value="yes"
            ${agreement === 'missing' ? html`aria-describedby="agree-error" aria-invalid="true"` : ''}
          /><span>${words.agree}</span></label
        >
        <div class="buttons">
          <button class="button primary">${words.activate}</button
          ><a class="button" href="/products/${product.code}">${words.cancel}</a>
        </div>
      </form>
    </section>`,
  })
}

/** After Activate: the request is on its way. */
export function submittedPage(reader: Reader, order: { orderId: string }): string {
  const { words } = reader
  return page(reader, {
    title: words.submittedTitle,
    section: 'marketplace',
    content: html`<section class="panel narrow stack">
      <span class="done-mark" aria-hidden="true"
        ><svg width="22" height="22" viewBox="0 0 22 22">
          <path d="M4 11.5l5 5L18.5 6" fill="none" stroke="currentColor" stroke-width="2.5" /></svg
      ></span>
      <h1>${words.submittedTitle}</h1>
      <p>${words.submittedHelp}</p>
      <dl class="facts">
        <dt>${words.order}</dt>
        <dd class="id">${order.orderId}</dd>
      </dl>
      <form class="buttons" method="get" action="/purchased-services">
        <button class="button primary">${words.confirm}</button>
      </form>
    </section>`,
  })
}

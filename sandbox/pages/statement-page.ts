import type { ApiCall, MeteringRecord } from '../alibaba/queries.ts'
import type { Statement, StatementRow } from '../alibaba/statement.ts'
import { html } from '../html.ts'
import type { Html } from '../html.ts'
import type { ProductListing } from '../options.ts'
import { backstagePage } from './backstage.ts'
import { say, time } from './page.ts'
import type { Reader } from './page.ts'

export interface StatementView {
  instanceId: string
  from: string
  to: string
  products: readonly ProductListing[]
  /** null until an instance is named. */
  found: { statement: Statement; records: readonly MeteringRecord[]; more: string | null } | null
  problem: string | null
}

/** What was accepted and billed for one instance. */
export function statementPage(reader: Reader, view: StatementView): string {
  const { words } = reader
  return backstagePage(reader, {
    tab: 'statement',
    help: words.statementHelp,
    content: html`<section class="panel">
        <form method="get" action="/backstage/statement" class="stack">
          <div class="fields">
            <label class="field"
              ><span>${words.instanceId}</span><input name="instanceId" value="${view.instanceId}" inputmode="numeric"
            /></label>
            <label class="field"
              ><span>${words.from}</span><input type="date" name="from" value="${view.from}"
            /></label>
            <label class="field"><span>${words.to}</span><input type="date" name="to" value="${view.to}" /></label>
          </div>
          <div class="buttons"><button class="button primary">${words.show}</button></div>
        </form>
      </section>
      ${view.problem !== null && html`<p class="alert bad" role="alert">${view.problem}</p>`}
      ${view.found ? found(reader, view.products, view.found) : html`<p class="soft">${words.chooseInstance}</p>`}`,
  })
}

function found(reader: Reader, products: readonly ProductListing[], input: NonNullable<StatementView['found']>): Html {
  const { words } = reader
  const { statement, records } = input
  if (statement.rows.length === 0) return html`<section class="panel"><p class="soft">${words.noUsage}</p></section>`
  return html`<section class="panel">
      <table class="fold">
        <thead>
          <tr>
            <th scope="col">${words.day}</th>
            <th scope="col">${words.dimension}</th>
            <th scope="col" class="number">${words.accepted}</th>
            <th scope="col" class="number">${words.billed}</th>
            <th scope="col" class="number">${words.amount}</th>
          </tr>
        </thead>
        <tbody>
          ${statement.rows.map((row) => line(reader, products, row, row.day))}
          ${statement.totals.map((total) => line(reader, products, total, words.total))}
        </tbody>
      </table>
      <p>
        <span class="soft">${words.total}</span>
        <strong>${statement.amounts.map(({ amount, currency }) => `${amount} ${currency}`).join(' + ')}</strong>
      </p>
    </section>
    <section class="panel">
      <h2>${words.records}</h2>
      <table class="fold">
        <thead>
          <tr>
            <th scope="col">${words.start}</th>
            <th scope="col">${words.end}</th>
            <th scope="col">${words.dimension}</th>
            <th scope="col" class="number">${words.quantity}</th>
            <th scope="col">${words.received}</th>
            <th scope="col">${words.unbilled}</th>
          </tr>
        </thead>
        <tbody>
          ${records.map(
            (record) =>
              html`<tr>
                <td data-label="${words.start}">${time(record.startAt)}</td>
                <td data-label="${words.end}">${time(record.endAt)}</td>
                <td data-label="${words.dimension}" class="id">${record.assit}</td>
                <td data-label="${words.quantity}" class="number">${record.quantity}</td>
                <td data-label="${words.received}">${time(record.receivedAt)}</td>
                <td data-label="${words.unbilled}">
                  ${record.unbilledBecause === null ? '–' : words.unbilledReasons[record.unbilledBecause]}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${input.more !== null && html`<p><a href="${input.more}">${words.moreRecords}</a></p>`}
    </section>`
}

function line(reader: Reader, products: readonly ProductListing[], row: Omit<StatementRow, 'day'>, head: string): Html {
  const { words } = reader
  const item = products.flatMap(({ meteringItems }) => meteringItems).find(({ assit }) => assit === row.assit)
  return html`<tr>
    <td data-label="${words.day}">${head}</td>
    <td data-label="${words.dimension}">
      <span>${item?.name && html`${say(reader, item.name)}<br />`}<span class="id soft">${row.assit}</span></span>
    </td>
    <td data-label="${words.accepted}" class="number">${row.acceptedQuantity} ${row.key}</td>
    <td data-label="${words.billed}" class="number">${row.billedQuantity} ${row.key}</td>
    <td data-label="${words.amount}" class="number">${row.amount} ${row.currency}</td>
  </tr>`
}

/** Calls the vendor made to the API. `older` is the address of the next page. */
export function callsPage(reader: Reader, input: { calls: readonly ApiCall[]; older: string | null }): string {
  const { words } = reader
  return backstagePage(reader, {
    tab: 'calls',
    help: words.callsHelp,
    content: html`<section class="panel">
      ${
        input.calls.length === 0
          ? html`<p class="soft">${words.noCalls}</p>`
          : input.calls.map(
              (call) =>
                html`<article class="entry">
                  <div class="entry-head">
                    <h2 class="id">${call.action || '–'}</h2>
                    <span class="badge ${call.code === 'OK' ? 'good' : 'bad'}">${call.httpStatus} ${call.code}</span>
                    ${call.fault !== null && html`<span class="badge warn">${words.faultKinds[call.fault as keyof typeof words.faultKinds]}</span>`}
                    <span class="soft small">${time(call.receivedAt)}</span>
                  </div>
                  <details class="more">
                    <summary>${words.parameters}</summary>
                    <pre>
${Object.entries(call.parameters)
                        .map(([name, value]) => `${name} = ${value}`)
                        .join('\n')}</pre>
                    <p class="small soft">${words.requestId} <span class="id">${call.requestId}</span></p>
                  </details>
                </article>`,
            )
      }${input.older !== null && html`<p><a href="${input.older}">${words.more}</a></p>`}
    </section>`,
  })
}

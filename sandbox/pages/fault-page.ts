import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { openapiFaultKinds, spiFaultKinds } from '../faults/fault.ts'
import type { Fault } from '../faults/fault.ts'
import { backstagePage } from './backstage.ts'
import type { Reader } from './page.ts'

/** What is planned to go wrong, and forms to plan more. `problem` names what was wrong with the last form. */
export function faultsPage(reader: Reader, input: { faults: readonly Fault[]; problem: string | null }): string {
  const { words } = reader
  return backstagePage(reader, {
    tab: 'faults',
    help: words.faultsHelp,
    content: html`${input.problem !== null && html`<p class="alert bad" role="alert">${input.problem}</p>`}
      <section class="panel stack">
        <h2>${words.faultPlan}</h2>
        ${
          input.faults.length === 0
            ? html`<p class="soft">${words.noFaults}</p>`
            : html`<table class="fold">
                  <thead>
                    <tr>
                      <th scope="col">${words.on}</th>
                      <th scope="col">${words.kind}</th>
                      <th scope="col">${words.left}</th>
                      <th scope="col">${words.action}</th>
                      <th scope="col">${words.instanceId}</th>
                      <th scope="col">${words.actions}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${input.faults.map(
                      (fault) =>
                        html`<tr>
                          <td data-label="${words.on}">${fault.on.toUpperCase()}</td>
                          <td data-label="${words.kind}">
                            <span>${words.faultKinds[fault.kind]}<br /><span class="id soft">${fault.kind}</span></span>
                          </td>
                          <td data-label="${words.left}">${fault.timesLeft}</td>
                          <td data-label="${words.action}">${fault.action ?? words.any}</td>
                          <td data-label="${words.instanceId}">${fault.instanceId ?? words.any}</td>
                          <td data-label="${words.actions}">
                            <form method="post" action="/backstage/faults/${fault.id}/remove">
                              <button class="button small" aria-label="${words.remove} ${fault.kind}">
                                ${words.remove}
                              </button>
                            </form>
                          </td>
                        </tr>`,
                    )}
                  </tbody>
                </table>
                <form method="post" action="/backstage/faults/remove-all">
                  <button class="button small">${words.removeAll}</button>
                </form>`
        }
      </section>
      <section class="panel">
        <h2>${words.addSpiFault}</h2>
        ${form(reader, 'spi', spiFaultKinds)}
      </section>
      <section class="panel">
        <h2>${words.addApiFault}</h2>
        ${form(reader, 'openapi', openapiFaultKinds)}
      </section>`,
  })
}

function form(reader: Reader, on: 'spi' | 'openapi', kinds: readonly Fault['kind'][]): Html {
  const { words } = reader
  return html`<form method="post" action="/backstage/faults" class="stack">
    <input type="hidden" name="on" value="${on}" />
    <div class="fields">
      <label class="field"
        ><span>${words.kind}</span
        ><select name="kind">
          ${kinds.map((kind) => html`<option value="${kind}">${words.faultKinds[kind]}</option>`)}
        </select></label
      >
      <label class="field"><span>${words.times}</span><input name="times" value="1" inputmode="numeric" /></label>
      <label class="field"><span>${words.onlyAction}</span><input name="action" spellcheck="false" /></label>
      <label class="field"><span>${words.onlyInstance}</span><input name="instanceId" inputmode="numeric" /></label>
      <label class="field"><span>${words.delaySeconds}</span><input name="delaySeconds" inputmode="numeric" /></label>
    </div>
    <div class="buttons"><button class="button primary">${words.add}</button></div>
  </form>`
}

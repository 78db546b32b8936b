import { html } from '../html.ts'
import type { Html } from '../html.ts'
import type { Notification } from '../delivery/queries.ts'
import { mayDo } from '../market/instance.ts'
import type { Instance } from '../market/instance.ts'
import type { TimerKind } from '../market/queries.ts'
import type { ProductListing } from '../options.ts'
import { stateBadge } from './delivery-pages.ts'
import { copyable, page, say, time } from './page.ts'
import type { Reader } from './page.ts'

type ProductOf = (instance: Instance) => ProductListing | undefined

/** Purchased Services: the buyer's instances, newest first. `older` is the address of the next page. */
export function purchasedPage(
  reader: Reader,
  input: { instances: readonly Instance[]; productOf: ProductOf; older: string | null },
): string {
  const { words } = reader
  const opening = input.instances.find((instance) => instance.status === 'OPENING')
  return page(reader, {
    title: words.purchasedServices,
    section: 'purchased',
    content: html`<h1>${words.purchasedServices}</h1>
      ${opening && html`<p class="alert" role="status" data-look-again="${opening.instanceId}">${words.openingHelp}</p>`}
      <section class="panel">
        ${
          input.instances.length === 0
            ? html`<div class="stack">
                <p class="soft">${words.noInstances}</p>
                <div class="buttons"><a class="button primary" href="/">${words.browseProducts}</a></div>
              </div>`
            : html`<table class="fold">
                  <thead>
                    <tr>
                      <th scope="col">${words.instanceId}</th>
                      <th scope="col">${words.product}</th>
                      <th scope="col">${words.order}</th>
                      <th scope="col">${words.status}</th>
                      <th scope="col">${words.activatedAt}</th>
                      <th scope="col">${words.actions}</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${input.instances.map((instance) => row(reader, instance, input.productOf(instance)))}
                  </tbody>
                </table>
                ${input.older !== null && html`<p><a href="${input.older}">${words.more}</a></p>`}`
        }
      </section>`,
  })
}

function row(reader: Reader, instance: Instance, product: ProductListing | undefined): Html {
  const { words } = reader
  return html`<tr>
    <td data-label="${words.instanceId}"><span>${copyable(reader, instance.instanceId, words.instanceId)}</span></td>
    <td data-label="${words.product}">
      <span
        >${product ? say(reader, product.name) : instance.productCode}<br /><span class="id soft"
          >${instance.skuCode}</span
        ></span
      >
    </td>
    <td data-label="${words.order}" class="id">${instance.orderId}</td>
    <td data-label="${words.status}"><span>${statusBadges(reader, instance)}</span></td>
    <td data-label="${words.activatedAt}">${instance.openedAt ? time(instance.openedAt) : '–'}</td>
    <td data-label="${words.actions}">
      <span class="buttons">
        ${mayDo('directLogin', instance) && html`<a class="button primary small" rel="noreferrer" href="/purchased-services/${instance.instanceId}/direct-login">${words.directLogin}</a>`}
        <a
          class="button small"
          href="/purchased-services/${instance.instanceId}"
          aria-label="${words.manageFor(instance.instanceId)}"
          >${words.manage}</a
        >
      </span>
    </td>
  </tr>`
}

function statusBadges(reader: Reader, instance: Instance): Html {
  const { words } = reader
  const look = { OPENING: 'warn', OPENED: 'good', EXPIRED: 'bad', CLOSED: '' }[instance.status]
  return html`<span class="buttons"
    ><span class="badge ${look}">${words[`status${instance.status}`]}</span
    >${instance.inArrearsSince && html`<span class="badge bad">${words.inArrears}</span>`}</span
  >`
}

export interface InstanceDetail {
  instance: Instance
  product: ProductListing | undefined
  timers: readonly { kind: TimerKind; dueAt: Date }[]
  notifications: readonly Notification[]
  /** Set after an action that the instance's state did not allow. */
  refused: boolean
}

/** One purchased instance: what it is, what the vendor said, what the buyer can do. */
export function instancePage(reader: Reader, detail: InstanceDetail): string {
  const { words } = reader
  const { instance, product } = detail
  return page(reader, {
    title: `${words.instanceId} ${instance.instanceId}`,
    section: 'purchased',
    content: html`<p><a href="/purchased-services">${words.purchasedServices}</a></p>
      <div class="head">
        <h1>${product ? say(reader, product.name) : instance.productCode}</h1>
        ${mayDo('directLogin', instance) && html`<a class="button primary" rel="noreferrer" href="/purchased-services/${instance.instanceId}/direct-login">${words.directLogin}</a>`}
      </div>
      ${notices(reader, detail)} ${identity(reader, instance)}
      <section class="panel">
        <h2>${words.applicationSection}</h2>
        ${facts(instance.appInfo) ?? html`<p class="soft">${words.noApplication}</p>`}
      </section>
      <section class="panel">
        <h2>${words.remarksSection}</h2>
        ${facts(instance.remarks) ?? html`<p class="soft">${words.noRemarks}</p>`}
      </section>
      ${buyerActions(reader, instance, product)} ${told(reader, detail)}`,
  })
}

/** What the buyer should know before anything else. */
function notices(reader: Reader, detail: InstanceDetail): Html {
  const { words } = reader
  const { instance } = detail
  const failed =
    instance.status === 'OPENING' &&
    detail.notifications.some((each) => each.action === 'createInstance' && each.state === 'failed')
  return html`${detail.refused && html`<p class="alert bad" role="alert">${words.notAllowed}</p>`}
  ${failed ? html`<p class="alert bad">${words.openingFailed}</p>` : instance.status === 'OPENING' && html`<p class="alert" role="status" data-look-again="${instance.instanceId}">${words.openingHelp}</p>`}
  ${detail.timers.map((timer) => {
    const when = time(timer.dueAt)
    const [before, after] = (timer.kind === 'expire' ? words.timerExpire('|') : words.timerRelease('|')).split('|')
    return html`<p class="alert">${before}${when}${after}</p>`
  })}`
}

function identity(reader: Reader, instance: Instance): Html {
  const { words } = reader
  return html`<section class="panel">
    <dl class="facts">
      <dt>${words.instanceId}</dt>
      <dd>${copyable(reader, instance.instanceId, words.instanceId)}</dd>
      <dt>${words.status}</dt>
      <dd>${statusBadges(reader, instance)}</dd>
      <dt>${words.order}</dt>
      <dd class="id">${instance.orderId}</dd>
      <dt>${words.productCode}</dt>
      <dd class="id">${instance.productCode}</dd>
      <dt>${words.specification}</dt>
      <dd class="id">${instance.skuCode}</dd>
      <dt>${words.activatedAt}</dt>
      <dd>${instance.openedAt ? time(instance.openedAt) : '–'}</dd>
    </dl>
  </section>`
}

/** The notifications sent about this instance. */
function told(reader: Reader, detail: InstanceDetail): Html | false {
  const { words } = reader
  const { instance } = detail
  if (detail.notifications.length === 0) return false
  return html`<section class="panel">
    <h2>${words.deliveries}</h2>
    <table class="fold">
      <thead>
        <tr>
          <th scope="col">${words.action}</th>
          <th scope="col">${words.status}</th>
          <th scope="col">${words.at}</th>
        </tr>
      </thead>
      <tbody>
        ${detail.notifications.map(
          (each) =>
            html`<tr>
              <td data-label="${words.action}" class="id">${each.action}</td>
              <td data-label="${words.status}"><span>${stateBadge(reader, each.state)}</span></td>
              <td data-label="${words.at}">${time(each.createdAt)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    <p class="small">
      <a href="/backstage/deliveries?instanceId=${instance.instanceId}">${words.deliveries}</a>
      · <a href="/backstage/statement?instanceId=${instance.instanceId}">${words.statement}</a>
    </p>
  </section>`
}

function facts(values: Record<string, unknown>): Html | null {
  const filled = Object.entries(values).filter(([, value]) => value !== '' && value !== null)
  if (filled.length === 0) return null
  return html`<dl class="facts">
    ${filled.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${typeof value === 'string' ? value : JSON.stringify(value)}</dd>`,
    )}
  </dl>`
}

function buyerActions(reader: Reader, instance: Instance, product: ProductListing | undefined): Html | false {
  const { words } = reader
  const at = `/purchased-services/${instance.instanceId}`
  const otherSkus = product?.skuCodes.filter((code) => code !== instance.skuCode) ?? []
  const rows = [
    mayDo('payArrears', instance) && action(words.payArrearsHelp, `${at}/pay-arrears`, words.payArrears),
    mayDo('upgrade', instance) &&
      otherSkus.length > 0 &&
      action(
        words.upgradeHelp,
        `${at}/upgrade`,
        words.upgrade,
        html`<label class="field"
          ><span>${words.upgradeTo}</span
          ><select name="skuCode">
            ${otherSkus.map((code) => html`<option>${code}</option>`)}
          </select></label
        >`,
      ),
    mayDo('fallIntoArrears', instance) && action(words.arrearsHelp, `${at}/fall-into-arrears`, words.arrears),
    mayDo('release', instance) && action(words.releaseHelp, `${at}/release`, words.release),
  ].filter((each) => each !== false)
  return (
    rows.length > 0 &&
    html`<section class="panel">
      <h2>${words.buyerActions}</h2>
      ${rows}
    </section>`
  )
}

function action(help: string, href: string, label: string, field?: Html): Html {
  return html`<div class="action-row">
    <div>${help}</div>
    <form method="post" action="${href}">${field}<button class="button">${label}</button></form>
  </div>`
}

import { html } from '../html.ts'
import type { Html } from '../html.ts'
import type { Attempt, Notification, NotificationState } from '../delivery/queries.ts'
import { backstagePage } from './backstage.ts'
import { time } from './page.ts'
import type { Reader } from './page.ts'

/** Every notification with its attempts. `older` is the address of the next page. */
export function deliveriesPage(
  reader: Reader,
  input: {
    notifications: readonly Notification[]
    attempts: readonly Attempt[]
    failedOnly: boolean
    older: string | null
  },
): string {
  const { words } = reader
  return backstagePage(reader, {
    tab: 'deliveries',
    help: words.deliveriesHelp,
    content: html`<p>
        ${
          input.failedOnly
            ? html`<a href="/backstage/deliveries">${words.allDeliveries}</a> · <strong>${words.failedOnly}</strong>`
            : html`<strong>${words.allDeliveries}</strong> ·
                <a href="/backstage/deliveries?state=failed">${words.failedOnly}</a>`
        }
      </p>
      <section class="panel">
        ${
          input.notifications.length === 0
            ? html`<p class="soft">${words.noDeliveries}</p>`
            : input.notifications.map((notification) =>
                entry(
                  reader,
                  notification,
                  input.attempts.filter((attempt) => attempt.notificationId === notification.id),
                ),
              )
        }${input.older !== null && html`<p><a href="${input.older}">${words.more}</a></p>`}
      </section>`,
  })
}

function entry(reader: Reader, notification: Notification, attempts: readonly Attempt[]): Html {
  const { words } = reader
  return html`<article class="entry">
    <div class="entry-head">
      <h2 class="id">#${notification.id} ${notification.action}</h2>
      ${stateBadge(reader, notification.state)}
      ${notification.copyOf !== null && html`<span class="badge">${words.copyOf(notification.copyOf)}</span>`}
      <span class="soft small">${words.attemptsCount(notification.attempts)}</span
      ><span class="soft small">${time(notification.createdAt)}</span>
    </div>
    ${notification.state === 'waiting' && html`<p class="small soft">${words.nextAttempt} ${time(notification.nextAttemptAt)}</p>`}
    <details class="more">
      <summary>${words.parameters} · ${words.latestAttempts}</summary>
      <div class="stack">
        <pre>${notification.params.map(([name, value]) => `${name} = ${value}`).join('\n')}</pre>
        ${attempts.length === 0 ? html`<p class="soft">${words.noAttempts}</p>` : attempts.map((attempt) => attemptFacts(reader, notification, attempt))}
      </div>
    </details>
    <div class="buttons">${buttons(reader, notification)}</div>
  </article>`
}

/** What one attempt added to the notification's parameters (its token, and what a fault put in), and what came of it. */
function attemptFacts(reader: Reader, notification: Notification, attempt: Attempt): Html {
  const { words } = reader
  const known = new Set(notification.params.map(([name]) => name))
  const added = attempt.params.filter(([name]) => !known.has(name))
  return html`<div class="stack">
    <p class="small">
      <strong>${words.attempt} ${attempt.number}</strong> · ${time(attempt.startedAt)} · ${attempt.method} ·
      ${words.outcome} <strong>${attempt.outcome ?? '…'}</strong> · ${words.httpStatus} ${attempt.httpStatus ?? '–'} ·
      ${words.duration} ${attempt.durationMs ?? '–'} ms
    </p>
    <pre>${added.map(([name, value]) => `${name} = ${value}`).join('\n')}</pre>
    ${attempt.answer !== null && html`<pre>${attempt.answer}</pre>`}
  </div>`
}

function buttons(reader: Reader, notification: Notification): Html {
  const { words } = reader
  const verbs = {
    waiting: [
      ['send', words.sendNow],
      ['hold', words.hold],
    ],
    held: [['send', words.sendNow]],
    delivered: [],
    failed: [['retry', words.resetCounter]],
  } satisfies Record<NotificationState, [string, string][]>
  const offered: [string, string][] = [...verbs[notification.state], ['duplicate', words.duplicate]]
  return html`${offered.map(
    ([verb, label]) =>
      html`<form method="post" action="/backstage/deliveries/${notification.id}/${verb}">
        <button class="button small" aria-label="${label} ${words.forNotification(notification.id)}">${label}</button>
      </form>`,
  )}`
}

/** The state of a notification as a badge. */
export function stateBadge(reader: Reader, state: NotificationState): Html {
  const { words } = reader
  const [look, text] = (
    {
      waiting: ['warn', words.stateWaiting],
      held: ['warn', words.stateHeld],
      delivered: ['good', words.stateDelivered],
      failed: ['bad', words.stateFailed],
    } as const
  )[state]
  return html`<span class="badge ${look}">${text}</span>`
}

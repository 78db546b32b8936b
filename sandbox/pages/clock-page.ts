import { html } from '../html.ts'
import type { Html } from '../html.ts'
import { knobsSchema } from '../knobs.ts'
import type { Knobs } from '../knobs.ts'
import { backstagePage } from './backstage.ts'
import { time } from './page.ts'
import type { Reader } from './page.ts'

/** The sandbox's time, and the knobs. `problem` names what was wrong with the last form. */
export function clockPage(
  reader: Reader,
  input: { now: Date; real: Date; knobs: Knobs; problem: string | null },
): string {
  const { words } = reader
  const steps: [ms: number, label: string][] = [
    [60_000, words.minutes(1)],
    [3_600_000, words.hours(1)],
    [24 * 3_600_000, words.days(1)],
    [15 * 24 * 3_600_000, words.days(15)],
  ]
  return backstagePage(reader, {
    tab: 'clock',
    help: words.clockHelp,
    content: html`${input.problem !== null && html`<p class="alert bad" role="alert">${input.problem}</p>`}
      <section class="panel stack">
        <dl class="facts">
          <dt>${words.sandboxTime}</dt>
          <dd>${time(input.now)} UTC+8</dd>
          <dt>${words.realTime}</dt>
          <dd>${time(input.real)} UTC+8</dd>
        </dl>
        <form method="post" action="/backstage/clock" class="buttons">
          ${steps.map(
            ([ms, label]) =>
              html`<button class="button" name="advanceMs" value="${ms}" aria-label="${words.moveBy} ${label}">
                + ${label}
              </button>`,
          )}
        </form>
      </section>
      <section class="panel stack">
        <div>
          <h2>${words.knobs}</h2>
          <p class="soft">${words.knobsHelp}</p>
        </div>
        <form method="post" action="/backstage/knobs" class="stack">
          <div class="fields">${knobNames.map((name) => knob(reader, name, input.knobs))}</div>
          <div class="buttons"><button class="button primary">${words.save}</button></div>
        </form>
      </section>`,
  })
}

/** In the order of the schema. */
export const knobNames = Object.keys(knobsSchema.shape) as (keyof Knobs)[]

const choices = {
  spiMethod: ['GET', 'POST'],
  renewExpiredOn: ['future', 'past', 'absent'],
  overlap: ['additive', 'reject', 'ignore'],
  lateHourly: ['accept-unbilled', 'reject'],
  futureIntervals: ['accept', 'reject'],
  meteringAssitRequired: ['true', 'false'],
  whitelisted: ['true', 'false'],
} as const satisfies Partial<Record<keyof Knobs, readonly string[]>>

function knob(reader: Reader, name: keyof Knobs, knobs: Knobs): Html {
  const value = String(knobs[name])
  const options = name in choices ? choices[name as keyof typeof choices] : null
  return html`<label class="field"
    ><span>${reader.words.knobNames[name]}</span>${
      options
        ? html`<select name="${name}">
            ${options.map((option) => html`<option ${option === value ? html`selected` : ''}>${option}</option>`)}
          </select>`
        : html`<input name="${name}" value="${value}" inputmode="numeric" />`
    }</label
  >`
}

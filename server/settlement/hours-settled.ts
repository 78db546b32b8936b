import type { SettledSpan } from '../bindings/settled-spans.ts'

export const hourMilliseconds = 3_600_000

/**
 * Whether usage of an hour is paid by the instance of a span: who pays at the beginning of an hour pays all of it, so that no hour is
 * reported twice or never when the settlement method changes; a first payer pays the hour it began in.
 */
export function paysHour({ from, until, first }: SettledSpan, hour: Date): boolean {
  const begins = hour.getTime()
  const began = from.getTime() <= begins || (first && from.getTime() < begins + hourMilliseconds)
  return began && (until === null || until.getTime() > begins)
}

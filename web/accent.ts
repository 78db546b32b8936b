import type { MantineColorsTuple } from '@mantine/core'

type Rgb = readonly [number, number, number]

function parse(hex: string): Rgb {
  const digits = hex.slice(1)
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb
}

function mix(from: Rgb, to: Rgb, share: number): string {
  const channel = (at: 0 | 1 | 2) => Math.round(from[at] + (to[at] - from[at]) * share)
  return `#${([0, 1, 2] as const).map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`
}

const white: Rgb = [255, 255, 255]
const black: Rgb = [0, 0, 0]
const towardsWhite = [0.94, 0.86, 0.72, 0.55, 0.36, 0.18]
const towardsBlack = [0.18, 0.3, 0.42]

/**
 * Ten shades of one colour, the colour itself at index 6: tints for grounds below it, darker ones for hover and text above.
 * In: `#rrggbb`.
 */
export function shadesOf(hex: string): MantineColorsTuple {
  const colour = parse(hex)
  return [
    ...towardsWhite.map((share) => mix(colour, white, share)),
    mix(colour, colour, 0),
    ...towardsBlack.map((share) => mix(colour, black, share)),
  ] as unknown as MantineColorsTuple
}

/** Whether a configured accent can be used as it stands: six hex digits. Anything else falls back to our own. */
export function isAccent(text: string | null): text is string {
  return text !== null && /^#[0-9a-f]{6}$/i.test(text)
}

function luminance(hex: string): number {
  const linear = parse(hex).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0)
}

/** WCAG contrast ratio of two colours, 1–21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

/** The first of `shades` that reads as text (4.5:1) on `ground`; the last one when none does. */
export function readableOn(ground: string, shades: readonly string[]): string {
  return shades.find((shade) => contrast(shade, ground) >= 4.5) ?? shades.at(-1) ?? '#000000'
}

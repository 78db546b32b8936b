import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contrast, isAccent, readableOn, shadesOf } from './accent.ts'

const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

describe('an accent', () => {
  it('is six hex digits; anything else is not used', () => {
    expect(isAccent('#0E5A6B')).toBe(true)
    for (const wrong of ['red', '#fff', '0E5A6B', '#0E5A6B;', '', null]) expect(isAccent(wrong)).toBe(false)
  })

  it('has ten shades, itself among them, from light to dark', () => {
    fc.assert(
      fc.property(hex, (colour) => {
        const shades = shadesOf(colour)
        expect(shades).toHaveLength(10)
        expect(shades[6]).toBe(colour)
        for (const shade of shades) expect(shade).toMatch(/^#[0-9a-f]{6}$/)
        for (let at = 1; at < shades.length; at += 1) {
          expect(contrast(shades[at] ?? '', '#000000')).toBeLessThanOrEqual(contrast(shades[at - 1] ?? '', '#000000'))
        }
      }),
    )
  })

  it('reads as text on paper and on the night ground wherever one of its shades can', () => {
    const ours = shadesOf('#0e5a6b')
    expect(contrast(readableOn('#FBFAF8', ours.slice(6)), '#FBFAF8')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(readableOn('#0F1720', ours.slice(0, 5).toReversed()), '#0F1720')).toBeGreaterThanOrEqual(4.5)
  })

  it('knows the contrast of black and white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
    expect(contrast('#ffffff', '#ffffff')).toBeCloseTo(1)
  })
})

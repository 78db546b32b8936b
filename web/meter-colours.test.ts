import { describe, expect, it } from 'vitest'
import { contrast } from './accent.ts'
import { meterColourRoles } from './meter-colours.ts'
import { colourRoles, themeFor } from './theme.ts'

describe('colours of meters', () => {
  it('stand out from a card by day and by night', () => {
    const { light, dark } = colourRoles(themeFor(null) as Parameters<typeof colourRoles>[0])
    for (const colour of Object.values(meterColourRoles.light))
      expect(contrast(colour, light['--surface'] ?? '')).toBeGreaterThanOrEqual(3)
    for (const colour of Object.values(meterColourRoles.dark))
      expect(contrast(colour, dark['--surface'] ?? '')).toBeGreaterThanOrEqual(3)
  })
})

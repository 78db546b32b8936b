import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'

const folder = path.join(import.meta.dirname, '..', 'screenshots')

const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const
const schemes = ['light', 'dark'] as const

/** Takes pictures of a screen at every width and in both schemes: `screenshots/en-activation-landing-wide-dark.png`. */
export type Camera = (name: string) => Promise<void>

export function cameraOf(page: Page, language: string): Camera {
  mkdirSync(folder, { recursive: true })
  return async (name) => {
    // Not the page's own idling: some screens ask again for as long as they are shown.
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null)
    for (const [width, viewport] of Object.entries(widths)) {
      await page.setViewportSize(viewport)
      for (const scheme of schemes) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
        const file = path.join(folder, `${language}-${name}-${width}-${scheme}.png`)
        await page.screenshot({ path: file, fullPage: true, animations: 'disabled' })
      }
    }
    await page.setViewportSize(widths.wide)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  }
}

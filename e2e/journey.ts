import { AxeBuilder } from '@axe-core/playwright'
import { expect, test as base } from '@playwright/test'
import type { Page } from '@playwright/test'
import type { Language } from '../contract/problems.ts'
import { addressOf } from './addresses.ts'
import { wordsIn } from './words.ts'
import type { Words } from './words.ts'

export { expect } from '@playwright/test'

/** A journey: a browser in one language, with the words its screens should show. */
export const test = base.extend<{ language: Language; words: Words; elsewhere: Page }>({
  language: ['en', { option: true }],
  words: async ({ language }, use) => use(wordsIn(language)),
  locale: async ({ language }, use) => use(language === 'zh' ? 'zh-CN' : 'en-US'),
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
  baseURL: async ({}, use) => use(addressOf('purser')),
  /** A page of another browser: no cookie in common. */
  elsewhere: async ({ browser, locale, baseURL }, use) => {
    const context = await browser.newContext({
      locale: locale ?? 'en-US',
      baseURL: baseURL ?? '',
      reducedMotion: 'reduce',
    })
    await use(await context.newPage())
    await context.close()
  },
})

export const english = 'in English'
export const inLanguages = [
  { language: 'en', name: english },
  { language: 'zh', name: '用中文' },
] as const

/** The screen with this heading is shown, anybody can use it, and nothing scrolls sideways. */
export async function expectScreen(page: Page, heading: string | RegExp): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
}

/** No serious or critical finding of axe, contrast included. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations.filter((found) => found.impact === 'serious' || found.impact === 'critical')
  const said = grave.map(
    (found) =>
      `${found.id}: ${found.help}\n${found.nodes.map((node) => `    ${node.html}\n    ${node.failureSummary}`).join('\n')}`,
  )
  expect(said, `axe at ${page.url()}`).toEqual([])
}

/** The page is no wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `pixels too wide at ${page.url()}`).toBeLessThanOrEqual(0)
}

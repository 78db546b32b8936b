import type { Page } from '@playwright/test'
import { z } from 'zod'
import { listDailyBills } from '../contract/bills.ts'
import { demoBuyers, demoPassword } from '../demo/buyers.ts'
import { addressOf } from './addresses.ts'
import { meterOf } from '../server/metering/meters.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, expectScreen, inLanguages, test } from './journey.ts'
import { field, signInToConsole } from './steps.ts'
import type { Words } from './words.ts'

const active = demoBuyers.find(({ key }) => key === 'active')!
const buyer = active.person!
const workspace = buyer.workspaces[0]!

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('the activated buyer of a new world has days of bills behind them, and the marketplace charged what they left to it', async ({
      page,
      words,
    }) => {
      await signIn(page, words)
      await page.goto('/billing/bills')
      await expectScreen(page, words.money.bills.title)
      await expect(page.getByRole('table').getByRole('row').nth(5)).toBeVisible()
      const charged = await chargedByDay()
      expect(charged.size).toBeGreaterThanOrEqual(4)
      const left = await leftToTheCloudByDay(page)
      for (const [day, amount] of charged) expect([day, left.get(day)]).toEqual([day, amount])
    })

    test('a member sees what each day cost by meter, and what the month is expected to come to', async ({
      page,
      words,
    }) => {
      const { usage } = words.console
      await signInToConsole(page, words, { ...buyer, password: demoPassword })
      await page.getByRole('link', { name: workspace.name }).click()
      await page.getByRole('link', { name: words.console.nav.usage, exact: true }).first().click()
      await expectScreen(page, usage.title)
      await expect(page.getByText(usage.costExpected)).toBeVisible()
      await expect(page.getByText(usage.expected, { exact: true })).toBeVisible()
      await page.getByText(usage.trendTable).click()
      const byDay = page.getByRole('table', { name: usage.trendTable })
      await expect(byDay.getByRole('columnheader', { name: meterOf('logs').name[language] })).toBeVisible()
      await expect(byDay.getByRole('row')).toHaveCount(31)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await expectNoSidewaysScroll(page)
    })
  })
}

async function signIn(page: Page, words: Words): Promise<void> {
  await page.goto('/billing/sign-in')
  await field(page, words.parts.signIn.identifier).fill(buyer.username)
  await field(page, words.parts.passwordLabel).fill(demoPassword)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
  await expectScreen(page, words.billing.overview.title)
}

/** What each daily bill left to the cloud account. */
async function leftToTheCloudByDay(page: Page): Promise<Map<string, string>> {
  const answer = await page.request.get(`${listDailyBills.path}?limit=100`)
  const { items } = listDailyBills.response.parse(await answer.json())
  return new Map(
    items.map((bill) => [bill.day, bill.paidBy.find(({ fund }) => fund === 'cloud_receivable')?.amount ?? '0.00']),
  )
}

const statement = z.object({
  rows: z.array(z.object({ productCode: z.string(), day: z.string(), amount: z.string() })),
})

/** What the marketplace's own statement charged the buyer's purchase for each day. */
async function chargedByDay(): Promise<Map<string, string>> {
  const sandbox = addressOf('sandbox')
  const bought = await fetch(`${sandbox}/api/instances?accountId=${active.accountRef}`)
  const { instances } = z
    .object({ instances: z.array(z.object({ instanceId: z.string() })) })
    .parse(await bought.json())
  const answer = await fetch(`${sandbox}/api/statement?instanceId=${instances.at(-1)?.instanceId}`)
  return new Map(statement.parse(await answer.json()).rows.map((row) => [row.day, row.amount]))
}

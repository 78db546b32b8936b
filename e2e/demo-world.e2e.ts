import type { Page } from '@playwright/test'
import { z } from 'zod'
import { listDailyBills } from '../contract/bills.ts'
import { demoBuyers, demoPassword } from '../demo/buyers.ts'
import { addressOf } from './addresses.ts'
import { expect, expectScreen, inLanguages, test } from './journey.ts'
import { field } from './steps.ts'
import type { Words } from './words.ts'

const active = demoBuyers.find((buyer) => buyer.key === 'active')!

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
  })
}

async function signIn(page: Page, words: Words): Promise<void> {
  await page.goto('/billing/sign-in')
  await field(page, words.parts.signIn.identifier).fill(active.person?.username ?? '')
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

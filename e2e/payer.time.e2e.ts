import type { Page } from '@playwright/test'
import { paths } from '../web/paths.ts'
import { advanceClock } from './clock.ts'
import { activatedCustomer, customerPayingByBalance } from './customers.ts'
import {
  english,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  expectScreen,
  inLanguages,
  test,
} from './journey.ts'
import { giveVoucher, sendLogs } from './spending.ts'
import { field, signInHere } from './steps.ts'
import { anyOf, filled } from './words.ts'
import type { Words } from './words.ts'

/** Past midnight in Hangzhou, and past the round in which the marketplace is told. */
const overADay = 30 * 3_600_000

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a payer sees at a glance what today costs, what expires and when the first bill comes; and the day after, that bill and what the marketplace was told', async ({
      page,
      elsewhere: before,
      words,
    }) => {
      const { person } = await activatedCustomer()
      const { overview, clouds } = words.billing
      await before.goto(paths.billing.home())
      await signInHere(before, words, person)
      await expectScreen(before, overview.title)
      await expect(before.getByText(overview.attentionNone)).toBeVisible()
      await expect(before.getByText(overview.firstBillTitle)).toBeVisible()
      await expect(before.getByText(anyOf(overview.nextMidnight))).toBeVisible()
      await openCloudAccount(before, words)
      await expect(before.getByText(clouds.reportedNone)).toBeVisible()
      await expectAccessible(before)

      // 20 million logs at 1.50 a million.
      await sendLogs(person, 20_000_000)
      await giveVoucher(person, { amount: '5.00', days: 6 })
      const spent = before.getByRole('region', { name: overview.spent })
      // Usage is counted within seconds; the overview looks again by itself, but not as often as this does.
      await expect(async () => {
        await before.goto(paths.billing.home())
        await expect(spent.getByText('30.00 CNY')).toHaveCount(2, { timeout: 2_000 })
      }).toPass()
      const attention = before.getByRole('region', { name: overview.attention })
      await expect(attention.getByRole('listitem')).toContainText(words.money.funds.ordinary_voucher)
      await expect(attention.getByRole('listitem')).toContainText('5.00 CNY')
      await expectScreen(before, overview.title)

      await advanceClock(overADay)
      await page.goto(paths.billing.home())
      await signInHere(page, words, person)
      await expectScreen(page, overview.title)
      const last = page.getByRole('region', { name: overview.lastBill })
      await expect(last).toContainText('30.00 CNY')
      await expect(last).toContainText(`${words.money.funds.ordinary_voucher} 5.00 CNY`)
      await expect(last).toContainText(`${words.money.funds.cloud_receivable} 25.00 CNY`)
      await last.getByRole('link', { name: anyOf(words.money.bills.billOf) }).click()
      await expect(page.getByRole('dialog', { name: anyOf(words.money.bills.billOf) })).toBeVisible()

      await openCloudAccount(page, words)
      const reported = page.getByRole('list', { name: clouds.reported }).getByRole('listitem')
      await expect(reported).toHaveCount(1)
      await expect(reported).toContainText('25.00 CNY')
      await expect(reported).toContainText(clouds.reportStates.ACCEPTED)
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
      await expectNoSidewaysScroll(page)
      await page.goto(paths.billing.home())
      await expectScreen(page, overview.title)
    })
  })
}

test.describe(english, () => {
  test('a payer narrows the bills to a site and days: the back button takes it back, the file follows, and a copied link shows the same after signing in', async ({
    page,
    elsewhere,
    words,
  }) => {
    const { person } = await customerPayingByBalance(['harbour-prod'])
    const { bills } = words.money
    await sendLogs(person, 2_000_000)
    await advanceClock(overADay)
    await page.goto(paths.billing.bills())
    await signInHere(page, words, person)
    await expectScreen(page, bills.title)
    const row = page.getByRole('row').filter({ hasText: '3.00 CNY' })
    const day = (await row.getByRole('link').textContent()) ?? ''

    await page.getByRole('combobox', { name: bills.site }).click()
    await page.getByRole('option', { name: /cn4/ }).click()
    await expect(page.getByText(bills.noneMatchesTitle)).toBeVisible()
    await expect(page).toHaveURL(/\?site=cn4$/)
    await expectScreen(page, bills.title)
    await page.goBack()
    await expect(row).toBeVisible()

    await field(page, bills.from).fill(day)
    await field(page, bills.to).fill(day)
    await expect(page).toHaveURL(new RegExp(`\\?from=${day}&to=${day}$`))
    const file = page.getByRole('link', { name: bills.csvOfThese })
    await expect(file).toHaveAttribute('href', new RegExp(`\\?from=${day}&to=${day}$`))
    await row.getByRole('link').click()
    const bill = page.getByRole('dialog', { name: filled(bills.billOf, { day }) })
    await expect(bill).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(bill).toBeHidden()
    await expect(field(page, bills.from)).toHaveValue(day)

    await elsewhere.goto(page.url())
    await signInHere(elsewhere, words, person)
    await expectScreen(elsewhere, bills.title)
    await expect(field(elsewhere, bills.to)).toHaveValue(day)
    await expect(elsewhere.getByRole('row').filter({ hasText: '3.00 CNY' })).toBeVisible()
    await elsewhere.getByRole('tab', { name: bills.monthly }).click()
    await expect(elsewhere).toHaveURL(/show=monthly/)
    await expectScreen(elsewhere, bills.title)
  })
})

async function openCloudAccount(page: Page, words: Words): Promise<void> {
  await page.goto(paths.billing.cloudAccounts())
  await expectScreen(page, words.billing.clouds.title)
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(page.getByRole('dialog').getByText(words.billing.clouds.reported)).toBeVisible()
}

import type { Page } from '@playwright/test'
import { z } from 'zod'
import { demoOperator, demoPassword } from '../demo/buyers.ts'
import { addressOf } from './addresses.ts'
import { advanceClock } from './clock.ts'
import { activatedCustomer } from './customers.ts'
import { expect, expectScreen, inLanguages, test } from './journey.ts'
import type { Person } from './people.ts'
import { field, signInToConsole } from './steps.ts'
import { filled } from './words.ts'
import type { Words } from './words.ts'

const hour = 3_600_000

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('usage appears, the day’s bill is paid by a voucher first and the cloud account after, and every charge opens down to its events', async ({
      page,
      elsewhere,
      words,
    }) => {
      const { person, instanceId, workspace } = await activatedCustomer()
      await signInToConsole(page, words, person)
      await page.getByRole('link', { name: workspace }).click()
      await expectScreen(page, workspace)
      const token = await makeKey(page, words)
      await report(token, language)

      await page.getByRole('link', { name: words.console.nav.usage, exact: true }).first().click()
      await expectScreen(page, words.console.usage.title)
      await expect(page.getByRole('cell', { name: '20,000,000' }).first()).toBeVisible()
      await grantVoucher(elsewhere, words, person)

      // Past midnight in Hangzhou, and past the round in which the marketplace is told.
      await advanceClock(30 * hour)
      await signInToBilling(page, words, person)
      await page.getByRole('link', { name: words.money.nav.bills, exact: true }).first().click()
      await expectScreen(page, words.money.bills.title)
      // 20 million logs at 1.50 and 3 million traces at 6.00 a million.
      const row = page.getByRole('row').filter({ hasText: '48.00 CNY' })
      await expect(row).toContainText(`${words.money.funds.ordinary_voucher} 5.00 CNY`)
      await expect(row).toContainText(`${words.money.funds.cloud_receivable} 43.00 CNY`)
      await row.getByRole('link').click()
      await page.getByRole('dialog').getByText('30.00 CNY').first().waitFor()
      await page.getByRole('dialog').locator('li').filter({ hasText: '30.00 CNY' }).getByRole('link').click()
      const line = page.getByRole('dialog')
      await expect(line.getByText('20,000,000 ÷ 1,000,000 × 1.5 = 30.00 CNY')).toBeVisible()
      await expect(line.getByText(`${language}-logs`)).toBeVisible()
      expect(await chargedByTheMarketplace(instanceId)).toBe('43.00')

      await page.goto('/billing/wallet')
      await expectScreen(page, words.money.wallet.title)
      await expect(page.getByText(words.money.wallet.kinds.cloud_settlement, { exact: true })).toBeVisible()
    })
  })
}

async function makeKey(page: Page, words: Words): Promise<string> {
  await page.getByRole('link', { name: words.console.nav.keys, exact: true }).first().click()
  await expectScreen(page, words.console.keys.title)
  await page.getByRole('button', { name: words.console.keys.create }).first().click()
  const dialog = page.getByRole('dialog')
  await field(dialog, words.console.keys.name).fill('collector')
  await dialog.getByRole('button', { name: words.console.keys.create }).click()
  await expect(page.getByText(words.console.keys.newBody)).toBeVisible()
  return (
    (
      await page
        .getByText(/^purser_[\w-]{20,}$/)
        .first()
        .textContent()
    )?.trim() ?? ''
  )
}

/** What the product's own backend sends. */
async function report(token: string, label: string): Promise<void> {
  const event = (meter: string, quantity: number) => ({
    specversion: '1.0',
    id: `${label}-${meter}`,
    source: 'journeys',
    type: 'purser.usage.recorded',
    data: { meter, quantity },
  })
  const answer = await fetch(`${addressOf('purser')}/v1/usage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify([event('logs', 20_000_000), event('traces', 3_000_000)]),
  })
  expect(await answer.json()).toEqual({ inserted: 2, duplicates: 0, rejected: [] })
}

/** At the operator desk: finds the payer and grants 5.00. */
async function grantVoucher(page: Page, words: Words, person: Person): Promise<void> {
  await page.goto('/operator/sign-in')
  await expectScreen(page, words.operator.signIn.title)
  await field(page, words.parts.signIn.identifier).fill(demoOperator.username)
  await field(page, words.parts.passwordLabel).fill(demoPassword)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
  await expectScreen(page, words.operator.reports.title)
  await page.getByRole('link', { name: words.operator.nav.payers, exact: true }).first().click()
  await field(page, words.operator.payers.search).fill(person.username)
  await page.waitForURL(/search=/)
  await page.getByRole('link', { name: person.username }).click()
  const form = page.getByRole('dialog').getByRole('region', { name: words.operator.payers.voucher })
  await field(form, filled(words.operator.payers.amount, { currency: 'CNY' })).fill('5.00')
  await field(form, words.operator.payers.note).fill('welcome')
  await form.getByRole('button', { name: words.operator.payers.voucherSubmit }).click()
  const granted = filled(words.operator.payers.granted, { amount: '5.00', currency: 'CNY' })
  await expect(page.getByText(granted)).toBeVisible()
}

async function signInToBilling(page: Page, words: Words, person: Person): Promise<void> {
  await page.goto('/billing')
  await expectScreen(page, words.billing.signIn.title)
  await field(page, words.parts.signIn.identifier).fill(person.username)
  await field(page, words.parts.passwordLabel).fill(person.password)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
  await expectScreen(page, words.billing.overview.title)
}

const statement = z.object({ amounts: z.array(z.object({ amount: z.string() })) })

/** What the marketplace's own statement charges for this purchase. */
async function chargedByTheMarketplace(instanceId: string): Promise<string> {
  const answer = await fetch(`${addressOf('sandbox')}/api/statement?instanceId=${instanceId}`)
  const { amounts } = statement.parse(await answer.json())
  return amounts.reduce((sum, one) => sum + Number(one.amount), 0).toFixed(2)
}

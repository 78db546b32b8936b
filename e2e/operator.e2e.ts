import { randomInt } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { demoOperator, demoPassword } from '../demo/buyers.ts'
import { activatedCustomer } from './customers.ts'
import { expect, expectAccessible, expectNoSidewaysScroll, expectScreen, inLanguages, test } from './journey.ts'
import { field, signInToConsole } from './steps.ts'
import { anyOf, filled } from './words.ts'
import type { Words } from './words.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('an operator finds a payer, a purchase and a workspace without touching the mouse, and reads what happened to each', async ({
      page,
      words,
    }) => {
      const { person, instanceId, workspace } = await activatedCustomer(freshName())
      await page.goto('/operator')
      await expectScreen(page, words.operator.signIn.title)
      await field(page, words.parts.signIn.identifier).focus()
      await page.keyboard.type(demoOperator.username)
      await page.keyboard.press('Tab')
      await page.keyboard.type(demoPassword)
      await page.keyboard.press('Enter')
      await expectScreen(page, words.operator.reports.title)

      await find(page, words, person.email)
      await expectScreen(page, person.username)
      await expectHappened(page, words, words.records.events.billing_account_registered)
      await find(page, words, instanceId)
      await expectScreen(page, instanceId)
      await expectHappened(page, words, words.records.events.instance_purchased)
      await find(page, words, workspace.slice(0, -2).toUpperCase())
      await expectScreen(page, workspace)
      await expectHappened(page, words, words.records.events.workspace_bound)
      await expect(page).toHaveURL(/\/operator\/records\/wksp_/)

      await find(page, words, `${workspace}-nowhere`, words.records.search.none)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await expectScreen(page, workspace)
    })

    test('reports are filtered by state in the address, also while one is open; back goes back', async ({
      page,
      words,
    }) => {
      await signInToDesk(page, words)
      const filter = page.getByRole('combobox', { name: words.operator.reports.state, exact: true })
      const accepted = words.operator.pushStates.ACCEPTED
      await filter.click()
      await page.getByRole('option', { name: accepted, exact: true }).click()
      await page.waitForURL(/\/operator\/reports\?state=ACCEPTED$/)
      const rows = page.getByRole('table', { name: words.operator.reports.label }).locator('tbody tr')
      await expect(rows.first()).toContainText(accepted)
      await expect(rows.filter({ hasNotText: accepted })).toHaveCount(0)
      await expectScreen(page, words.operator.reports.title)

      await rows.first().getByRole('link').click()
      const report = page.getByRole('dialog')
      await expect(report.getByText(words.operator.reports.calls, { exact: true })).toBeVisible()
      await expectAccessible(page)
      await expect(filter).toHaveValue(accepted)
      await report.getByRole('button', { name: words.parts.close }).click()
      await expect(report).toBeHidden()
      await expect(page).toHaveURL(/\/operator\/reports\?state=ACCEPTED$/)
      await page.goBack()
      await expect(report).toBeVisible()
      await page.goBack()
      await expect(report).toBeHidden()
      await page.goBack()
      await expect(page).toHaveURL(/\/operator\/reports$/)
      await expect(filter).toHaveValue(words.operator.reports.all)
    })

    test('money and a voucher are given once however often the button is pressed, again when they are meant again, and the audit names who gave them', async ({
      page,
      words,
    }) => {
      const { person } = await activatedCustomer(freshName())
      await signInToDesk(page, words)
      await go(page, words.operator.nav.payers)
      await expectScreen(page, words.operator.payers.title)
      await field(page, words.operator.payers.search).fill(person.username)
      await page.waitForURL(/search=/)
      await page.getByRole('link', { name: person.username }).click()
      const payer = page.getByRole('dialog', { name: person.company })
      await expect(payer.getByText(person.email)).toBeVisible()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)

      await credit(payer, words)
      await expect(fact(payer, words.operator.payers.cash)).toHaveText('500.00 CNY')
      await grant(payer, words)
      await expect(fact(payer, words.operator.payers.vouchers)).toHaveText('20.00 CNY')
      await grant(payer, words)
      await expect(fact(payer, words.operator.payers.vouchers)).toHaveText('40.00 CNY')
      await payer.getByRole('button', { name: words.parts.close }).click()
      await expect(payer).toBeHidden()
      await expect(page).toHaveURL(new RegExp(`search=${person.username}`))

      await go(page, words.records.audit.nav)
      await expectScreen(page, words.records.audit.title)
      await page.getByRole('combobox', { name: words.records.audit.by, exact: true }).click()
      await page.getByRole('option', { name: words.records.actors.operator, exact: true }).click()
      await page.waitForURL(/by=operator/)
      const changes = page.getByRole('table', { name: words.records.audit.label }).locator('tbody tr')
      const granted = changes.filter({ hasText: words.records.events.voucher_granted })
      await expect(granted.first()).toContainText(demoOperator.name)
      await granted.first().getByRole('link', { name: words.records.kinds.billingAccount }).click()
      await expect(page).toHaveURL(/\/operator\/records\/bact_/)
      await find(page, words, person.username)
      await expectScreen(page, person.username)
      const happened = page.getByRole('region', { name: words.records.record.timeline }).locator('tbody tr')
      const given = happened.filter({ hasText: words.records.events.voucher_granted })
      await expect(given).toHaveCount(2)
      await expect(given.filter({ hasText: demoOperator.name })).toHaveCount(2)
      await expect(happened.filter({ hasText: words.records.events.top_up_credited })).toHaveCount(1)
    })

    test('days as they were closed and the prices they were charged by can be read', async ({ page, words }) => {
      await signInToDesk(page, words)
      await go(page, words.operator.nav.bills)
      await expectScreen(page, words.operator.bills.title)
      const days = page.getByRole('table', { name: words.operator.bills.days })
      await expect(days.getByText(words.operator.bills.dayStates.closed).first()).toBeVisible()
      await go(page, words.operator.nav.prices)
      await expectScreen(page, words.operator.prices.title)
      await expect(page.getByRole('region', { name: 'CN-CNY' })).toContainText('CN · CNY')
      await go(page, words.records.activations.nav)
      await expectScreen(page, words.records.activations.title)
      await go(page, words.operator.nav.differences)
      await expectScreen(page, words.operator.differences.title)
    })

    test('an operator lets a workspace’s logs be charged by volume from tomorrow on, and its people read so', async ({
      page,
      elsewhere,
      words,
    }) => {
      const { person, workspace } = await activatedCustomer(freshName())
      await signInToDesk(page, words)
      await go(page, words.operator.nav.payers)
      await field(page, words.operator.payers.search).fill(person.email)
      await page.waitForURL(/search=/)
      await page.getByRole('link', { name: person.username }).click()
      await page.getByRole('dialog').getByRole('link', { name: workspace }).click()
      await expectScreen(page, workspace)
      const { title, ways, price } = words.parts.logCharging
      const charging = page.getByRole('region', { name: title })
      await expect(fact(charging, words.parts.logCharging.now)).toHaveText(ways.logs)
      await expect(fact(charging, price.logs)).toContainText('1.5 CNY')
      await expect(fact(charging, price.log_ingest)).toContainText('1 CNY')
      await charging.getByRole('button', { name: words.records.logCharging.change.log_ingest }).click()
      const asked = page.getByRole('dialog')
      await expect(asked.getByText(anyOf(words.records.logCharging.body.log_ingest))).toBeVisible()
      await expectAccessible(page)
      await asked.getByRole('button', { name: anyOf(words.records.logCharging.confirm) }).click()
      await expect(asked).toBeHidden()
      await expect(fact(charging, words.parts.logCharging.now)).toHaveText(ways.logs)
      await expect(fact(charging, anyOf(words.parts.logCharging.from))).toHaveText(ways.log_ingest)
      await expectHappened(page, words, words.records.events.workspace_log_charging_chosen)
      await expectScreen(page, workspace)

      await signInToConsole(elsewhere, words, person)
      await elsewhere.getByRole('link', { name: workspace }).click()
      await elsewhere.getByRole('link', { name: words.console.nav.planAndBilling, exact: true }).first().click()
      const told = elsewhere.getByRole('region', { name: title })
      await expect(fact(told, anyOf(words.parts.logCharging.from))).toHaveText(ways.log_ingest)
      await expect(told.getByRole('button')).toHaveCount(0)
      await expectScreen(elsewhere, words.console.plan.title)
    })
  })
}

/** A workspace's name that nobody else has. */
const freshName = () => `quay-${randomInt(1_000_000, 9_999_999)}`

async function signInToDesk(page: Page, words: Words): Promise<void> {
  await page.goto('/operator')
  await expectScreen(page, words.operator.signIn.title)
  await field(page, words.parts.signIn.identifier).fill(demoOperator.username)
  await field(page, words.parts.passwordLabel).fill(demoPassword)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
  await expectScreen(page, words.operator.reports.title)
}

async function go(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
}

/** Opens the search by its keys, types on at once, and presses Enter once something was found; or expects that nothing is. */
async function find(page: Page, words: Words, text: string, none?: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const search = page.getByRole('dialog', { name: words.records.search.title })
  await page.keyboard.type(text)
  await expect(field(search, words.records.search.label)).toHaveValue(text)
  if (none !== undefined) {
    await expect(search.getByText(filled(none, { text }))).toBeVisible()
    return
  }
  await expect(search.getByRole('link').first()).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(search).toBeHidden()
}

async function expectHappened(page: Page, words: Words, what: string): Promise<void> {
  const timeline = page.getByRole('region', { name: words.records.record.timeline })
  await expect(timeline.getByText(what, { exact: true })).toBeVisible()
}

/** What stands under a name in a list of facts. */
function fact(place: Locator, name: string | RegExp): Locator {
  const term = place
    .page()
    .locator('dt')
    .filter({ hasText: typeof name === 'string' ? new RegExp(`^${name}$`) : name })
  return place.locator('dl > div').filter({ has: term }).locator('dd')
}

async function credit(payer: Locator, words: Words): Promise<void> {
  const form = payer.getByRole('region', { name: words.operator.payers.credit })
  await field(form, filled(words.operator.payers.amount, { currency: 'CNY' })).fill('500.00')
  await field(form, words.operator.payers.note).fill('Bank 2026-7')
  await form.getByRole('button', { name: words.operator.payers.creditSubmit, exact: true }).dblclick()
  const said = filled(words.operator.payers.credited, { amount: '500.00', currency: 'CNY' })
  await expect(payer.page().getByText(said).first()).toBeVisible()
}

async function grant(payer: Locator, words: Words): Promise<void> {
  const form = payer.getByRole('region', { name: words.operator.payers.voucher })
  await field(form, filled(words.operator.payers.amount, { currency: 'CNY' })).fill('20.00')
  await field(form, words.operator.payers.note).fill('welcome')
  await form.getByRole('button', { name: words.operator.payers.voucherSubmit, exact: true }).dblclick()
  const said = filled(words.operator.payers.granted, { amount: '20.00', currency: 'CNY' })
  await expect(payer.page().getByText(said).last()).toBeVisible()
}

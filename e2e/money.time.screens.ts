import { demoOperator, demoPassword } from '../demo/buyers.ts'
import { paths } from '../web/paths.ts'
import { cameraOf } from './camera.ts'
import { advanceClock, advanceTo } from './clock.ts'
import { activatedCustomer } from './customers.ts'
import { expect, inLanguages, test } from './journey.ts'
import { sendLogs, giveVoucher } from './spending.ts'
import { field, signInHere } from './steps.ts'

/** Past midnight in Hangzhou, and past the round in which the marketplace is told. */
const overADay = 30 * 3_600_000

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('Billing Center of a customer who was billed', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      const { person } = await activatedCustomer()
      await sendLogs(person, 20_000_000)
      await giveVoucher(person, { amount: '5.00', days: 7 })
      await advanceClock(overADay)
      await sendLogs(person, 3_000_000)
      await giveVoucher(person, { amount: '20.00', days: 5 })
      await page.goto(paths.billing.home())
      await signInHere(page, words, person)
      await page.waitForURL(/\/billing$/)
      await shoot('billing-overview-billed')
      await page.goto(paths.billing.bills())
      await shoot('billing-bills-billed')
      await page.getByRole('row').nth(1).getByRole('link').click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await shoot('billing-bill')
      await page.getByRole('dialog').getByRole('list').getByRole('link').first().click()
      await page.waitForURL(/lines/)
      await shoot('billing-bill-line')
      await page.goto(paths.billing.bills({ site: 'cn4' }))
      await shoot('billing-bills-none')
      await page.goto(paths.billing.cloudAccounts())
      await page.getByRole('row').nth(1).getByRole('link').click()
      await expect(page.getByText(words.billing.clouds.reportStates.ACCEPTED).first()).toBeVisible()
      await shoot('billing-cloud-account-reported')
    })

    test('operator desk with reports that are due', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      await advanceTo('20:00')
      for (const { person } of [await activatedCustomer(), await activatedCustomer()]) await sendLogs(person, 9_000_000)
      // The day is billed, and not reported yet.
      await advanceTo('00:20')
      await page.goto(paths.operator.signIn())
      await field(page, words.parts.signIn.identifier).fill(demoOperator.username)
      await field(page, words.parts.passwordLabel).fill(demoPassword)
      await page.keyboard.press('Enter')
      await page.waitForURL(/reports/)
      await expect(page.getByText(words.operator.deadlines.near).first()).toBeVisible()
      await shoot('operator-reports-due')
    })
  })
}

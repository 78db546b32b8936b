import type { Page } from '@playwright/test'
import { demoBuyers, demoOperator, demoPassword } from '../demo/buyers.ts'
import { demoProductCode } from '../demo/world.ts'
import { paths } from '../web/paths.ts'
import { addressOf } from './addresses.ts'
import { type Camera, cameraOf } from './camera.ts'
import { activatedCustomer } from './customers.ts'
import { expect, inLanguages, test } from './journey.ts'
import { directLogin, freshBuyer, purchase, shopAs } from './market.ts'
import { newPerson } from './people.ts'
import { choose, field, fillBasic, fillCompany, nameWorkspace, next, signInToConsole } from './steps.ts'
import type { Words } from './words.ts'

const site = 'cn1'
const active = demoBuyers.find((buyer) => buyer.key === 'active')!

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('the demo world: start page, marketplace, inbox', async ({ page }) => {
      const shoot = cameraOf(page, language)
      const buyer = await freshBuyer()
      await visit(page, shoot, `${addressOf('purser')}/`, 'start')
      await visit(page, shoot, shopAs(buyer), 'market-product')
      const market = addressOf('sandbox')
      await visit(page, shoot, `${market}/products/${demoProductCode}/activate`, 'market-activate')
      await purchase(buyer)
      await visit(page, shoot, `${market}/purchased-services`, 'market-purchased')
      await visit(page, shoot, `${market}/backstage/deliveries`, 'market-deliveries')
      await visit(page, shoot, `${market}/backstage/faults`, 'market-faults')
      await visit(page, shoot, `${market}/backstage/clock`, 'market-clock')
      await visit(page, shoot, `${addressOf('inbox')}/`, 'inbox')
    })

    test('activation of a new buyer', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      const person = newPerson()
      await page.goto(await directLogin(await purchase(await freshBuyer())))
      await shoot('activation-landing')
      await choose(page, words, 'new')
      await next(page, words)
      await shoot('activation-basic-broken')
      await fillBasic(page, words, person)
      await shoot('activation-basic')
      await next(page, words)
      await fillCompany(page, words, person)
      await shoot('activation-company')
      await next(page, words)
      await nameWorkspace(page, words, 'acme-prod')
      await shoot('activation-method')
      await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
      await shoot('activation-done')
    })

    test('activation with an existing account, and links that do not work', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      const instanceId = await purchase(await freshBuyer())
      await page.goto(await directLogin(instanceId))
      await choose(page, words, 'existing')
      await shoot('activation-account')
      await page.goto(await directLogin(instanceId, { spoil: 'token' }))
      await shoot('activation-refused-tampered')
      await page.goto(await directLogin(instanceId, { ageMs: 600_000 }))
      await shoot('activation-refused-expired')
      await visit(page, shoot, paths.register(), 'register')
      await visit(page, shoot, paths.terms(), 'terms')
      await visit(page, shoot, '/nowhere', 'not-found')
    })

    test('operator desk', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      await visit(page, shoot, paths.operator.signIn(), 'operator-sign-in')
      await page.getByRole('textbox').first().fill(demoOperator.username)
      await field(page, words.parts.passwordLabel).fill(demoPassword)
      await page.keyboard.press('Enter')
      await page.waitForURL(/reports/)
      const { reports, differences, payers, bills, prices, clock } = paths.operator
      for (const [name, path] of Object.entries({ reports, differences, payers, bills, prices, clock })) {
        await visit(page, shoot, path(), `operator-${name}`)
      }
      await operatorRecords(page, words, shoot)
    })

    test('console and Billing Center of an activated customer', async ({ page, words }) => {
      const shoot = cameraOf(page, language)
      await visit(page, shoot, paths.console.start(), 'console-start')
      await visit(page, shoot, paths.console.resetPassword(site), 'console-reset')
      await visit(page, shoot, paths.console.signIn(site), 'console-sign-in')
      await signIn(page, words)
      await page.waitForURL(/\/workspaces$/)
      await shoot('console-workspaces')
      await page.getByRole('row').nth(1).getByRole('link').click()
      await expect(page.getByRole('link', { name: words.console.nav.planAndBilling }).first()).toBeVisible()
      await shoot('console-home')
      const home = page.url()
      await visit(page, shoot, `${home}/usage`, 'console-usage')
      await visit(page, shoot, `${home}/api-keys`, 'console-api-keys')
      await page.goto(home)
      await expect(page.getByRole('link', { name: words.console.nav.planAndBilling }).first()).toBeVisible()
      await page.goto(`${page.url()}/plan-and-billing`)
      await shoot('console-plan')
      await page.goto(`${page.url()}/change`)
      await expect(page.getByRole('dialog')).toBeVisible()
      await shoot('console-change')
      await visit(page, shoot, paths.console.newWorkspace(site), 'console-new-workspace')
      await billingCenter(page, words, shoot)
    })
  })
}

async function operatorRecords(page: Page, words: Words, shoot: Camera): Promise<void> {
  const { person, workspace } = await activatedCustomer()
  await visit(page, shoot, paths.operator.audit(), 'operator-audit')
  await visit(page, shoot, paths.operator.activations(), 'operator-activations')
  await page.goto(paths.operator.payers(person.username))
  await page.getByRole('row').nth(1).getByRole('link').click()
  const workspaces = page.getByRole('region', { name: words.operator.payers.workspaces })
  await expect(workspaces.getByRole('link').first()).toBeVisible()
  await shoot('operator-payer')
  await workspaces.getByRole('link').first().click()
  const charging = page.getByRole('region', { name: words.parts.logCharging.title })
  await charging.getByRole('button').click()
  const asked = page.getByRole('dialog')
  await expect(asked.getByRole('button').last()).toBeVisible()
  await shoot('operator-log-charging')
  await asked.getByRole('button').last().click()
  await expect(asked).toBeHidden()
  await shoot('operator-workspace')
  await page.keyboard.press('Control+k')
  await page.keyboard.type(person.username)
  await expect(asked.getByRole('link').first()).toBeVisible()
  await shoot('operator-search')
  await signInToConsole(page, words, person)
  await page.getByRole('link', { name: workspace }).click()
  await page.getByRole('link', { name: words.console.nav.planAndBilling, exact: true }).first().click()
  await expect(charging).toBeVisible()
  await shoot('console-plan-by-volume')
}

async function billingCenter(page: Page, words: Words, shoot: Camera): Promise<void> {
  await visit(page, shoot, paths.billing.resetPassword(), 'billing-reset')
  await visit(page, shoot, paths.billing.signIn(), 'billing-sign-in')
  await signIn(page, words)
  await page.waitForURL(/\/billing$/)
  await expect(page.getByRole('heading', { level: 1, name: words.billing.overview.title })).toBeVisible()
  await shoot('billing-overview')
  await visit(page, shoot, paths.billing.workspaces(), 'billing-workspaces')
  await page.getByRole('row').nth(1).getByRole('link').click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await shoot('billing-workspace')
  await visit(page, shoot, paths.billing.cloudAccounts(), 'billing-cloud-accounts')
  await page.getByRole('row').nth(1).getByRole('link').click()
  await page.waitForURL(/cloud-accounts\/.+/)
  await shoot('billing-cloud-account')
  await visit(page, shoot, paths.billing.account(), 'billing-account')
  await visit(page, shoot, paths.billing.bills(), 'billing-bills')
  await visit(page, shoot, paths.billing.wallet(), 'billing-wallet')
}

async function signIn(page: Page, words: Words): Promise<void> {
  await page.getByRole('textbox').first().fill(active.person!.username)
  await field(page, words.parts.passwordLabel).fill(demoPassword)
  await page.keyboard.press('Enter')
}

async function visit(page: Page, shoot: Camera, url: string, name: string): Promise<void> {
  await page.goto(url)
  await shoot(name)
}

import { customerPayingByBalance } from './customers.ts'
import { english, expect, expectAccessible, expectScreen, inLanguages, test } from './journey.ts'
import { freshBuyer, purchase, release } from './market.ts'
import { prepared } from './prepared.ts'
import { field, nameWorkspace, proveAddress, signInToConsole } from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('an owner changes the billing method in the console to a purchase named by its two ids', async ({
      page,
      words,
    }) => {
      const { person } = prepared(`changer_${language}`)
      const buyer = await freshBuyer()
      const instanceId = await purchase(buyer)
      const stranger = await freshBuyer()
      await signInToConsole(page, words, person)
      await page.getByRole('link', { name: 'harbour-prod' }).click()
      await expectScreen(page, 'harbour-prod')
      await page.getByRole('link', { name: words.console.nav.planAndBilling, exact: true }).first().click()
      await expectScreen(page, words.console.plan.title)
      await expect(page.getByText(words.console.home.balance)).toBeVisible()
      await page.getByRole('link', { name: words.console.plan.change }).click()

      const drawer = page.getByRole('dialog', { name: words.console.plan.change })
      await drawer.getByRole('radio', { name: words.parts.method.alibaba }).check()
      await expectAccessible(page)
      await field(drawer, words.parts.accountId).fill(stranger.accountId)
      await field(drawer, words.parts.instanceId).fill(instanceId)
      const change = drawer.getByRole('button', { name: words.parts.method.submit, exact: true })
      await change.click()
      await expect(drawer.getByText(words.problem('instance_pair_wrong'))).toBeVisible()
      await field(drawer, words.parts.accountId).fill(buyer.accountId)
      await change.click()
      await expect(drawer).toBeHidden()
      await expectScreen(page, words.console.plan.title)
      await expect(page.getByText(buyer.accountId, { exact: true })).toBeVisible()
      await expect(page.getByText(instanceId, { exact: true })).toBeVisible()
    })

    test('an owner creates another workspace that the same account pays for', async ({ page, words }) => {
      const { person } = await customerPayingByBalance(['harbour-prod'])
      await signInToConsole(page, words, person)
      await page.getByRole('link', { name: words.console.workspaces.create }).click()
      await expectScreen(page, words.console.newWorkspace.title)
      await nameWorkspace(page, words, 'harbour-lab')
      await page.getByRole('combobox', { name: words.console.newWorkspace.payer }).click()
      await page.getByRole('option', { name: /harbour-prod/ }).click()
      await page.getByRole('button', { name: words.console.newWorkspace.submit, exact: true }).click()
      await expectScreen(page, 'harbour-lab')
      await expect(page.getByText(person.company)).toBeVisible()
    })
  })
}

test.describe(english, () => {
  test('a workspace whose purchase was closed says until when it lives, and changing the method ends that', async ({
    page,
    words,
  }) => {
    const { person, instanceId, workspace } = prepared('released')
    await release(instanceId)
    await signInToConsole(page, words, person)
    await page.getByRole('link', { name: workspace }).click()
    await expectScreen(page, workspace)
    await expect(page.getByText(words.console.countdown.instance_released)).toBeVisible()
    await page.getByRole('link', { name: words.console.countdown.action }).click()
    const drawer = page.getByRole('dialog', { name: words.console.plan.change })
    await drawer.getByRole('radio', { name: words.parts.method.balance }).check()
    await drawer.getByRole('button', { name: words.parts.method.submit, exact: true }).click()
    await expect(drawer).toBeHidden()
    await expect(page.getByText(words.console.countdown.instance_released)).toBeHidden()
  })

  test('a password forgotten on the way to a page is chosen anew by a mailed code, and the page comes after it', async ({
    page,
    words,
  }) => {
    const { person } = prepared('forgetful')
    await page.goto('/console/cn1/new-workspace')
    await expectScreen(page, words.console.signIn.title)
    await page.getByRole('link', { name: words.parts.signIn.forgotten }).click()
    await expectScreen(page, words.console.reset.title)
    await field(page, words.parts.email).fill(person.email)
    await proveAddress(page, words, person.email)
    await field(page, words.parts.reset.newPassword).fill('another lantern 2027')
    await page.getByRole('button', { name: words.parts.reset.submit }).click()
    await expect(page.getByText(words.parts.reset.done)).toBeVisible()
    await page.getByRole('link', { name: words.parts.signIn.submit, exact: true }).click()
    await expectScreen(page, words.console.signIn.title)
    await field(page, words.parts.signIn.identifier).fill(person.username)
    await field(page, words.parts.passwordLabel).fill('another lantern 2027')
    await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
    await expectScreen(page, words.console.newWorkspace.title)
  })

  test('a workspace of somebody else is not found, and a signed-out person comes back to the page they asked for', async ({
    page,
    words,
  }) => {
    const { person } = prepared('rival')
    await page.goto('/console/cn1/workspaces/wksp_00000000000000000000000000000000')
    await expectScreen(page, words.console.signIn.title)
    await field(page, words.parts.signIn.identifier).fill(person.username)
    await field(page, words.parts.passwordLabel).fill(person.password)
    await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
    await expectScreen(page, words.parts.notFound.title)
  })
})

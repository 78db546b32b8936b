import { paths } from '../web/paths.ts'
import { activatedCustomer, apiBrowser, send } from './customers.ts'
import { english, expect, expectAccessible, expectScreen, inLanguages, test } from './journey.ts'
import { release } from './market.ts'
import { prepared } from './prepared.ts'
import { field, proveAddress, signInHere } from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a payer reads that a live purchase pays, and lets the balance pay once it was closed', async ({
      page,
      words,
    }) => {
      const { person, instanceId, workspace } = await activatedCustomer('harbour-prod')
      await page.goto(paths.billing.workspaces())
      await signInHere(page, words, person)
      await expectScreen(page, words.billing.workspaces.title)
      const drawer = page.getByRole('dialog', { name: workspace })
      await page.getByRole('link', { name: workspace }).click()
      await expect(drawer.getByText(instanceId, { exact: true })).toBeVisible()
      await expect(drawer.getByText(words.parts.method.cloudAlive)).toBeVisible()
      await expectAccessible(page)

      await release(instanceId)
      await page.reload()
      await expect(drawer.getByText(words.console.countdown.instance_released)).toBeVisible()
      await drawer.getByRole('link', { name: words.billing.workspaces.change }).click()
      const change = page.getByRole('dialog', { name: words.billing.workspaces.change })
      await change.getByRole('radio', { name: words.parts.method.balance }).check()
      await expectAccessible(page)
      await change.getByRole('button', { name: words.parts.method.submit, exact: true }).click()
      await expect(drawer.getByText(words.parts.standing.active, { exact: true })).toBeVisible()
      await expect(drawer.getByText(words.parts.method.balance)).toBeVisible()
      await page.goto(paths.billing.home())
      await expectScreen(page, words.billing.overview.title)
      await expect(page.getByText(words.billing.overview.attentionNone)).toBeVisible()
    })
  })
}

test.describe(english, () => {
  test('a row of the list is opened and closed by keyboard, and has the focus again', async ({ page, words }) => {
    const { person, workspace } = await activatedCustomer('harbour-keys')
    await page.goto(paths.billing.workspaces())
    await signInHere(page, words, person)
    const row = page.getByRole('link', { name: workspace })
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: workspace })).toBeVisible()
    await expect(page).toHaveURL(/workspaces\/wksp_/)
    await page.keyboard.press('Escape')
    await expect(page).toHaveURL(/workspaces$/)
    await expect(row).toBeFocused()
  })

  test('what was typed stays when the session ends elsewhere, and is saved after signing in again', async ({
    page,
    context,
    words,
  }) => {
    const { person } = await activatedCustomer('harbour-stale')
    await page.goto(paths.billing.account())
    await signInHere(page, words, person)
    await expectScreen(page, words.billing.account.title)
    const industry = field(page, words.parts.optional.replace('{{label}}', words.activation.company.industry))
    await industry.fill('Freight')
    await page.request.post('/v1/billing/sign-out', { headers: { 'x-purser-request': '1' } })
    const save = page.getByRole('button', { name: words.billing.account.save, exact: true })
    await save.click()
    await expect(page.getByText(words.parts.signedOut.banner)).toBeVisible()
    await expectAccessible(page)

    const opened = context.waitForEvent('page')
    await page.getByRole('link', { name: words.parts.signedOut.signIn }).click()
    const other = await opened
    await signInHere(other, words, person)
    await expectScreen(other, words.billing.account.title)
    await other.close()
    // A person who comes back to the tab; without a screen the browser does not tell it.
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await expect(page.getByText(words.parts.signedOut.banner)).toBeHidden()
    await expect(industry).toHaveValue('Freight')
    await save.click()
    await expect(page.getByText(words.billing.account.saved)).toBeVisible()
  })

  test('a workspace that is not yours to see is not found, and nothing offers to try again', async ({
    page,
    words,
  }) => {
    const { person } = await activatedCustomer('harbour-own')
    const stranger = await activatedCustomer('harbour-other')
    const browser = await apiBrowser()
    const { username, password } = stranger.person
    await send(browser, 'POST', '/v1/billing/sign-in', { identifier: username, password })
    const { items } = (await send(browser, 'GET', '/v1/billing/workspaces')) as { items: { id: string }[] }
    await browser.dispose()
    await page.goto(paths.billing.workspace(items[0]!.id))
    await signInHere(page, words, person)
    const drawer = page.getByRole('dialog')
    await expect(drawer.getByText(words.parts.notFound.here)).toBeVisible()
    await expect(drawer.getByRole('button', { name: words.parts.retry })).toHaveCount(0)
    await expect(page.getByText('harbour-other')).toHaveCount(0)
  })

  test('a password forgotten on the way to a page is chosen anew by a mailed code, and the page comes after it', async ({
    page,
    words,
  }) => {
    const { person } = prepared('forgetfulPayer')
    await page.goto(paths.billing.bills({ site: 'cn1', from: '2026-01-01' }))
    await expectScreen(page, words.billing.signIn.title)
    await page.getByRole('link', { name: words.parts.signIn.forgotten }).click()
    await expectScreen(page, words.billing.reset.title)
    await field(page, words.billing.reset.username).fill(person.username)
    await proveAddress(page, words, person.email)
    await field(page, words.parts.reset.newPassword).fill('another lantern 2027')
    await page.getByRole('button', { name: words.parts.reset.submit }).click()
    await expect(page.getByText(words.parts.reset.done)).toBeVisible()
    await page.getByRole('link', { name: words.parts.signIn.submit, exact: true }).click()
    await signInHere(page, words, { ...person, password: 'another lantern 2027' })
    await expectScreen(page, words.money.bills.title)
    await expect(page).toHaveURL(/\/bills\?site=cn1&from=2026-01-01$/)
  })

  test('a link to choose a new password that wants to lead elsewhere afterwards leads nowhere but here', async ({
    page,
    words,
  }) => {
    await page.goto(paths.billing.resetPassword('https://elsewhere.example/billing'))
    await expectScreen(page, words.billing.reset.title)
    const back = page.getByRole('link', { name: words.parts.cancel, exact: true })
    await expect(back).toHaveAttribute('href', paths.billing.signIn())
  })

  test('an activation left unfinished is continued from the overview', async ({ page, words }) => {
    const { person } = await activatedCustomer('harbour-later', 'company')
    await page.goto(paths.billing.home())
    await signInHere(page, words, person)
    await expectScreen(page, words.billing.overview.title)
    await page.getByRole('button', { name: words.billing.overview.continue, exact: true }).click()
    await expectScreen(page, words.activation.method.title)
  })
})

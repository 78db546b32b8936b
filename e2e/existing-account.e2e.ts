import { expect, expectScreen, inLanguages, test } from './journey.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { prepared } from './prepared.ts'
import {
  acceptTerms,
  bindAccount,
  bindWorkspace,
  buyInTheShop,
  choose,
  confirm,
  expectBound,
  field,
  nameWorkspace,
  openWorkspace,
  pressDirectLogin,
  proveAddress,
} from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a buyer with a Billing Center account binds it, binds a workspace they have, and is led to it', async ({
      page,
      words,
    }) => {
      const { person } = prepared(`payer_${language}`)
      await buyInTheShop(page, words, await freshBuyer())
      await pressDirectLogin(page, words)
      await choose(page, words, 'existing')
      await bindAccount(page, words, person)
      await expectScreen(page, words.activation.workspaces.title)
      const confirmButton = page.getByRole('button', { name: words.activation.confirm, exact: true })
      await expect(confirmButton).toBeDisabled()
      await bindWorkspace(page, words, 'haohai-prod')
      await confirm(page, words)
      await expect(page.getByText('haohai-prod')).toBeVisible()
      // Only the Billing Center account was proven here, so the console asks who works in the workspace.
      await page.getByRole('button', { name: words.activation.done.button }).click()
      await expect(page).toHaveURL(/\/console\/cn1\/sign-in/)
    })

    test('a buyer with a Billing Center account but nobody in the console registers there while creating a workspace', async ({
      page,
      words,
    }) => {
      const { person } = prepared(`account_${language}`)
      const worker = newPerson('worker')
      await page.goto(await directLogin(await purchase(await freshBuyer())))
      await choose(page, words, 'existing')
      await bindAccount(page, words, person)
      await expectScreen(page, words.activation.workspaces.title)
      await page.getByRole('link', { name: words.activation.createWorkspace }).click()
      await page.getByRole('tab', { name: words.activation.newWorkspace.none }).click()
      await expectScreen(page, words.activation.newWorkspace.title)
      await nameWorkspace(page, words, 'acme-new')
      await field(page, words.parts.username).fill(worker.username)
      await field(page, words.activation.basic.password).fill(worker.password)
      await field(page, words.activation.newWorkspace.passwordAgain).fill(worker.password)
      await field(page, words.parts.email).fill(worker.email)
      await proveAddress(page, words, worker.email)
      await acceptTerms(page, words)
      await page.getByRole('button', { name: words.activation.registerAndCreate }).click()
      await expectScreen(page, words.activation.workspaces.title)
      await expectBound(page, words, 'acme-new')
      await confirm(page, words)
      await openWorkspace(page, words, 'acme-new')
    })

    test('a buyer with both accounts creates a workspace for the console account they prove', async ({
      page,
      words,
    }) => {
      const { person } = prepared(`bothAccounts_${language}`)
      const owner = prepared(`consoleOwner_${language}`).person
      await page.goto(await directLogin(await purchase(await freshBuyer())))
      await choose(page, words, 'existing')
      await bindAccount(page, words, person)
      await expectScreen(page, words.activation.workspaces.title)
      await page.getByRole('link', { name: words.activation.createWorkspace }).click()
      await expectScreen(page, words.activation.newWorkspace.title)
      await nameWorkspace(page, words, 'acme-second')
      await field(page, words.activation.newWorkspace.haveEmail).fill(owner.email)
      await proveAddress(page, words, owner.email)
      await acceptTerms(page, words)
      await page.getByRole('button', { name: words.activation.create, exact: true }).click()
      await expectScreen(page, words.activation.workspaces.title)
      await expectBound(page, words, 'acme-second')
      await confirm(page, words)
      await openWorkspace(page, words, 'acme-second')
    })
  })
}

import { activatedCustomer } from './customers.ts'
import { expect, expectScreen, test } from './journey.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { prepared } from './prepared.ts'
import {
  acceptTerms,
  bindAccount,
  bindWorkspace,
  choose,
  confirm,
  expectBound,
  field,
  fillBasic,
  nameWorkspace,
  next,
  openWorkspace,
  proveAddress,
} from './steps.ts'

test.describe('an activation left and taken up again in another browser', () => {
  test('after the choice it goes on at basic information', async ({ page, words, elsewhere: office }) => {
    const instanceId = await purchase(await freshBuyer())
    await office.goto(await directLogin(instanceId))
    await choose(office, words, 'new')
    await expectScreen(office, words.activation.basic.title)

    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.basic.title)
    await fillBasic(page, words, newPerson())
    await next(page, words)
    await expectScreen(page, words.activation.company.title)
  })

  test('after choosing an account they have it goes on at that account', async ({ page, words, elsewhere: office }) => {
    const instanceId = await purchase(await freshBuyer())
    await office.goto(await directLogin(instanceId))
    await choose(office, words, 'existing')
    await expectScreen(office, words.activation.account.title)

    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.account.title)
    await expect(page.getByRole('button', { name: words.activation.account.submit, exact: true })).toBeVisible()
  })

  test('after basic information it asks for a code, then goes on at company information', async ({ page, words }) => {
    const { person, instanceId } = prepared('stoppedAfterBasic')
    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.prove.title)
    // The address is only hinted at: whoever opens the instance need not know it.
    await expect(page.getByText(person.email)).toBeHidden()
    await proveAddress(page, words, person.email)
    await page.getByRole('button', { name: words.activation.prove.submit }).click()
    await expectScreen(page, words.activation.company.title)
    await field(page, words.activation.company.name).fill(person.company)
    await acceptTerms(page, words)
    await next(page, words)
    await expectScreen(page, words.activation.method.title)
  })

  test('after company information it asks for a code, then goes on at the activation method', async ({
    page,
    words,
  }) => {
    const { person, instanceId } = prepared('stoppedAfterCompany')
    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.prove.title)
    await proveAddress(page, words, person.email)
    await page.getByRole('button', { name: words.activation.prove.submit }).click()
    await expectScreen(page, words.activation.method.title)
    await nameWorkspace(page, words, 'acme-prod')
    await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
    await expectScreen(page, words.activation.done.title)
    await openWorkspace(page, words, 'acme-prod')
  })

  test('after the account is bound it asks for a code, then goes on at the workspaces', async ({
    page,
    words,
    elsewhere: office,
  }) => {
    const { person } = prepared('movedDevice')
    const instanceId = await purchase(await freshBuyer())
    await office.goto(await directLogin(instanceId))
    await choose(office, words, 'existing')
    await bindAccount(office, words, person)
    await expectScreen(office, words.activation.workspaces.title)

    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.prove.title)
    await proveAddress(page, words, person.email)
    await page.getByRole('button', { name: words.activation.prove.submit }).click()
    await expectScreen(page, words.activation.workspaces.title)
  })

  test('after a workspace is bound it shows what the purchase pays for', async ({ page, words, elsewhere: office }) => {
    const { person } = prepared('returningPayer')
    const instanceId = await purchase(await freshBuyer())
    await office.goto(await directLogin(instanceId))
    await choose(office, words, 'existing')
    await bindAccount(office, words, person)
    await bindWorkspace(office, words, 'haohai-prod')

    await page.goto(await directLogin(instanceId))
    await expectScreen(page, words.activation.done.settledTitle)
    await expect(page.getByRole('link', { name: `${words.activation.open} haohai-prod` })).toBeVisible()
  })
})

test('a second purchase with the same cloud account asks for a code and goes straight to the workspaces', async ({
  page,
  words,
}) => {
  const { person, buyer, workspace } = prepared('secondPurchase')
  await page.goto(await directLogin(await purchase(buyer)))
  await expectScreen(page, words.activation.prove.title)
  await proveAddress(page, words, person.email)
  await page.getByRole('button', { name: words.activation.prove.submit }).click()
  await expectScreen(page, words.activation.workspaces.title)
  const taken = page.getByRole('listitem').filter({ hasText: workspace })
  await expect(taken).toContainText(words.activation.workspaces.why['settled-elsewhere'])
  await page.getByRole('link', { name: words.activation.createWorkspace }).click()
  await page.getByRole('tab', { name: words.activation.newWorkspace.none }).click()
  const worker = newPerson('worker')
  await nameWorkspace(page, words, 'second-floor')
  await field(page, words.parts.username).fill(worker.username)
  await field(page, words.activation.basic.password).fill(worker.password)
  await field(page, words.activation.newWorkspace.passwordAgain).fill(worker.password)
  await field(page, words.parts.email).fill(worker.email)
  await proveAddress(page, words, worker.email)
  await acceptTerms(page, words)
  await page.getByRole('button', { name: words.activation.registerAndCreate }).click()
  await expectBound(page, words, 'second-floor')
  await confirm(page, words)
})

test('Direct Login once everything is bound lists the workspaces, and Open leads to the console’s login page', async ({
  page,
  words,
}) => {
  const { instanceId, workspace } = await activatedCustomer()
  await page.goto(await directLogin(instanceId))
  await expectScreen(page, words.activation.done.settledTitle)
  await page.getByRole('link', { name: `${words.activation.open} ${workspace}` }).click()
  await expect(page).toHaveURL(/\/console\/cn1\/sign-in/)
})

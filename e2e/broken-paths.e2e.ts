import { expect, expectScreen, test } from './journey.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { prepared } from './prepared.ts'
import {
  anotherCode,
  bindAccount,
  bindWorkspace,
  choose,
  field,
  fillBasic,
  fillCompany,
  nameWorkspace,
  next,
  openWorkspace,
} from './steps.ts'

test('a wrong code counts the tries, a code tried too often is replaced by a new one', async ({ page, words }) => {
  const person = newPerson()
  await page.clock.install()
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(page, words, 'new')
  await fillBasic(page, words, person)
  const code = field(page, words.parts.code.label)
  const right = await code.inputValue()
  const wrong = right === '000000' ? '111111' : '000000'
  for (const left of [4, 3, 2, 1]) {
    await code.fill(wrong)
    await next(page, words)
    await expect(page.getByText(words.problem('code_wrong', { left }))).toBeVisible()
  }
  await code.fill(wrong)
  await next(page, words)
  await expect(page.getByText(words.problem('code_exhausted'))).toBeVisible()
  await code.fill(right)
  await next(page, words)
  await expect(page.getByText(words.problem('code_exhausted'))).toBeVisible()
  // What was typed is still there; only the code is new.
  await expect(field(page, words.parts.username)).toHaveValue(person.username)
  await code.fill(await anotherCode(page, words, person.email))
  await next(page, words)
  await expectScreen(page, words.activation.company.title)
})

test('a username or e-mail that is taken is said at its field; the same e-mail is free on another site', async ({
  page,
  words,
}) => {
  const owner = prepared('emailOwner').person
  const person = { ...newPerson(), email: owner.email }
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(page, words, 'new')
  await fillBasic(page, words, { ...person, username: owner.username })
  await next(page, words)
  await expect(page.getByText(words.problem('username_taken'))).toBeVisible()
  await expect(field(page, words.parts.username)).toBeFocused()
  await field(page, words.parts.username).fill(person.username)
  await next(page, words)
  await expect(page.getByText(words.problem('email_taken', { site: 'cn1' }))).toBeVisible()
  await page.getByRole('combobox', { name: words.parts.site.label }).click()
  await page.getByRole('option', { name: /cn4/ }).click()
  await next(page, words)
  await expectScreen(page, words.activation.company.title)
})

test('a cloud account that belongs to another Billing Center account is refused with the reason', async ({
  page,
  words,
}) => {
  const { buyer } = prepared('accountElsewhere')
  const instanceId = await purchase(buyer)
  await page.goto('/register')
  await page.getByRole('button', { name: words.activation.register.button, exact: true }).click()
  const person = newPerson()
  await fillBasic(page, words, person)
  await next(page, words)
  await fillCompany(page, words, person)
  await next(page, words)
  await nameWorkspace(page, words, 'acme-web')
  await field(page, words.parts.accountId).fill(buyer.accountId)
  await field(page, words.parts.instanceId).fill(instanceId)
  await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
  await expect(page.getByText(words.problem('cloud_account_bound_elsewhere'))).toBeVisible()
  // The balance remains a way to go on.
  await page.getByRole('radio', { name: words.activation.method.balance }).check()
  await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
  await expectScreen(page, words.activation.done.title)
})

test('two tabs with two purchases: what was typed for one never lands in the other', async ({
  page,
  context,
  words,
}) => {
  const buyer = await freshBuyer()
  await page.goto(await directLogin(await purchase(buyer)))
  await choose(page, words, 'new')
  const first = newPerson()
  await fillBasic(page, words, first)
  const second = await context.newPage()
  await second.goto(await directLogin(await purchase(await freshBuyer())))
  await expectScreen(second, words.activation.landing.title)
  await next(page, words)
  await expect(page.getByText(words.activation.moved)).toBeVisible()
  await expectScreen(page, words.activation.landing.title)
})

test('two tabs with one purchase: a step finished in one is not done twice in the other', async ({
  page,
  context,
  words,
}) => {
  const person = newPerson()
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(page, words, 'new')
  await fillBasic(page, words, person)
  await next(page, words)
  await fillCompany(page, words, person)
  const second = await context.newPage()
  await second.goto('/activate')
  await fillCompany(second, words, person)
  await next(second, words)
  await expectScreen(second, words.activation.method.title)
  await next(page, words)
  await expectScreen(page, words.activation.method.title)
  await nameWorkspace(page, words, 'acme-prod')
  await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
  await expectScreen(page, words.activation.done.title)
  await nameWorkspace(second, words, 'acme-twice')
  await second.getByRole('button', { name: words.activation.activate, exact: true }).click()
  await expectScreen(second, words.activation.done.title)
  await expect(second.getByText('acme-prod')).toBeVisible()
  await expect(second.getByText('acme-twice')).toBeHidden()
})

test('a double click on Direct Login and on Activate makes one activation and one workspace', async ({
  page,
  words,
}) => {
  const person = newPerson()
  const link = await directLogin(await purchase(await freshBuyer()))
  await page.goto(link)
  await page.goto(link)
  await choose(page, words, 'new')
  await fillBasic(page, words, person)
  await next(page, words)
  await fillCompany(page, words, person)
  await next(page, words)
  await nameWorkspace(page, words, 'acme-prod')
  await page.getByRole('button', { name: words.activation.activate, exact: true }).dblclick()
  await expectScreen(page, words.activation.done.title)
  await openWorkspace(page, words, 'acme-prod')
  await page.goto('/console/cn1/workspaces')
  await expectScreen(page, words.console.workspaces.title)
  await expect(page.getByRole('link', { name: 'acme-prod' })).toHaveCount(1)
})

test('a workspace that was bound by another purchase meanwhile is refused with the reason, and the list follows', async ({
  page,
  elsewhere,
  words,
}) => {
  const { person } = prepared('rival')
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(page, words, 'existing')
  await bindAccount(page, words, person)
  await expectScreen(page, words.activation.workspaces.title)
  const bind = page.getByRole('button', { name: `${words.activation.bind} contested` })
  await expect(bind).toBeVisible()

  await elsewhere.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(elsewhere, words, 'existing')
  await bindAccount(elsewhere, words, person)
  await bindWorkspace(elsewhere, words, 'contested')

  await bind.click()
  const dialog = page.getByRole('dialog', { name: words.activation.workspaces.bindTitle })
  await dialog.getByRole('button', { name: words.activation.confirm, exact: true }).click()
  await expect(dialog.getByText(words.problem('workspace_not_bindable'))).toBeVisible()
  await dialog.getByRole('button', { name: words.parts.cancel }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'contested' })).toContainText(
    words.activation.workspaces.why['settled-elsewhere'],
  )
})

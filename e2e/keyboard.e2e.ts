import type { Page } from '@playwright/test'
import { expect, expectScreen, test } from './journey.ts'
import { codeSentTo } from './mail.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { choose, fillBasic, fillCompany, nameWorkspace, next } from './steps.ts'

/** Presses Tab until the element that has the focus has this name. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) === 0) continue
    const here = page.getByLabel(name).or(page.getByRole('button', { name })).or(page.getByRole('link', { name }))
    if ((await focused.and(here).count()) > 0) return
  }
  throw new Error(`Tab never reached ${String(name)}`)
}

test('a buyer who uses only the keyboard registers, activates and is in the workspace', async ({ page, words }) => {
  const person = newPerson()
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await expectScreen(page, words.activation.landing.title)
  await tabTo(page, words.activation.landing.new)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expectScreen(page, words.activation.basic.title)
  await tabTo(page, words.parts.username)
  await page.keyboard.type(person.username)
  await tabTo(page, words.activation.basic.password)
  await page.keyboard.type(person.password)
  await tabTo(page, words.parts.email)
  await page.keyboard.type(person.email)
  await tabTo(page, words.parts.code.send)
  const code = await codeSentTo(person.email, () => page.keyboard.press('Enter'))
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
  await expectScreen(page, words.activation.company.title)
  await tabTo(page, words.activation.company.name)
  await page.keyboard.type(person.company)
  await tabTo(page, /terms/)
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await expectScreen(page, words.activation.method.title)
  await tabTo(page, words.parts.workspaceName)
  await page.keyboard.type('acme-keys')
  await page.keyboard.press('Enter')
  await expectScreen(page, words.activation.done.title)
  await tabTo(page, words.activation.done.button)
  await page.keyboard.press('Enter')
  await expectScreen(page, 'acme-keys')
})

test('the browser’s back button goes one step back at every step, and forward again', async ({ page, words }) => {
  const { landing, basic, company, method, done } = words.activation
  const person = newPerson()
  await page.goto(await directLogin(await purchase(await freshBuyer())))
  await choose(page, words, 'new')
  await expectScreen(page, basic.title)
  await page.goBack()
  await expectScreen(page, landing.title)
  await page.goForward()
  await fillBasic(page, words, person)
  const code = await page.getByLabel(words.parts.code.label, { exact: true }).inputValue()
  await page.goBack()
  await expectScreen(page, landing.title)
  await page.goForward()
  // What was typed is kept; only the password and the code are asked for again.
  await expect(page.getByLabel(words.parts.email, { exact: true })).toHaveValue(person.email)
  await page.getByLabel(words.activation.basic.password, { exact: true }).fill(person.password)
  await page.getByLabel(words.parts.code.label, { exact: true }).fill(code)
  await next(page, words)
  await expectScreen(page, company.title)
  await page.goBack()
  await expectScreen(page, basic.title)
  await page.goForward()
  await fillCompany(page, words, person)
  await next(page, words)
  await expectScreen(page, method.title)
  await page.goBack()
  await expectScreen(page, company.title)
  await page.goForward()
  await nameWorkspace(page, words, 'acme-back')
  await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
  await expectScreen(page, done.title)
  await page.goBack()
  await expectScreen(page, method.title)
  await page.goForward()
  await expectScreen(page, done.title)
})

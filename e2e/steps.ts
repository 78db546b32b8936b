import type { Locator, Page } from '@playwright/test'
import { demoCatalogue } from '../demo/world.ts'
import { codeEveryMs } from './clock.ts'
import { expect, expectAccessible, expectScreen } from './journey.ts'
import { codeSentTo } from './mail.ts'
import { shopAs } from './market.ts'
import type { Buyer } from './market.ts'
import type { Person } from './people.ts'
import type { Words } from './words.ts'

/** What a person does on each screen, by the words they read there. */

const product = demoCatalogue.products[0]!

/** Product → Activate Now → agree → Activate → Confirm → Purchased Services. Out: the Product Instance ID. */
export async function buyInTheShop(page: Page, words: Words, buyer: Buyer): Promise<string> {
  const { market } = words
  await page.goto(shopAs(buyer))
  await expectScreen(page, product.name[words.language])
  await page.getByRole('link', { name: market.activateNow }).click()
  await expectScreen(page, market.promptTitle)
  await page.getByRole('checkbox', { name: market.agree }).check()
  await page.getByRole('button', { name: market.activate, exact: true }).click()
  await expectScreen(page, market.submittedTitle)
  await page.getByRole('button', { name: market.confirm, exact: true }).click()
  await expectScreen(page, market.purchasedServices)
  const link = page.getByRole('link', { name: market.directLogin, exact: true })
  // The vendor may be asked a second time before it confirms; the page looks again by itself.
  await expect(link).toBeVisible()
  const address = await link.getAttribute('href')
  return /purchased-services\/([^/]+)\//.exec(address ?? '')?.[1] ?? ''
}

/** Presses Direct Login on Purchased Services. */
export async function pressDirectLogin(page: Page, words: Words): Promise<void> {
  await page.getByRole('link', { name: words.market.directLogin, exact: true }).first().click()
}

/** Landing: one of the two choices, then Next. */
export async function choose(page: Page, words: Words, path: 'new' | 'existing'): Promise<void> {
  await expectScreen(page, words.activation.landing.title)
  await page.getByRole('radio', { name: words.activation.landing[path] }).check()
  await next(page, words)
}

export async function next(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.activation.next, exact: true }).click()
}

/** Presses "Send code" and types what comes. */
export async function proveAddress(page: Page, words: Words, address: string): Promise<void> {
  const code = await codeSentTo(address, () =>
    page.getByRole('button', { name: words.parts.code.send, exact: true }).click(),
  )
  await field(page, words.parts.code.label).fill(code)
}

/** Waits the minute between two codes, by the clock of the world and of this page (which needs `page.clock.install()`), and asks for another. */
export async function anotherCode(page: Page, words: Words, address: string): Promise<string> {
  return codeSentTo(address, async () => {
    await page.clock.fastForward(codeEveryMs)
    await page.getByRole('button', { name: words.parts.code.again, exact: true }).click()
  })
}

/** Basic information, filled in but not sent. */
export async function fillBasic(page: Page, words: Words, person: Person): Promise<void> {
  await expectScreen(page, words.activation.basic.title)
  await field(page, words.parts.username).fill(person.username)
  await field(page, words.activation.basic.password).fill(person.password)
  await field(page, words.parts.email).fill(person.email)
  await proveAddress(page, words, person.email)
}

/** Company information, filled in but not sent. */
export async function fillCompany(page: Page, words: Words, person: Person): Promise<void> {
  await expectScreen(page, words.activation.company.title)
  await field(page, words.activation.company.name).fill(person.company)
  await acceptTerms(page, words)
}

export async function acceptTerms(page: Page, words: Words): Promise<void> {
  await page.getByRole('checkbox', { name: plain(words.parts.terms.label) }).check()
}

/** Existing Billing Center account: username and the code from its mail, then Bind. */
export async function bindAccount(page: Page, words: Words, person: Person): Promise<void> {
  await expectScreen(page, words.activation.account.title)
  await field(page, words.activation.account.username).fill(person.username)
  await proveAddress(page, words, person.email)
  await page.getByRole('button', { name: words.activation.account.submit, exact: true }).click()
}

/** Bind → Confirm: the workspace stands as Bound. */
export async function bindWorkspace(page: Page, words: Words, workspace: string): Promise<void> {
  await page.getByRole('button', { name: `${words.activation.bind} ${workspace}` }).click()
  const dialog = page.getByRole('dialog', { name: words.activation.workspaces.bindTitle })
  await expect(dialog).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: words.activation.confirm, exact: true }).click()
  await expectBound(page, words, workspace)
}

export async function expectBound(page: Page, words: Words, workspace: string): Promise<void> {
  const row = page
    .getByRole('list', { name: words.activation.workspaces.list })
    .getByRole('listitem')
    .filter({ hasText: workspace })
  await expect(row.getByText(words.activation.bound, { exact: true })).toBeVisible()
}

/** The list of workspaces → Confirm → the ending. */
export async function confirm(page: Page, words: Words): Promise<void> {
  await page.getByRole('button', { name: words.activation.confirm, exact: true }).click()
  await expectScreen(page, words.activation.done.title)
}

/** The workspace's name and language, on any screen that creates one. */
export async function nameWorkspace(page: Page, words: Words, workspace: string): Promise<void> {
  await field(page, words.parts.workspaceName).fill(workspace)
}

/** The ending's one button leads into the workspace, where its name stands as the heading. */
export async function openWorkspace(page: Page, words: Words, workspace: string): Promise<void> {
  await page.getByRole('button', { name: words.activation.done.button }).click()
  await expectScreen(page, workspace)
  await expect(page).toHaveURL(/\/console\/cn\d\/workspaces\/wksp_/)
}

/** A field by its label. */
export function field(page: Page | Locator, label: string): Locator {
  return page.getByLabel(label, { exact: true })
}

/** The words of a text without its marks for links. */
function plain(text: string): string {
  return text.replace(/<\/?\w+>/g, '')
}

/** Signs in to the console of cn1 and arrives at the workspaces. */
export async function signInToConsole(page: Page, words: Words, person: Person): Promise<void> {
  await page.goto('/console/cn1/sign-in')
  await expectScreen(page, words.console.signIn.title)
  await field(page, words.parts.signIn.identifier).fill(person.username)
  await field(page, words.parts.passwordLabel).fill(person.password)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
  await expectScreen(page, words.console.workspaces.title)
}

/** Signs in on the Billing Center's sign-in page that is shown. */
export async function signInHere(page: Page, words: Words, person: Person): Promise<void> {
  await expectScreen(page, words.billing.signIn.title)
  await field(page, words.parts.signIn.identifier).fill(person.username)
  await field(page, words.parts.passwordLabel).fill(person.password)
  await page.getByRole('button', { name: words.parts.signIn.submit, exact: true }).click()
}

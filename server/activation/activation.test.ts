import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testBrowser } from '../../test/browser.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { dailyProductCode, termsVersion } from '../../test/catalogue.ts'
import { testMarket } from '../../test/market.ts'
import type { Purchase, TestMarket } from '../../test/market.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import * as activation from '../../contract/activation.ts'
import type { ActivationView } from '../../contract/activation.ts'
import * as billing from '../../contract/accounts.ts'
import type { WorkspaceId } from '../../contract/ids.ts'
import * as identity from '../../contract/identity.ts'
import * as workspaces from '../../contract/workspaces.ts'
import { createApp } from '../app.ts'

let world: TestServices
let app: FastifyInstance
let market: TestMarket
let people = 0

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  market = testMarket(app, world.clock)
})
afterAll(async () => {
  await app.close()
  await world.close()
})
// Codes are limited per hour and activation; a new hour for every test keeps them apart.
beforeEach(() => world.clock.advance(3_700_000))

const password = 'a quiet harbour'

function somebody() {
  people += 1
  return { username: `buyer${people}`, email: `buyer${people}@acme.cn` }
}

/** A browser of its own network, arrived by Direct Login. */
async function arrive(purchase: Purchase, browser = newBrowser()): Promise<TestBrowser> {
  // The marketplace stamps its links by the second: two in one second would be one link.
  world.clock.advance(1000)
  const { status, location } = await browser.open(market.directLogin(purchase.instanceRef))
  expect([status, location]).toEqual([303, '/activate'])
  return browser
}

function newBrowser(): TestBrowser {
  people += 1
  return testBrowser(app, { ip: `198.51.100.${people % 250}` })
}

async function codeFor(email: string): Promise<string> {
  await world.runJobs()
  return world.inbox.codeFor(email)
}

async function doBasic(browser: TestBrowser, person: ReturnType<typeof somebody>): Promise<ActivationView> {
  await browser.call(activation.choosePath, { body: { path: 'new' } })
  await browser.call(activation.sendBasicCode, { body: { email: person.email, site: 'cn1' } })
  const code = await codeFor(person.email)
  return browser.call(activation.saveBasic, { body: { ...person, site: 'cn1', password, code } })
}

async function doCompany(browser: TestBrowser): Promise<ActivationView> {
  return browser.call(activation.saveCompany, { body: { company: { name: 'Acme' }, acceptTerms: termsVersion } })
}

async function doMethod(browser: TestBrowser): Promise<ActivationView> {
  return browser.call(activation.activateMethod, { body: { workspaceName: 'acme-prod', language: 'zh' } })
}

/** A buyer who has registered and activated one purchase. */
async function registered(purchase?: Purchase) {
  const person = somebody()
  const bought = purchase ?? (await market.buy())
  const browser = await arrive(bought)
  await doBasic(browser, person)
  await doCompany(browser)
  const view = await doMethod(browser)
  return { person, bought, browser, view }
}

async function prove(browser: TestBrowser, email: string): Promise<ActivationView> {
  world.clock.advance(61_000)
  await browser.call(activation.sendProofCode, {})
  return browser.call(activation.proveAccount, { body: { code: await codeFor(email) } })
}

test('a buyer without any account registers, activates, and is signed in to the workspace', async () => {
  const person = somebody()
  const bought = await market.buy()
  const browser = await arrive(bought)
  const landing = await browser.call(activation.readActivation, {})
  expect(landing).toMatchObject({
    step: 'landing',
    purchase: { cloudAccountRef: bought.aliUid, instanceRef: bought.instanceRef },
  })
  expect((await doBasic(browser, person)).step).toBe('company')
  expect((await doCompany(browser)).step).toBe('method')
  const done = await doMethod(browser)
  expect(done).toMatchObject({ step: 'done', settled: [{ name: 'acme-prod', site: 'cn1', state: 'bound' }] })
  const { next } = await browser.call(activation.confirmActivation, { body: {} })
  expect(next).toMatchObject({ to: 'workspace', site: 'cn1' })
  const home = await browser.call(workspaces.readWorkspace, { params: { workspaceId: next.workspaceId } })
  expect(home).toMatchObject({
    plan: 'commercial',
    payer: { companyName: 'Acme', settlement: { instanceRef: bought.instanceRef } },
  })
  const { items } = await browser.call(billing.listCloudAccounts, {})
  expect(items).toMatchObject([{ accountRef: bought.aliUid, instances: [{ workspaces: [{ name: 'acme-prod' }] }] }])
})

test('every step submitted twice, at once, makes one account and one workspace', async () => {
  const person = somebody()
  const browser = await arrive(await market.buy())
  await doBasic(browser, person)
  await Promise.all([doCompany(browser), doCompany(browser)])
  const views = await Promise.all([doMethod(browser), doMethod(browser)])
  expect(views.map((view) => view.settled.length)).toEqual([1, 1])
})

test('another browser continues after each step, once it has proven the person', async () => {
  const person = somebody()
  const bought = await market.buy()
  await doBasic(await arrive(bought), person)
  const second = await arrive(bought)
  const seen = await second.call(activation.readActivation, {})
  expect(seen).toMatchObject({ step: 'prove', proven: false, basic: { email: 'b•••@acme.cn' } })
  expect(
    (await second.refused(activation.saveCompany, { body: { company: { name: 'X' }, acceptTerms: termsVersion } }))
      .code,
  ).toBe('proof_needed')
  expect((await prove(second, person.email)).step).toBe('company')
  await doCompany(second)
  const third = await arrive(bought)
  expect((await third.call(activation.readActivation, {})).step).toBe('prove')
  expect((await prove(third, person.email)).step).toBe('method')
  await doMethod(third)
  const fourth = await arrive(bought)
  expect(await fourth.call(activation.readActivation, {})).toMatchObject({
    step: 'done',
    proven: false,
    settled: [{ name: 'acme-prod' }],
  })
  const { next } = await fourth.call(activation.confirmActivation, { body: {} })
  expect(next).toMatchObject({ to: 'sign-in', site: 'cn1', username: null })
})

test('a second purchase of the same cloud account goes to the workspaces after a code, and binds an existing one', async () => {
  const { person, bought } = await registered()
  const again = await market.buy({ aliUid: bought.aliUid })
  const browser = await arrive(again)
  expect((await browser.call(activation.readActivation, {})).step).toBe('prove')
  expect((await prove(browser, person.email)).step).toBe('workspaces')
  const { items } = await browser.call(activation.listActivationWorkspaces, {})
  expect(items).toMatchObject([{ name: 'acme-prod', state: 'settled-elsewhere' }])
  const workspaceId = items[0]?.id as WorkspaceId
  expect((await browser.refused(activation.bindActivationWorkspace, { params: { workspaceId } })).code).toBe(
    'workspace_not_bindable',
  )
})

test('the browser that is signed in to the Billing Center account needs no code for a second purchase', async () => {
  const { bought, browser } = await registered()
  const again = await market.buy({ aliUid: bought.aliUid })
  await arrive(again, browser)
  expect((await browser.call(activation.readActivation, {})).step).toBe('workspaces')
})

test('an existing account is bound by username and code, and a workspace is created with and without a console account', async () => {
  const { person } = await registered()
  const browser = await arrive(await market.buy())
  await browser.call(activation.choosePath, { body: { path: 'existing' } })
  world.clock.advance(61_000)
  const sent = await browser.call(activation.sendAccountCode, { body: { username: person.username } })
  expect(sent.sentTo).toBe(person.username)
  const bound = await browser.call(activation.bindAccount, {
    body: { username: person.username, code: await codeFor(person.email) },
  })
  expect(bound).toMatchObject({ step: 'workspaces', account: { username: person.username } })

  const newcomer = somebody()
  await browser.call(activation.sendConsoleAccountCode, { body: { email: newcomer.email, kind: 'new' } })
  const order = {
    requestKey: crypto.randomUUID(),
    name: 'acme-dev',
    language: 'en' as const,
    acceptTerms: termsVersion,
    owner: { kind: 'new' as const, ...newcomer, password, code: await codeFor(newcomer.email) },
  }
  const [first, second] = await Promise.all([
    browser.call(activation.createActivationWorkspace, { body: order }),
    browser.call(activation.createActivationWorkspace, { body: order }),
  ])
  expect([first.settled.length, second.settled.length]).toEqual([1, 1])

  world.clock.advance(61_000)
  await browser.call(activation.sendConsoleAccountCode, { body: { email: newcomer.email, kind: 'existing' } })
  const existing = { kind: 'existing' as const, email: newcomer.email, code: await codeFor(newcomer.email) }
  const view = await browser.call(activation.createActivationWorkspace, {
    body: { ...order, requestKey: crypto.randomUUID(), name: 'acme-test', owner: existing },
  })
  expect(view.settled.map((row) => row.name)).toEqual(['acme-dev', 'acme-test'])
  const { next } = await browser.call(activation.confirmActivation, { body: {} })
  expect(next.to).toBe('workspace')
  expect((await browser.call(activation.readActivation, {})).step).toBe('done')
})

test('a used link goes on in the browser that used it and is refused in any other', async () => {
  const bought = await market.buy()
  const link = market.directLogin(bought.instanceRef)
  const browser = newBrowser()
  expect((await browser.open(link)).location).toBe('/activate')
  expect((await browser.open(link)).location).toBe('/activate')
  world.clock.advance(11_000)
  expect((await newBrowser().open(link)).location).toBe('/activate/refused?reason=handoff_used')
})

test('the second click of a double click goes on, and gives a stranger who is as quick nothing', async () => {
  const link = market.directLogin((await market.buy()).instanceRef)
  const [browser, quick] = [newBrowser(), newBrowser()]
  await browser.open(link)
  const { location } = await quick.open(link)
  expect([location, quick.cookies.size]).toEqual(['/activate', 0])
  expect((await quick.refused(activation.readActivation, {})).code).toBe('signed_out')
})

test('expired, tampered and unknown links each end in a page that says what to do', async () => {
  const bought = await market.buy()
  const expired = await newBrowser().open(market.directLogin(bought.instanceRef, { minutesAgo: 6 }))
  const tampered = await newBrowser().open(market.directLogin(bought.instanceRef).replace(bought.instanceRef, '1'))
  const unknown = await newBrowser().open(market.directLogin('12345'))
  expect([expired, tampered, unknown].map((answer) => answer.location)).toEqual([
    '/activate/refused?reason=handoff_expired',
    '/activate/refused?reason=handoff_tampered',
    '/activate/refused?reason=instance_unknown',
  ])
})

test('a released instance is refused at the door and at every step', async () => {
  const bought = await market.buy()
  const browser = await arrive(bought)
  await market.notify({ action: 'releaseInstance', instanceId: bought.instanceRef })
  expect((await newBrowser().open(market.directLogin(bought.instanceRef))).location).toBe(
    '/activate/refused?reason=instance_released',
  )
  expect((await browser.refused(activation.choosePath, { body: { path: 'new' } })).code).toBe('instance_released')
})

test('a cloud account bound meanwhile by another purchase asks this browser to prove that account', async () => {
  const bought = await market.buy()
  const sibling = await market.buy({ aliUid: bought.aliUid })
  const waiting = await arrive(sibling)
  await waiting.call(activation.choosePath, { body: { path: 'new' } })
  await registered(bought)
  expect((await waiting.call(activation.readActivation, {})).step).toBe('prove')
})

test('a website registration names its instance by typed ids, and a wrong pair is refused with one neutral sentence', async () => {
  const person = somebody()
  const bought = await market.buy()
  const browser = newBrowser()
  const view = await browser.call(activation.startRegistration, { body: { site: 'cn1' } })
  expect(view).toMatchObject({ source: 'website', step: 'basic', purchase: null })
  await browser.call(activation.sendBasicCode, { body: { email: person.email, site: 'cn1' } })
  await browser.call(activation.saveBasic, {
    body: { ...person, site: 'cn1', password, code: await codeFor(person.email) },
  })
  await doCompany(browser)
  const body = { workspaceName: 'acme-web', language: 'en' as const }
  const typed = { method: 'alibaba' as const, cloudAccountRef: '1234567890123456', instanceRef: bought.instanceRef }
  const refused = await browser.refused(activation.activateMethod, { body: { ...body, method: typed } })
  expect(refused.code).toBe('instance_pair_wrong')
  const done = await browser.call(activation.activateMethod, {
    body: { ...body, method: { ...typed, cloudAccountRef: bought.aliUid } },
  })
  expect(done).toMatchObject({
    step: 'done',
    purchase: { instanceRef: bought.instanceRef, cloudAccountRef: bought.aliUid },
    settled: [{ name: 'acme-web' }],
  })
  await arrive(bought, newBrowser()).then(async (other) => {
    expect((await other.call(activation.readActivation, {})).settled).toMatchObject([{ name: 'acme-web' }])
  })
})

test('e-mail and username taken are said at their field; the same e-mail is free on another site', async () => {
  const { person } = await registered()
  const browser = await arrive(await market.buy())
  const other = somebody()
  await browser.call(activation.choosePath, { body: { path: 'new' } })
  world.clock.advance(61_000)
  await browser.call(activation.sendBasicCode, { body: { email: person.email, site: 'cn1' } })
  const code = await codeFor(person.email)
  const basic = { ...other, email: person.email, password, code }
  const taken = await browser.refused(activation.saveBasic, { body: { ...basic, site: 'cn1' } })
  expect([taken.code, taken.fields[0]?.path]).toEqual(['email_taken', 'email'])
  const name = await browser.refused(activation.saveBasic, {
    body: { ...basic, username: person.username.toUpperCase(), site: 'us1' },
  })
  expect([name.code, name.fields[0]?.path]).toEqual(['username_taken', 'username'])
  expect((await browser.call(activation.saveBasic, { body: { ...basic, site: 'us1' } })).step).toBe('company')
})

test('an unfinished activation is offered in the Billing Center and goes on there', async () => {
  const person = somebody()
  const bought = await market.buy()
  const first = await arrive(bought)
  await doBasic(first, person)
  await doCompany(first)
  const browser = newBrowser()
  await browser.call(identity.signInToBilling, { body: { identifier: person.username, password } })
  const { openActivation } = await browser.call(billing.readBillingOverview, {})
  const view = await browser.call(activation.resumeActivation, { params: { activationId: openActivation!.id } })
  expect(view).toMatchObject({ step: 'method', proven: true })
})

test('when the marketplace suspends the instance its workspaces count down 14 days, and renewal ends that at once', async () => {
  const { bought, browser, view } = await registered()
  const workspaceId = view.settled[0]?.id as WorkspaceId
  await browser.call(activation.confirmActivation, { body: {} })
  await market.notify({ action: 'expiredInstance', instanceId: bought.instanceRef })
  await world.runJobs()
  const counting = await browser.call(workspaces.readWorkspace, { params: { workspaceId } })
  expect(counting).toMatchObject({ standing: 'countdown', countdownReason: 'instance_suspended' })
  await market.notify({
    action: 'renewInstance',
    instanceId: bought.instanceRef,
    orderId: '1',
    expiredOn: '2027-01-01 00:00:00',
  })
  await world.runJobs()
  expect((await browser.call(workspaces.readWorkspace, { params: { workspaceId } })).standing).toBe('active')
})

test('Change Billing Method moves a workspace from a closed instance to another verified one, and the payer sees it', async () => {
  const { bought, browser, view } = await registered()
  const workspaceId = view.settled[0]?.id as WorkspaceId
  await browser.call(activation.confirmActivation, { body: {} })
  const fresh = await market.buy({ aliUid: bought.aliUid })
  const choice = { method: 'alibaba' as const, cloudAccountRef: bought.aliUid, instanceRef: fresh.instanceRef }
  expect((await browser.refused(workspaces.changeBillingMethod, { params: { workspaceId }, body: choice })).code).toBe(
    'settlement_cloud_alive',
  )
  await market.notify({ action: 'releaseInstance', instanceId: bought.instanceRef })
  await world.runJobs()
  const { instanceRef: ofSomebodyElse } = await market.buy()
  const wrong = await browser.refused(workspaces.changeBillingMethod, {
    params: { workspaceId },
    body: { ...choice, instanceRef: ofSomebodyElse },
  })
  expect(wrong.code).toBe('instance_id_wrong')
  const home = await browser.call(workspaces.changeBillingMethod, { params: { workspaceId }, body: choice })
  expect(home).toMatchObject({ standing: 'active', payer: { settlement: { instanceRef: fresh.instanceRef } } })
  const { items } = await browser.call(workspaces.listPaidWorkspaces, {})
  expect(items).toMatchObject([{ settlement: { instanceRef: fresh.instanceRef } }])
})

test('a product sold on one site only cannot pay for a workspace elsewhere', async () => {
  const browser = await arrive(await market.buy({ product: dailyProductCode }))
  const refused = await browser.refused(activation.chooseSite, { body: { site: 'us1' } })
  expect([refused.code, refused.message]).toEqual([
    'site_not_offered',
    'The purchased product is not offered on this site. Choose one of: cn1.',
  ])
})

test('what a person reads is in their language', async () => {
  const browser = testBrowser(app, { language: 'zh-CN' })
  const refused = await browser.refused(activation.readActivation, {})
  expect(refused.message).toBe('您已退出登录，请重新登录后继续。')
})

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCloudAccounts } from '../contract/accounts.ts'
import { readActivation, startRegistration } from '../contract/activation.ts'
import { signInToBilling, signInToConsole } from '../contract/identity.ts'
import { newId } from '../contract/ids.ts'
import type { WorkspaceId } from '../contract/ids.ts'
import { changeBillingMethod, listMyWorkspaces, readWorkspace } from '../contract/workspaces.ts'
import { testBrowser } from '../test/browser.ts'
import type { TestBrowser } from '../test/browser.ts'
import { aBillingAccount, aConsoleAccount, testPassword } from '../test/people.ts'
import { testServices } from '../test/services.ts'
import type { TestServices } from '../test/services.ts'
import { createApp } from './app.ts'
import { inTransaction } from './context.ts'
import { createWorkspace } from './workspaces/create-workspace.ts'

let world: TestServices
let app: FastifyInstance
let workspaceId: WorkspaceId

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  const owner = await aConsoleAccount(world.ctx(), { username: 'owner' })
  const member = await aConsoleAccount(world.ctx(), { username: 'member' })
  await aConsoleAccount(world.ctx(), { username: 'stranger' })
  await aConsoleAccount(world.ctx(), { username: 'owner', site: 'us1' })
  await aBillingAccount(world.ctx(), { username: 'payer' })
  const workspace = await inTransaction(world.ctx(), (tx) =>
    createWorkspace(tx, { site: 'cn1', name: 'acme-prod', language: 'en', owner: owner.id, requestKey: null }),
  )
  workspaceId = workspace.id
  await world.services.db
    .insertInto('workspace_members')
    .values({ workspace_id: workspace.id, console_account_id: member.id, role: 'member', joined_at: world.clock.now() })
    .execute()
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function signedIn(username: string, site = 'cn1'): Promise<TestBrowser> {
  const browser = testBrowser(app)
  await browser.call(signInToConsole, { params: { site }, body: { identifier: username, password: testPassword } })
  return browser
}

const asks = {
  home: (browser: TestBrowser, id: WorkspaceId = workspaceId) =>
    browser.send(readWorkspace, { params: { workspaceId: id } }),
  pay: (browser: TestBrowser) =>
    browser.send(changeBillingMethod, { params: { workspaceId }, body: { method: 'balance' } }),
}

describe('a workspace', () => {
  it('opens to its owner and its members', async () => {
    for (const name of ['owner', 'member']) {
      const home = await (await signedIn(name)).call(readWorkspace, { params: { workspaceId } })
      expect(home).toMatchObject({ name: 'acme-prod', role: name })
    }
  })

  it('is not found by a stranger, nor by its own people signed in to another site', async () => {
    for (const browser of [await signedIn('stranger'), await signedIn('owner', 'us1')]) {
      expect((await asks.home(browser)).status).toBe(404)
      expect((await asks.pay(browser)).status).toBe(404)
      expect((await asks.home(browser, newId('workspace'))).status).toBe(404)
    }
  })

  it('asks somebody signed out to sign in, alike for a workspace that exists and one that does not', async () => {
    const nobody = testBrowser(app)
    for (const id of [workspaceId, newId('workspace')]) {
      expect(await nobody.refused(readWorkspace, { params: { workspaceId: id } })).toMatchObject({
        status: 401,
        code: 'signed_out',
      })
    }
  })

  it('lets only its owner change who pays, and tells a member so', async () => {
    expect((await asks.pay(await signedIn('member'))).status).toBe(403)
    expect((await asks.pay(await signedIn('owner'))).body).toMatchObject({ error: { code: 'billing_account_needed' } })
  })

  it('learns which Billing Center account its owner’s browser is also signed in to', async () => {
    const owner = await signedIn('owner')
    await owner.call(signInToBilling, { body: { identifier: 'payer', password: testPassword } })
    expect(
      await owner.call(changeBillingMethod, { params: { workspaceId }, body: { method: 'balance' } }),
    ).toMatchObject({
      payer: { billingUsername: 'payer', settlement: { method: 'balance' } },
    })
  })

  it('is not found under an id that is none', async () => {
    const answer = await app.inject({ method: 'GET', url: '/v1/console/workspaces/1%20or%201=1' })
    expect(answer.statusCode).toBe(404)
  })
})

describe('a site’s console', () => {
  it('asks for that site’s own session', async () => {
    const person = await signedIn('owner', 'us1')
    expect(await person.call(listMyWorkspaces, { params: { site: 'us1' } })).toEqual({ items: [], nextCursor: null })
    expect(await person.refused(listMyWorkspaces, { params: { site: 'cn1' } })).toMatchObject({ code: 'signed_out' })
    expect(await person.refused(listMyWorkspaces, { params: { site: 'eu9' } })).toMatchObject({ code: 'unknown_site' })
  })
})

describe('the Billing Center', () => {
  it('does not open to a console session', async () => {
    expect(await (await signedIn('owner')).refused(listCloudAccounts, {})).toMatchObject({ code: 'signed_out' })
  })
})

describe('an activation', () => {
  it('opens to the browser that holds it, for a day', async () => {
    const buyer = testBrowser(app)
    const begun = await buyer.call(startRegistration, { body: { site: 'cn1' } })
    expect(await buyer.call(readActivation, {})).toMatchObject({ id: begun.id })
    expect(await testBrowser(app).refused(readActivation, {})).toMatchObject({ code: 'signed_out' })
    world.clock.advance(86_400_000)
    expect(await buyer.refused(readActivation, {})).toMatchObject({ code: 'signed_out' })
  })

  it('does not open to a made-up token', async () => {
    const forger = testBrowser(app)
    forger.cookies.set('purser_activation', 'x'.repeat(43))
    expect(await forger.refused(readActivation, {})).toMatchObject({ code: 'signed_out' })
  })
})

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readBillingOverview, updateCompany } from '../../contract/accounts.ts'
import { readSession, signInToBilling } from '../../contract/identity.ts'
import { testBrowser } from '../../test/browser.ts'
import { testCatalogue } from '../../test/catalogue.ts'
import { aBillingAccount, testPassword } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { bindCloudAccount } from './bind-cloud-account.ts'
import { readCloudAccount } from './read-cloud-account.ts'
import { readCompany } from './read-company.ts'
import { seeCloudAccount } from './see-cloud-account.ts'

let world: TestServices
let app: FastifyInstance
let ctx: Ctx

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  ctx = world.ctx()
})
afterAll(async () => {
  await app.close()
  await world.close()
})

async function eventsOf(kind: 'cloud_account.seen' | 'cloud_account.bound', cloudAccountId: string): Promise<number> {
  const rows = await world.services.db.selectFrom('events').select('about').where('kind', '=', kind).execute()
  return rows.filter((row) => row.about['cloudAccountId'] === cloudAccountId).length
}

describe('a cloud account', () => {
  it('is kept once, also when two notifications name it at once', async () => {
    const seen = { marketplace: 'alibaba', accountRef: '1234567890123456' }
    const rows = await Promise.all(
      Array.from({ length: 6 }, () => inTransaction(ctx, (tx) => seeCloudAccount(tx, seen))),
    )
    const ids = new Set(rows.map((row) => row.id))
    expect(ids.size).toBe(1)
    expect(rows[0]).toMatchObject({ account_ref: seen.accountRef, billing_account_id: null, bound_at: null })
    expect(await eventsOf('cloud_account.seen', rows[0]?.id ?? '')).toBe(1)
  })

  it('belongs to the first Billing Center account that binds it, for good', async () => {
    const cloud = await inTransaction(ctx, (tx) =>
      seeCloudAccount(tx, { marketplace: 'alibaba', accountRef: '2000000000000001' }),
    )
    const [holder, other] = [await aBillingAccount(ctx), await aBillingAccount(ctx)]
    const bind = (account: typeof holder) =>
      inTransaction(ctx, (tx) => bindCloudAccount(tx, { cloudAccountId: cloud.id, billingAccountId: account.id }))
    await bind(holder)
    const first = await readCloudAccount(ctx, cloud.id)
    expect(first).toMatchObject({ billing_account_id: holder.id, bound_at: world.clock.now() })
    world.clock.advance(1000)
    await bind(holder)
    expect(await readCloudAccount(ctx, cloud.id)).toEqual(first)
    expect(await eventsOf('cloud_account.bound', cloud.id)).toBe(1)
    await expect(bind(other)).rejects.toMatchObject({ code: 'cloud_account_bound_elsewhere' })
  })

  it('goes to one of two accounts that bind it at once, and the other is told', async () => {
    const cloud = await inTransaction(ctx, (tx) =>
      seeCloudAccount(tx, { marketplace: 'alibaba', accountRef: '2000000000000002' }),
    )
    const rivals = [await aBillingAccount(ctx), await aBillingAccount(ctx)]
    const answers = await Promise.allSettled(
      rivals.map((rival) =>
        inTransaction(ctx, (tx) => bindCloudAccount(tx, { cloudAccountId: cloud.id, billingAccountId: rival.id })),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
    const winner = rivals[answers.findIndex((answer) => answer.status === 'fulfilled')]
    expect((await readCloudAccount(ctx, cloud.id))?.billing_account_id).toBe(winner?.id)
  })
})

describe('company details', () => {
  it('are changed by their own Billing Center account, and what is left out is forgotten', async () => {
    await aBillingAccount(ctx, { username: 'detailed', companyName: 'Old Name' })
    const person = testBrowser(app)
    await person.call(signInToBilling, { body: { identifier: 'detailed', password: testPassword } })
    const full = {
      name: 'New Name',
      industry: 'Retail',
      region: 'Shanghai',
      introduction: 'Shops',
      contactName: 'Li Wei',
    }
    expect(await person.call(updateCompany, { body: full })).toEqual(full)
    expect(await person.call(updateCompany, { body: { name: ' Newer Name ', industry: '' } })).toEqual({
      name: 'Newer Name',
    })
    const overview = await person.call(readBillingOverview, {})
    expect(overview.company).toEqual({ name: 'Newer Name' })
    expect(overview.account.companyName).toBe('Newer Name')
  })

  it('need a name, which is said beside the field in the reader’s language', async () => {
    await aBillingAccount(ctx, { username: 'nameless' })
    const person = testBrowser(app, { language: 'zh-CN' })
    await person.call(signInToBilling, { body: { identifier: 'nameless', password: testPassword } })
    const refused = await person.refused(updateCompany, { body: { name: '  ' } })
    expect(refused).toMatchObject({ status: 400, code: 'bad_input', fields: [{ path: 'name', message: '不能为空' }] })
  })

  it('are nobody’s to change when signed out', async () => {
    expect(await testBrowser(app).refused(updateCompany, { body: { name: 'Mine' } })).toMatchObject({
      status: 401,
      code: 'signed_out',
    })
  })

  it('of an account that does not exist are not found', async () => {
    const { id } = await aBillingAccount(ctx)
    const missing = id.replace(/.{4}$/, 'ffff') as typeof id
    await expect(readCompany(ctx, missing)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('what the web asks first', () => {
  it('says brand, sites, terms and marketplaces to anybody, and nothing of what is inside', async () => {
    const seen = await testBrowser(app).call(readSession, {})
    expect(seen).toEqual({
      brand: { name: 'Guance', accent: null },
      mode: 'sandbox',
      terms: testCatalogue.terms,
      sites: testCatalogue.sites.map(({ code, name, timeZone, currency }) => ({ code, name, timeZone, currency })),
      marketplaces: [{ code: 'alibaba', productUrl: testCatalogue.products[0]?.url }],
      now: world.clock.now().toISOString(),
      console: [],
      billing: null,
      operator: null,
      activation: false,
    })
  })

  it('says whether the browser holds an activation', async () => {
    const person = testBrowser(app)
    person.cookies.set('purser_activation', 'whatever')
    expect((await person.call(readSession, {})).activation).toBe(true)
  })
})

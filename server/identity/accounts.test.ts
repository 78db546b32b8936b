import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBillingAccount, aConsoleAccount } from '../../test/people.ts'
import { termsVersion } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { acceptTerms, refuseOutdatedTerms } from './accept-terms.ts'
import { findBillingAccount, findConsoleAccount, findConsoleAccountBy } from './find-account.ts'
import { refuseTakenNames } from './refuse-taken-names.ts'

let world: TestServices
let ctx: Ctx

beforeAll(async () => {
  world = await testServices()
  ctx = world.ctx()
})
afterAll(() => world.close())

describe('registering a console account', () => {
  it('refuses an e-mail that has an account on the site, and takes it on another site', async () => {
    await aConsoleAccount(ctx, { username: 'zhang.san', email: 'zhang@acme.test' })
    await expect(aConsoleAccount(ctx, { email: 'Zhang@Acme.test' })).rejects.toMatchObject({
      code: 'email_taken',
      field: 'email',
      details: { site: 'cn1' },
    })
    const abroad = await aConsoleAccount(ctx, { site: 'us1', email: 'zhang@acme.test' })
    expect(abroad.site).toBe('us1')
  })

  it('refuses a username taken on the site, whatever its case, beside the field it was typed in', async () => {
    await aConsoleAccount(ctx, { username: 'wang.wu' })
    await expect(
      aConsoleAccount(ctx, { username: 'Wang.Wu', email: 'ww2@acme.test', fieldPrefix: 'owner.' }),
    ).rejects.toMatchObject({
      code: 'username_taken',
      field: 'owner.username',
    })
    await aConsoleAccount(ctx, { site: 'us1', username: 'wang.wu' })
  })

  it('makes one account when two browsers register the same person at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 4 }, () => aConsoleAccount(ctx, { username: 'twice' })),
    )
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    const refusals = answers.flatMap((answer) =>
      answer.status === 'rejected' ? [(answer.reason as { code: string }).code] : [],
    )
    expect(refusals).toEqual(['email_taken', 'email_taken', 'email_taken'])
  })
})

describe('registering a Billing Center account', () => {
  it('refuses a taken username, and lets one e-mail have several accounts', async () => {
    const one = await aBillingAccount(ctx, { username: 'acme', email: 'finance@acme.test' })
    await expect(aBillingAccount(ctx, { username: 'ACME' })).rejects.toMatchObject({
      code: 'username_taken',
      field: 'username',
    })
    expect(await findBillingAccount(ctx, 'Finance@Acme.test')).toMatchObject({ id: one.id })
    await aBillingAccount(ctx, { username: 'acme2', email: 'finance@acme.test' })
    expect(await findBillingAccount(ctx, 'finance@acme.test')).toBeNull()
    expect(await findBillingAccount(ctx, ' Acme ')).toMatchObject({ id: one.id })
  })

  it('leaves no trace in the database when it is refused', async () => {
    const count = async () =>
      Number(
        (
          await world.services.db
            .selectFrom('events')
            .select((eb) => eb.fn.countAll().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      )
    const before = await count()
    await expect(aBillingAccount(ctx, { username: 'acme' })).rejects.toMatchObject({ code: 'username_taken' })
    expect(await count()).toBe(before)
  })
})

describe('the early look at names', () => {
  it('refuses a username taken in the Billing Center or on the site, and an e-mail taken on the site', async () => {
    await aBillingAccount(ctx, { username: 'payer.only' })
    await aConsoleAccount(ctx, { username: 'console.only', email: 'console.only@acme.test' })
    const free = { site: 'cn1', username: 'free.name', email: 'free@acme.test' }
    await refuseTakenNames(ctx, free)
    for (const username of ['Payer.Only', 'console.only']) {
      await expect(refuseTakenNames(ctx, { ...free, username })).rejects.toMatchObject({
        code: 'username_taken',
        field: 'username',
      })
    }
    const taken = { ...free, email: 'Console.Only@acme.test' }
    await expect(refuseTakenNames(ctx, taken)).rejects.toMatchObject({ code: 'email_taken', details: { site: 'cn1' } })
    await refuseTakenNames(ctx, { ...taken, site: 'us1', username: 'console.only' })
  })
})

describe('finding an account', () => {
  it('tells a username from an e-mail and one site from another', async () => {
    const account = await aConsoleAccount(ctx, { username: 'li.wei', email: 'li.wei@acme.test' })
    expect(await findConsoleAccountBy(ctx, { site: 'cn1', identifier: 'Li.Wei' })).toMatchObject({ id: account.id })
    expect(await findConsoleAccountBy(ctx, { site: 'cn1', identifier: 'LI.WEI@acme.test' })).toMatchObject({
      id: account.id,
    })
    expect(await findConsoleAccountBy(ctx, { site: 'us1', identifier: 'li.wei' })).toBeNull()
    expect(await findConsoleAccount(ctx, { site: 'us1', email: 'li.wei@acme.test' })).toBeNull()
  })
})

describe('accepting the terms', () => {
  it('keeps version and time once, however often it is sent', async () => {
    const account = await aBillingAccount(ctx)
    for (let again = 0; again < 2; again += 1) {
      await inTransaction(ctx, (tx) => acceptTerms(tx, { accountId: account.id, version: termsVersion }))
      world.clock.advance(1000)
    }
    const rows = await world.services.db
      .selectFrom('terms_acceptances')
      .selectAll()
      .where('account_id', '=', account.id)
      .execute()
    expect(rows).toEqual([
      { account_id: account.id, version: termsVersion, accepted_at: expect.any(Date), ip: '192.0.2.1' },
    ])
    const events = await world.services.db
      .selectFrom('events')
      .select('about')
      .where('kind', '=', 'terms.accepted')
      .execute()
    expect(events).toEqual([{ about: { accountId: account.id } }])
  })

  it('refuses any version but the one shown now', () => {
    refuseOutdatedTerms(ctx, termsVersion)
    expect(() => refuseOutdatedTerms(ctx, '2020-01')).toThrow(
      expect.objectContaining({ code: 'terms_outdated', field: 'acceptTerms', details: { version: termsVersion } }),
    )
  })
})

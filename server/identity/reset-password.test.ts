import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as contract from '../../contract/identity.ts'
import { testBrowser } from '../../test/browser.ts'
import { aBillingAccount, aConsoleAccount, testPassword } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { createApp } from '../app.ts'

let world: TestServices
let app: FastifyInstance
const newPassword = 'lighthouse by the bay'
const cn1 = { site: 'cn1' }

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const browser = () => testBrowser(app)

describe('a forgotten console password', () => {
  it('is replaced with a mailed code; every session of the account ends, and the person is told', async () => {
    const account = await aConsoleAccount(world.ctx(), {
      username: 'forgot',
      email: 'forgot@acme.test',
      language: 'zh',
    })
    const elsewhere = browser()
    await elsewhere.call(contract.signInToConsole, {
      params: cn1,
      body: { identifier: 'forgot', password: testPassword },
    })
    const here = browser()
    const sent = await here.call(contract.sendConsoleResetCode, { params: cn1, body: { email: 'Forgot@acme.test' } })
    expect(sent.sentTo).toBe('forgot@acme.test')
    await world.runJobs()
    const code = world.inbox.codeFor('forgot@acme.test')
    const body = { email: 'forgot@acme.test', code, password: newPassword }
    expect(await here.call(contract.resetConsolePassword, { params: cn1, body })).toEqual({ done: true })
    expect((await elsewhere.call(contract.readSession, {})).console).toEqual([])
    const signIn = (password: string) => ({ params: cn1, body: { identifier: account.username, password } })
    expect(await here.refused(contract.signInToConsole, signIn(testPassword))).toMatchObject({ code: 'sign_in_failed' })
    await here.call(contract.signInToConsole, signIn(newPassword))
    await world.runJobs()
    const told = world.inbox.to('forgot@acme.test').at(-1)
    expect(told?.subject).toBe('您的Guance密码已修改')
    expect(told?.text).toContain('中国区1（杭州）')
  })

  it('is replaced once per code', async () => {
    await aConsoleAccount(world.ctx(), { username: 'once', email: 'once@acme.test' })
    await browser().call(contract.sendConsoleResetCode, { params: cn1, body: { email: 'once@acme.test' } })
    await world.runJobs()
    const body = { email: 'once@acme.test', code: world.inbox.codeFor('once@acme.test'), password: newPassword }
    const answers = await Promise.all(
      [1, 2].map(() => browser().send(contract.resetConsolePassword, { params: cn1, body })),
    )
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200, 400]))
    expect(await browser().refused(contract.resetConsolePassword, { params: cn1, body })).toMatchObject({
      code: 'code_expired',
    })
  })

  it('is not replaced by the code of another site', async () => {
    await aConsoleAccount(world.ctx(), { username: 'two.sites', email: 'two.sites@acme.test' })
    await aConsoleAccount(world.ctx(), { username: 'two.sites', email: 'two.sites@acme.test', site: 'us1' })
    await browser().call(contract.sendConsoleResetCode, { params: cn1, body: { email: 'two.sites@acme.test' } })
    await world.runJobs()
    const body = {
      email: 'two.sites@acme.test',
      code: world.inbox.codeFor('two.sites@acme.test'),
      password: newPassword,
    }
    const refused = await browser().refused(contract.resetConsolePassword, { params: { site: 'us1' }, body })
    expect(refused).toMatchObject({ code: 'code_missing', fields: [{ path: 'code' }] })
  })

  it('is not replaced by a common one or the person’s own name, and the code stays good', async () => {
    await aConsoleAccount(world.ctx(), { username: 'own.name.here', email: 'own@acme.test' })
    await browser().call(contract.sendConsoleResetCode, { params: cn1, body: { email: 'own@acme.test' } })
    await world.runJobs()
    const code = world.inbox.codeFor('own@acme.test')
    for (const password of ['1234567890', 'Own.Name.Here']) {
      const refused = await browser().refused(contract.resetConsolePassword, {
        params: cn1,
        body: { email: 'own@acme.test', code, password },
      })
      expect(refused).toMatchObject({ code: 'password_too_common', fields: [{ path: 'password' }] })
    }
    await browser().call(contract.resetConsolePassword, {
      params: cn1,
      body: { email: 'own@acme.test', code, password: newPassword },
    })
  })
})

describe('a forgotten Billing Center password', () => {
  it('is replaced with a code mailed to the account’s e-mail; the console password is another one', async () => {
    await aConsoleAccount(world.ctx(), { username: 'same.name' })
    await aBillingAccount(world.ctx(), { username: 'same.name', email: 'finance.same@acme.test' })
    await browser().call(contract.sendBillingResetCode, { body: { username: 'Same.Name' } })
    await world.runJobs()
    const code = world.inbox.codeFor('finance.same@acme.test')
    await browser().call(contract.resetBillingPassword, {
      body: { username: 'same.name', code, password: newPassword },
    })
    await browser().call(contract.signInToBilling, {
      body: { identifier: 'finance.same@acme.test', password: newPassword },
    })
    await browser().call(contract.signInToConsole, {
      params: cn1,
      body: { identifier: 'same.name', password: testPassword },
    })
  })

  it('answers alike for a username that exists and one that does not, and shows neither e-mail', async () => {
    await aBillingAccount(world.ctx(), { username: 'exists', email: 'secret.address@acme.test' })
    const ask = (username: string) =>
      testBrowser(app, { ip: '198.51.100.9' }).send(contract.sendBillingResetCode, { body: { username } })
    const known = await ask('exists')
    const unknown = await ask('does.not')
    expect(known.body).toEqual({ ...(unknown.body as object), sentTo: 'exists' })
    expect(JSON.stringify(known.body)).not.toContain('secret')
    const wrong = (username: string) =>
      browser().refused(contract.resetBillingPassword, { body: { username, code: '000000', password: newPassword } })
    expect({ ...(await wrong('exists')), requestId: '' }).toEqual({ ...(await wrong('does.not')), requestId: '' })
  })

  it('writes an audit row for the change, saying who asked from where', async () => {
    const rows = await world.services.db
      .selectFrom('audit_entries')
      .innerJoin('events', 'events.id', 'audit_entries.event_id')
      .select(['actor_kind', 'ip'])
      .where('kind', '=', 'billing_account.password_reset')
      .execute()
    expect(rows).toEqual([{ actor_kind: 'anyone', ip: '192.0.2.1' }])
  })
})

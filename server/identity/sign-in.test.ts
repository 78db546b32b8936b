import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { testBrowser } from '../../test/browser.ts'
import { aBillingAccount, aConsoleAccount, testPassword } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import * as contract from '../../contract/identity.ts'
import { createApp } from '../app.ts'

let world: TestServices
let app: FastifyInstance
let place = 0

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
})
afterAll(async () => {
  await app.close()
  await world.close()
})
beforeEach(() => {
  place += 1
})

/** A browser at an address no other test uses. */
const browser = () => testBrowser(app, { ip: `192.0.2.${place}` })
const cn1 = { site: 'cn1' }
const day = 86_400_000

describe('signing in to the console', () => {
  it('takes username or e-mail, on the account’s own site only', async () => {
    const account = await aConsoleAccount(world.ctx(), { username: 'chen.yi', email: 'chen.yi@acme.test' })
    for (const identifier of ['chen.yi', 'Chen.Yi', 'CHEN.YI@acme.test']) {
      const signedIn = await browser().call(contract.signInToConsole, {
        params: cn1,
        body: { identifier, password: testPassword },
      })
      expect(signedIn).toEqual({
        id: account.id,
        site: 'cn1',
        username: 'chen.yi',
        email: 'chen.yi@acme.test',
        language: 'en',
      })
    }
    const abroad = await browser().refused(contract.signInToConsole, {
      params: { site: 'us1' },
      body: { identifier: 'chen.yi', password: testPassword },
    })
    expect(abroad).toMatchObject({ status: 401, code: 'sign_in_failed' })
  })

  it('names the sites there are when asked for one there is not', async () => {
    const refused = await browser().refused(contract.signInToConsole, {
      params: { site: 'eu1' },
      body: { identifier: 'chen.yi', password: testPassword },
    })
    expect(refused).toMatchObject({ code: 'unknown_site', details: { allowed: 'cn1, us1' } })
  })

  it('answers alike for a wrong password and for nobody', async () => {
    await aConsoleAccount(world.ctx(), { username: 'someone' })
    const [known, unknown] = await Promise.all(
      ['someone', 'nobody'].map((identifier) =>
        browser().refused(contract.signInToConsole, {
          params: cn1,
          body: { identifier, password: 'not the password' },
        }),
      ),
    )
    expect({ ...known, requestId: '' }).toEqual({ ...unknown, requestId: '' })
  })

  it('lets a browser be in two sites and the Billing Center at once, and out of one alone', async () => {
    await aConsoleAccount(world.ctx(), { username: 'both' })
    await aConsoleAccount(world.ctx(), { username: 'both', site: 'us1' })
    await aBillingAccount(world.ctx(), { username: 'both', companyName: 'Both Ltd' })
    const person = browser()
    for (const site of ['cn1', 'us1']) {
      await person.call(contract.signInToConsole, {
        params: { site },
        body: { identifier: 'both', password: testPassword },
      })
    }
    await person.call(contract.signInToBilling, { body: { identifier: 'both', password: testPassword } })
    const all = await person.call(contract.readSession, {})
    expect(all.console.map((account) => account.site)).toEqual(['cn1', 'us1'])
    expect(all.billing).toMatchObject({ username: 'both', companyName: 'Both Ltd', currency: 'CNY' })
    await person.call(contract.signOutOfConsole, { params: cn1 })
    const fewer = await person.call(contract.readSession, {})
    expect(fewer.console.map((account) => account.site)).toEqual(['us1'])
    expect(fewer.billing).not.toBeNull()
  })

  it('does not take one site’s token for another site', async () => {
    await aConsoleAccount(world.ctx(), { username: 'mover' })
    const person = browser()
    await person.call(contract.signInToConsole, { params: cn1, body: { identifier: 'mover', password: testPassword } })
    person.cookies.set('purser_console_us1', person.cookies.get('purser_console_cn1') ?? '')
    person.cookies.set('purser_billing', person.cookies.get('purser_console_cn1') ?? '')
    const seen = await person.call(contract.readSession, {})
    expect(seen.console.map((account) => account.site)).toEqual(['cn1'])
    expect(seen.billing).toBeNull()
  })
})

describe('a session’s cookie', () => {
  it('cannot be read by scripts nor sent with another site’s writes, and is kept only as a hash', async () => {
    await aBillingAccount(world.ctx(), { username: 'cookie.payer' })
    const answer = await browser().send(contract.signInToBilling, {
      body: { identifier: 'cookie.payer', password: testPassword },
    })
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/^purser_billing=[A-Za-z0-9_-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
    const token = cookie.slice('purser_billing='.length, cookie.indexOf(';'))
    expect(JSON.stringify(await world.services.db.selectFrom('sessions').selectAll().execute())).not.toContain(token)
  })

  it('is Secure where people reach us by https', async () => {
    const { services } = world
    const https = await createApp({ ...services, config: { ...services.config, publicUrl: 'https://purser.test' } })
    await aBillingAccount(world.ctx(), { username: 'secure.payer' })
    const answer = await testBrowser(https).send(contract.signInToBilling, {
      body: { identifier: 'secure.payer', password: testPassword },
    })
    expect(answer.headers['set-cookie']).toMatch(/; HttpOnly; Secure; SameSite=Lax$/)
    await https.close()
  })

  it('stops working at once after signing out, also for somebody who copied it', async () => {
    await aBillingAccount(world.ctx(), { username: 'copied' })
    const person = browser()
    await person.call(contract.signInToBilling, { body: { identifier: 'copied', password: testPassword } })
    const thief = browser()
    thief.cookies.set('purser_billing', person.cookies.get('purser_billing') ?? '')
    expect((await thief.call(contract.readSession, {})).billing).not.toBeNull()
    await person.call(contract.signOutOfBilling, {})
    expect(person.cookies.has('purser_billing')).toBe(false)
    expect((await thief.call(contract.readSession, {})).billing).toBeNull()
    await person.call(contract.signOutOfBilling, {})
  })

  it('gives way to a new one when somebody else signs in over it', async () => {
    await aBillingAccount(world.ctx(), { username: 'first.person' })
    await aBillingAccount(world.ctx(), { username: 'second.person' })
    const shared = browser()
    await shared.call(contract.signInToBilling, { body: { identifier: 'first.person', password: testPassword } })
    const old = shared.cookies.get('purser_billing') ?? ''
    await shared.call(contract.signInToBilling, { body: { identifier: 'second.person', password: testPassword } })
    expect((await shared.call(contract.readSession, {})).billing?.username).toBe('second.person')
    const left = browser()
    left.cookies.set('purser_billing', old)
    expect((await left.call(contract.readSession, {})).billing).toBeNull()
  })

  it('lasts while it is used within seven days, and thirty days at most', async () => {
    await aBillingAccount(world.ctx(), { username: 'patient' })
    const person = browser()
    await person.call(contract.signInToBilling, { body: { identifier: 'patient', password: testPassword } })
    const signedIn = async () => (await person.call(contract.readSession, {})).billing !== null
    for (let week = 0; week < 4; week += 1) {
      world.clock.advance(7 * day - 1000)
      expect(await signedIn()).toBe(true)
    }
    world.clock.advance(2 * day + 4000)
    expect(await signedIn()).toBe(false)
  })

  it('goes idle after seven days without use', async () => {
    await aBillingAccount(world.ctx(), { username: 'forgetful' })
    const person = browser()
    await person.call(contract.signInToBilling, { body: { identifier: 'forgetful', password: testPassword } })
    world.clock.advance(7 * day)
    expect((await person.call(contract.readSession, {})).billing).toBeNull()
  })
})

describe('guessing passwords', () => {
  it('ends after ten wrong ones for a person from one place, for a quarter of an hour, and never for others', async () => {
    await aBillingAccount(world.ctx(), { username: 'guessed' })
    await aBillingAccount(world.ctx(), { username: 'neighbour' })
    const attacker = browser()
    for (let guess = 0; guess < 10; guess += 1) {
      const body = { identifier: guess % 2 ? 'guessed' : ' GUESSED ', password: `guess number ${guess}` }
      expect(await attacker.refused(contract.signInToBilling, { body })).toMatchObject({ code: 'sign_in_failed' })
    }
    const right = { body: { identifier: 'guessed', password: testPassword } }
    const stopped = await attacker.send(contract.signInToBilling, right)
    expect(stopped.status).toBe(429)
    const wait = Number(stopped.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(900)
    await attacker.call(contract.signInToBilling, { body: { identifier: 'neighbour', password: testPassword } })
    await testBrowser(app, { ip: '198.51.100.7' }).call(contract.signInToBilling, right)
    world.clock.advance(wait * 1000)
    await attacker.call(contract.signInToBilling, right)
  })

  it('does not count the times it was right', async () => {
    await aBillingAccount(world.ctx(), { username: 'frequent' })
    for (let time = 0; time < 15; time += 1) {
      await browser().call(contract.signInToBilling, { body: { identifier: 'frequent', password: testPassword } })
    }
  })

  it('meets a wall for one person also when it comes from many places', async () => {
    const guess = (ip: string) =>
      testBrowser(app, { ip }).refused(contract.signInToBilling, {
        body: { identifier: 'distributed', password: 'not it' },
      })
    for (let at = 0; at < 60; at += 1) expect(await guess(`203.0.113.${at}`)).toMatchObject({ code: 'sign_in_failed' })
    expect(await guess('203.0.113.99')).toMatchObject({ code: 'too_many_requests' })
  })

  it('keeps no name that was typed', async () => {
    await browser().refused(contract.signInToBilling, {
      body: { identifier: 'My-Password-In-The-Wrong-Field', password: 'x' },
    })
    const rows = await world.services.db.selectFrom('rate_limits').select('key').execute()
    expect(JSON.stringify(rows).toLowerCase()).not.toContain('my-password')
  })
})

describe('a write another site makes a browser send', () => {
  it('is refused without our own header, and with a foreign origin', async () => {
    const url = '/v1/billing/sign-out'
    const refusals = [
      {},
      { 'x-purser-request': '1', origin: 'https://evil.test' },
      { 'x-purser-request': '1', origin: 'null' },
    ]
    for (const headers of refusals) {
      const answer = await app.inject({ method: 'POST', url, headers })
      expect(answer.statusCode).toBe(403)
      expect(answer.json()).toMatchObject({ error: { code: 'cross_site_request' } })
    }
    const own = await app.inject({
      method: 'POST',
      url,
      headers: { 'x-purser-request': '1', origin: 'http://purser.test' },
    })
    expect(own.statusCode).toBe(200)
  })
})

import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as contract from '../../contract/identity.ts'
import { listPushes } from '../../contract/settlement.ts'
import { testBrowser } from '../../test/browser.ts'
import { testPassword } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { createApp } from '../app.ts'
import { addOperator } from './add-operator.ts'
import { disableOperator, enableOperator, resetOperatorPassword } from './change-operator.ts'

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

const browser = () => testBrowser(app, { ip: `198.51.100.${(place += 1)}` })
const add = (username: string) => addOperator(world.ctx(), { username, name: 'Zhou Min', password: testPassword })
const signIn = (identifier: string, password = testPassword) => ({ body: { identifier, password } })

test('an operator signs in to the desk, is known there, and signs out', async () => {
  const { id } = await add('zhou.min')
  const person = browser()
  expect(await person.refused(listPushes, {})).toMatchObject({ code: 'signed_out' })
  const operator = { id, username: 'zhou.min', name: 'Zhou Min' }
  expect(await person.call(contract.signInToOperator, signIn('Zhou.Min'))).toEqual(operator)
  expect(await person.call(contract.readSession, {})).toMatchObject({ operator, billing: null, console: [] })
  expect((await person.call(listPushes, {})).items).toEqual([])
  await person.call(contract.signOutOfOperator, {})
  expect(await person.refused(listPushes, {})).toMatchObject({ code: 'signed_out' })
  const kinds = await world.services.db
    .selectFrom('events')
    .innerJoin('audit_entries', 'audit_entries.event_id', 'events.id')
    .select(['events.kind', 'audit_entries.ip'])
    .where(sql<boolean>`events.about @> ${JSON.stringify({ operatorId: id })}::jsonb`)
    .orderBy('events.kind')
    .execute()
  expect(kinds.map(({ kind }) => kind)).toEqual(['operator.added', 'operator.signed_in', 'operator.signed_out'])
})

test('the desk is a realm of its own: the token of an operator opens nothing else, and no other token opens it', async () => {
  await add('realm')
  const person = browser()
  await person.call(contract.signInToOperator, signIn('realm'))
  const token = person.cookies.get('purser_operator') ?? ''
  person.cookies.set('purser_billing', token)
  expect(await person.call(contract.readSession, {})).toMatchObject({ billing: null })
  const wrong = await browser().refused(contract.signInToBilling, signIn('realm'))
  expect(wrong).toMatchObject({ code: 'sign_in_failed' })
})

test('somebody barred is out at once and nobody at sign-in; let in again, the old session stays ended', async () => {
  await add('leaver')
  const person = browser()
  await person.call(contract.signInToOperator, signIn('leaver'))
  await disableOperator(world.ctx(), 'leaver')
  expect(await person.refused(listPushes, {})).toMatchObject({ code: 'signed_out' })
  expect(await person.refused(contract.signInToOperator, signIn('leaver'))).toMatchObject({ code: 'sign_in_failed' })
  await enableOperator(world.ctx(), 'leaver')
  expect(await person.refused(listPushes, {})).toMatchObject({ code: 'signed_out' })
  await person.call(contract.signInToOperator, signIn('leaver'))
})

test('a new password ends every session of the old one', async () => {
  await add('renewed')
  const person = browser()
  await person.call(contract.signInToOperator, signIn('renewed'))
  await resetOperatorPassword(world.ctx(), { username: 'renewed', password: 'another long secret' })
  expect(await person.refused(listPushes, {})).toMatchObject({ code: 'signed_out' })
  expect(await person.refused(contract.signInToOperator, signIn('renewed'))).toMatchObject({ code: 'sign_in_failed' })
  await person.call(contract.signInToOperator, signIn('renewed', 'another long secret'))
})

test('guessing an operator’s password ends after ten from one place', async () => {
  await add('guessed')
  const attacker = browser()
  for (let guess = 0; guess < 10; guess += 1) {
    const refused = await attacker.refused(contract.signInToOperator, signIn('guessed', `guess ${guess}`))
    expect(refused.code).toBe('sign_in_failed')
  }
  expect(await attacker.refused(contract.signInToOperator, signIn('guessed'))).toMatchObject({
    code: 'too_many_requests',
  })
})

test('a username belongs to one operator, and easily guessed passwords are refused', async () => {
  await add('only.one')
  await expect(add('ONLY.ONE')).rejects.toMatchObject({ code: 'username_taken' })
  const common = addOperator(world.ctx(), { username: 'lazy', name: 'Lazy', password: 'password123' })
  await expect(common).rejects.toMatchObject({ code: 'password_too_common' })
})

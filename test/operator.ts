import type { FastifyInstance } from 'fastify'
import { signInToOperator } from '../contract/identity.ts'
import { addOperator } from '../server/identity/add-operator.ts'
import { testBrowser } from './browser.ts'
import type { TestBrowser } from './browser.ts'
import type { TestServices } from './services.ts'

const password = 'a quiet harbour'
let counter = 0

/** A browser signed in to the operator desk, as somebody new. */
export async function operatorBrowser(world: TestServices, app: FastifyInstance): Promise<TestBrowser> {
  counter += 1
  const username = `desk${counter}`
  await addOperator(world.ctx(), { username, name: `Desk ${counter}`, password })
  const browser = testBrowser(app, { ip: `198.18.0.${counter}` })
  await browser.call(signInToOperator, { body: { identifier: username, password } })
  return browser
}

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { codeDigits } from './codes.ts'
import { sendCode } from './send-code.ts'
import type { CodeRequest } from './send-code.ts'
import { spendCode } from './spend-code.ts'
import { verifyCode } from './verify-code.ts'

let world: TestServices
let counter = 0

beforeAll(async () => {
  world = await testServices()
})
afterAll(() => world.close())

/** A request no other run shares an address or a scope with. */
function request(over: Pick<CodeRequest, 'purpose'>): CodeRequest {
  return {
    address: `person${counter++}@acme.test`,
    scope: newId('activation'),
    recipient: null,
    language: 'en',
    ...over,
  }
}

function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

describe('any order of sending, trying, spending and waiting', () => {
  it('ends as the rules say', async () => {
    const step = fc.oneof(
      { weight: 2, arbitrary: fc.constant('send' as const) },
      { weight: 4, arbitrary: fc.constant('wrong' as const) },
      { weight: 2, arbitrary: fc.constant('right' as const) },
      { weight: 1, arbitrary: fc.constant('spend' as const) },
      { weight: 2, arbitrary: fc.constantFrom(61_000, 601_000, 1_800_000) },
    )
    const purposes = fc.constantFrom('prove-account' as const, 'billing-reset' as const)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), purposes, async (steps, purpose) => {
        const asked = request({ purpose })
        const model: CodeModel = { sent: [], expiresAt: 0, tries: 0, spent: false, digits: null }
        // Another place each time: this test is about one address, not about how many resets one place may ask for.
        const here = world.ctx({ ip: `place ${counter}` })
        for (const taken of steps) await takeStep(here, asked, model, taken)
      }),
      { numRuns: 60 },
    )
  })
})

/** What the product page says of one address, kept by the test itself. */
interface CodeModel {
  sent: number[]
  expiresAt: number
  tries: number
  spent: boolean
  digits: string | null
}

async function takeStep(
  here: Ctx,
  asked: CodeRequest,
  model: CodeModel,
  step: 'send' | 'wrong' | 'right' | 'spend' | number,
) {
  if (typeof step === 'number') return world.clock.advance(step)
  const now = world.clock.now().getTime()
  if (step === 'send') return send(here, asked, model, now)
  const expected = expectedVerdict(model, asked, now)
  const claim = { ...asked, code: step === 'wrong' ? wrong(model.digits ?? '000000') : (model.digits ?? '000000') }
  const attempt = verifyCode(here, claim)
  if (expected !== 'open') return expect(attempt).rejects.toMatchObject({ code: expected })
  if (step === 'wrong') {
    model.tries += 1
    return expect(attempt).rejects.toMatchObject({ code: model.tries === 5 ? 'code_exhausted' : 'code_wrong' })
  }
  const verified = await attempt
  if (step === 'spend') {
    await inTransaction(here, (tx) => spendCode(tx, verified))
    model.spent = true
  }
}

function expectedVerdict(model: CodeModel, asked: CodeRequest, now: number): string {
  if (model.digits === null) return 'code_missing'
  if (now >= model.expiresAt || (model.spent && asked.purpose === 'billing-reset')) return 'code_expired'
  return model.tries >= 5 ? 'code_exhausted' : 'open'
}

async function send(here: Ctx, asked: CodeRequest, model: CodeModel, now: number): Promise<void> {
  const hour = model.sent.filter((at) => at > now - 3_600_000)
  const minute = hour.filter((at) => at > now - 60_000)
  if (hour.length >= 5) return expect(sendCode(here, asked)).rejects.toMatchObject({ code: 'code_too_many' })
  if (minute.length > 0) return expect(sendCode(here, asked)).rejects.toMatchObject({ code: 'code_too_soon' })
  await sendCode(here, asked)
  const { id } = await world.services.db
    .selectFrom('verification_codes')
    .select('id')
    .where('address', '=', asked.address)
    .orderBy('created_at', 'desc')
    .executeTakeFirstOrThrow()
  Object.assign(model, {
    sent: [...model.sent, now],
    expiresAt: now + 600_000,
    tries: 0,
    spent: false,
    digits: digitsOf(id),
  })
}

function digitsOf(codeId: string): string {
  return codeDigits(world.services.config.secret, codeId)
}

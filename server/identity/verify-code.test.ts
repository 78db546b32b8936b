import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { codeDigits } from './codes.ts'
import { sendCode } from './send-code.ts'
import type { CodeRequest } from './send-code.ts'
import { spendCode } from './spend-code.ts'
import { verifyCode } from './verify-code.ts'

let world: TestServices
let ctx: Ctx
let counter = 0

beforeAll(async () => {
  world = await testServices()
  ctx = world.ctx()
})
afterAll(() => world.close())

/** A request no other test shares an address or a scope with. */
function request(over: Partial<CodeRequest> = {}): CodeRequest & { recipient: string } {
  const address = over.address ?? `person${counter++}@acme.test`
  return { purpose: 'register-email', address, scope: newId('activation'), recipient: address, language: 'en', ...over } as CodeRequest & {
    recipient: string
  }
}

async function codeSentTo(address: string): Promise<string> {
  await world.runJobs()
  return world.inbox.codeFor(address)
}

function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}

const minutes = (count: number) => count * 60_000

describe('a mailed code', () => {
  it('proves the address it was sent to', async () => {
    const asked = request()
    const sent = await sendCode(ctx, asked)
    expect(sent).toEqual({
      sentTo: asked.address,
      expiresAt: new Date(world.clock.now().getTime() + minutes(10)).toISOString(),
      resendAt: new Date(world.clock.now().getTime() + minutes(1)).toISOString(),
    })
    const code = await codeSentTo(asked.recipient)
    const verified = await verifyCode(ctx, { ...asked, address: asked.address.toUpperCase(), code })
    expect(verified).toMatchObject({ purpose: 'register-email', address: asked.address, scope: asked.scope })
  })

  it('is stored nowhere: neither code, mail nor event holds the digits', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (const table of ['verification_codes', 'mails', 'events', 'audit_entries'] as const) {
      const rows = await world.services.db.selectFrom(table).selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(code)
    }
  })

  it('proves nothing for another purpose, address or activation', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (const other of [{ purpose: 'console-owner' as const }, { address: 'other@acme.test' }, { scope: newId('activation') }]) {
      await expect(verifyCode(ctx, { ...asked, ...other, code })).rejects.toMatchObject({ code: 'code_missing', field: 'code' })
    }
  })

  it('counts down the tries, and the fifth wrong one ends it even for the right digits', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (const left of [4, 3, 2, 1]) {
      await expect(verifyCode(ctx, { ...asked, code: wrong(code) })).rejects.toMatchObject({ code: 'code_wrong', details: { left } })
    }
    await expect(verifyCode(ctx, { ...asked, code: wrong(code) })).rejects.toMatchObject({ code: 'code_exhausted' })
    await expect(verifyCode(ctx, { ...asked, code, field: 'owner.code' })).rejects.toMatchObject({
      code: 'code_exhausted',
      field: 'owner.code',
    })
  })

  it('gives five tries in all to twenty that come at once', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => verifyCode(ctx, { ...asked, code: wrong(code) })))
    const codes = answers.map((answer) => (answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'verified'))
    expect(codes.filter((answer) => answer === 'code_wrong')).toHaveLength(4)
    expect(codes.filter((answer) => answer === 'code_exhausted')).toHaveLength(16)
    const row = await world.services.db
      .selectFrom('verification_codes')
      .select('tries')
      .where('address', '=', asked.address)
      .executeTakeFirstOrThrow()
    expect(row.tries).toBe(5)
  })

  it('loses no try to being right, so a step refused for another reason can be sent again', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (let again = 0; again < 8; again += 1) await verifyCode(ctx, { ...asked, code })
    await expect(verifyCode(ctx, { ...asked, code: wrong(code) })).rejects.toMatchObject({ details: { left: 4 } })
  })

  it('is over after ten minutes', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    world.clock.advance(minutes(10))
    await expect(verifyCode(ctx, { ...asked, code })).rejects.toMatchObject({ code: 'code_expired' })
  })

  it('is not mailed any more when it has expired before the mail server came back', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    world.clock.advance(minutes(10))
    await world.runJobs()
    expect(world.inbox.to(asked.recipient)).toHaveLength(0)
  })

  it('is void once a newer one was sent', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const older = await codeSentTo(asked.recipient)
    world.clock.advance(minutes(1))
    await sendCode(ctx, asked)
    const newer = await codeSentTo(asked.recipient)
    await expect(verifyCode(ctx, { ...asked, code: older })).rejects.toMatchObject({ code: 'code_wrong' })
    await verifyCode(ctx, { ...asked, code: newer })
  })

  it('proves a step again after it was used, because steps are submitted twice', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (let again = 0; again < 2; again += 1) {
      const verified = await verifyCode(ctx, { ...asked, code })
      await inTransaction(ctx, (tx) => spendCode(tx, verified))
    }
  })

  it('resets a password once, also when two resets race', async () => {
    const asked = request({ purpose: 'console-reset', scope: 'cn1' })
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    const [one, other] = await Promise.all([verifyCode(ctx, { ...asked, code }), verifyCode(ctx, { ...asked, code })])
    await inTransaction(ctx, (tx) => spendCode(tx, one))
    await expect(inTransaction(ctx, (tx) => spendCode(tx, other))).rejects.toMatchObject({ code: 'code_expired' })
    await expect(verifyCode(ctx, { ...asked, code })).rejects.toMatchObject({ code: 'code_expired' })
  })
})

describe('asking for a code', () => {
  it('waits a minute, whatever purpose and activation ask', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    world.clock.advance(21_000)
    const other = request({ address: asked.address.toUpperCase(), purpose: 'console-owner' })
    await expect(sendCode(ctx, other)).rejects.toMatchObject({ code: 'code_too_soon', details: { seconds: 39 } })
  })

  it('sends one of ten asked for at once', async () => {
    const asked = request()
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => sendCode(ctx, asked)))
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    await world.runJobs()
    expect(world.inbox.to(asked.recipient)).toHaveLength(1)
  })

  it('is answered five times an hour for one address, counted over all activations', async () => {
    const address = 'busy@acme.test'
    for (let time = 0; time < 5; time += 1) {
      await sendCode(ctx, request({ address }))
      world.clock.advance(minutes(2))
    }
    await expect(sendCode(ctx, request({ address }))).rejects.toMatchObject({ code: 'code_too_many', details: { minutes: 50 } })
    world.clock.advance(minutes(50))
    await sendCode(ctx, request({ address }))
  })

  it('ends after twenty mails an hour out of one activation, so nobody mails the world from here', async () => {
    const scope = newId('activation')
    for (let mail = 0; mail < 20; mail += 1) await sendCode(ctx, request({ scope }))
    await expect(sendCode(ctx, request({ scope }))).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('answers and limits alike for somebody and for nobody, but mails only somebody', async () => {
    const somebody = request({ purpose: 'billing-reset', scope: 'billing', address: 'li.wei', recipient: 'li.wei@acme.test', sentTo: 'li.wei' })
    const nobody = { ...somebody, address: 'no.one', recipient: null, sentTo: 'no.one' }
    const answers = [await sendCode(ctx, somebody), await sendCode(ctx, nobody)]
    expect(answers[1]).toEqual({ ...answers[0], sentTo: 'no.one' })
    await world.runJobs()
    expect(world.inbox.to('li.wei@acme.test')).toHaveLength(1)
    for (const asked of [somebody, nobody]) {
      await expect(sendCode(ctx, asked)).rejects.toMatchObject({ code: 'code_too_soon' })
      await expect(verifyCode(ctx, { ...asked, code: '000000' })).rejects.toMatchObject({ code: 'code_wrong', details: { left: 4 } })
    }
  })

  it('shows where the mail went, masked, only to somebody known to own it', async () => {
    const sent = await sendCode(ctx, request({ address: 'masked@acme.test', reveal: 'masked-recipient' }))
    expect(sent.sentTo).toBe('m•••@acme.test')
  })
})

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
        const asked = request({ purpose, recipient: null })
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

async function takeStep(here: Ctx, asked: CodeRequest, model: CodeModel, step: 'send' | 'wrong' | 'right' | 'spend' | number) {
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
  Object.assign(model, { sent: [...model.sent, now], expiresAt: now + 600_000, tries: 0, spent: false, digits: digitsOf(id) })
}

function digitsOf(codeId: string): string {
  return codeDigits(world.services.config.secret, codeId)
}

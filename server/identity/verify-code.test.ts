import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
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
  return {
    purpose: 'register-email',
    address,
    scope: newId('activation'),
    recipient: address,
    language: 'en',
    ...over,
  } as CodeRequest & {
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
    for (const other of [
      { purpose: 'console-owner' as const },
      { address: 'other@acme.test' },
      { scope: newId('activation') },
    ]) {
      await expect(verifyCode(ctx, { ...asked, ...other, code })).rejects.toMatchObject({
        code: 'code_missing',
        field: 'code',
      })
    }
  })

  it('counts down the tries, and the fifth wrong one ends it even for the right digits', async () => {
    const asked = request()
    await sendCode(ctx, asked)
    const code = await codeSentTo(asked.recipient)
    for (const left of [4, 3, 2, 1]) {
      await expect(verifyCode(ctx, { ...asked, code: wrong(code) })).rejects.toMatchObject({
        code: 'code_wrong',
        details: { left },
      })
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
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, () => verifyCode(ctx, { ...asked, code: wrong(code) })),
    )
    const codes = answers.map((answer) =>
      answer.status === 'rejected' ? (answer.reason as { code: string }).code : 'verified',
    )
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
    await expect(sendCode(ctx, request({ address }))).rejects.toMatchObject({
      code: 'code_too_many',
      details: { minutes: 50 },
    })
    world.clock.advance(minutes(50))
    await sendCode(ctx, request({ address }))
  })

  it('ends after twenty mails an hour out of one activation, so nobody mails the world from here', async () => {
    const scope = newId('activation')
    for (let mail = 0; mail < 20; mail += 1) await sendCode(ctx, request({ scope }))
    await expect(sendCode(ctx, request({ scope }))).rejects.toMatchObject({ code: 'too_many_requests' })
  })

  it('answers and limits alike for somebody and for nobody, but mails only somebody', async () => {
    const somebody = request({
      purpose: 'billing-reset',
      scope: 'billing',
      address: 'li.wei',
      recipient: 'li.wei@acme.test',
      sentTo: 'li.wei',
    })
    const nobody = { ...somebody, address: 'no.one', recipient: null, sentTo: 'no.one' }
    const answers = [await sendCode(ctx, somebody), await sendCode(ctx, nobody)]
    expect(answers[1]).toEqual({ ...answers[0], sentTo: 'no.one' })
    await world.runJobs()
    expect(world.inbox.to('li.wei@acme.test')).toHaveLength(1)
    for (const asked of [somebody, nobody]) {
      await expect(sendCode(ctx, asked)).rejects.toMatchObject({ code: 'code_too_soon' })
      await expect(verifyCode(ctx, { ...asked, code: '000000' })).rejects.toMatchObject({
        code: 'code_wrong',
        details: { left: 4 },
      })
    }
  })

  it('shows where the mail went, masked, only to somebody known to own it', async () => {
    const sent = await sendCode(ctx, request({ address: 'masked@acme.test', reveal: 'masked-recipient' }))
    expect(sent.sentTo).toBe('m•••@acme.test')
  })
})

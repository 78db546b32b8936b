import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as desk from '../../contract/operator.ts'
import { grantVoucher } from '../../contract/operator-money.ts'
import type { TestBrowser } from '../../test/browser.ts'
import { dailyProductCode } from '../../test/catalogue.ts'
import { activatedBuyer } from '../../test/cast.ts'
import type { Activated } from '../../test/cast.ts'
import { operatorBrowser } from '../../test/operator.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { createApp } from '../app.ts'
import { closeDueDays } from '../bills/close-due-days.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'

/* Two buyers who came through the front door; one of them used something and got a bill. */
let world: TestServices
let app: FastifyInstance
let operator: TestBrowser
let buyer: Activated

beforeAll(async () => {
  world = await testServices()
  app = await createApp(world.services)
  buyer = await activatedBuyer(world, app, { product: dailyProductCode })
  await activatedBuyer(world, app)
  await seedPriceBooks(world.ctx())
  await someUsage(world.ctx(), [
    { workspaceId: buyer.workspaceId, meter: 'logs', quantity: '10000000', retentionDays: 7 },
  ])
  world.clock.advance(86_400_000)
  await closeDueDays(world.ctx({ actor: { kind: 'system', task: 'bills.close' } }))
  await world.runJobs()
  operator = await operatorBrowser(world, app)
})
afterAll(async () => {
  await app.close()
  await world.close()
})

const search = (text: string) => operator.call(desk.searchRecords, { query: { text } })
const read = (recordId: string) => operator.call(desk.readRecord, { params: { recordId } })

async function idOf(text: string, kind: desk.RecordKind): Promise<string> {
  const { items } = await search(text)
  return items.find((item) => item.kind === kind)!.id
}

test('anything is found by a piece of its name, e-mail or the marketplace’s ids, whatever the case', async () => {
  const byName = await search(buyer.username.toUpperCase())
  expect(byName.items.map(({ kind }) => kind).toSorted()).toEqual(['activation', 'billingAccount', 'consoleAccount'])
  expect((await search(buyer.email)).items.map(({ kind }) => kind)).toContain('billingAccount')
  const byRef = await search(buyer.bought.instanceRef)
  expect(byRef.items.map(({ kind }) => kind)).toEqual(['instance', 'activation'])
  expect(byRef.items[0]).toMatchObject({ title: buyer.bought.instanceRef })
  expect((await search('company')).items.filter(({ kind }) => kind === 'billingAccount')).toHaveLength(2)
})

test('two letters find what begins with them, three or more what has them anywhere, and so do Chinese characters', async () => {
  const kinds = async (text: string) => (await search(text)).items.map(({ kind }) => kind)
  const { db } = world.services
  const named = await db
    .updateTable('companies')
    .set({ name: '杭州海港科技' })
    .returning('billing_account_id')
    .execute()
  expect(await kinds('海港')).toEqual(named.map(() => 'billingAccount'))
  expect(await kinds('ca')).toContain('billingAccount')
  expect(await kinds('as')).not.toContain('billingAccount')
  expect(await kinds('ast')).toContain('billingAccount')
})

test('signs that mean something to the database mean nothing in a search', async () => {
  for (const text of ['%%', '__', '\\\\', "'; drop table events --"]) expect((await search(text)).items).toEqual([])
  const tooShort = await operator.refused(desk.searchRecords, { query: { text: ' a ' } })
  expect(tooShort.fields[0]).toMatchObject({ path: 'text' })
})

test('any id leads to its record, and an id nobody has leads to nothing', async () => {
  const { items } = await search(buyer.workspaceId)
  expect(items).toMatchObject([{ kind: 'workspace', id: buyer.workspaceId }])
  const nobody = `wksp_${'0'.repeat(32)}`
  expect((await search(nobody)).items).toEqual([])
  expect(await operator.refused(desk.readRecord, { params: { recordId: nobody } })).toMatchObject({ status: 404 })
  const unopened = { params: { recordId: `sess_${'0'.repeat(32)}` } }
  expect(await operator.refused(desk.readRecord, unopened)).toMatchObject({ status: 404 })
  expect(await operator.refused(desk.listTimeline, unopened)).toMatchObject({ status: 404 })
})

test('every record leads to what it belongs to, and from there back', async () => {
  const kinds = new Set<string>()
  const seen = new Set<string>()
  const open = [buyer.workspaceId as string]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const record = await read(id)
    kinds.add(record.kind)
    expect(record.facts.length, record.kind).toBeGreaterThan(2)
    for (const each of record.related) {
      const back = await read(each.id)
      expect(back.kind).toBe(each.kind)
      open.push(each.id)
    }
  }
  expect([...kinds].toSorted()).toEqual(
    [
      'activation',
      'billingAccount',
      'cloudAccount',
      'consoleAccount',
      'dailyBill',
      'instance',
      'usageRecord',
      'workspace',
    ].toSorted(),
  )
})

test('a record tells what happened to it, latest first, a page at a time, and who did it', async () => {
  const recordId = await idOf(buyer.username, 'billingAccount')
  const all = await operator.call(desk.listTimeline, { params: { recordId } })
  expect(all.items.map(({ what }) => what)).toContain('billing_account.registered')
  expect(all.items[0]).toMatchObject({ what: 'bill.issued', by: { kind: 'system', id: 'bills.close' } })
  const paged: desk.AuditEntry[] = []
  for (let cursor: string | undefined; ;) {
    const page = await operator.call(desk.listTimeline, {
      params: { recordId },
      query: { limit: 2, ...(cursor && { cursor }) },
    })
    paged.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  expect(paged).toEqual(all.items)
})

test('what an operator does stands in the audit under their name, and is found by who and by what', async () => {
  const billingAccountId = (await idOf(buyer.username, 'billingAccount')) as never
  const expiresAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  const body = {
    requestKey: crypto.randomUUID(),
    kind: 'ordinary_voucher',
    amount: '5.00',
    expiresAt,
    note: 'sorry',
  } as const
  await operator.call(grantVoucher, { params: { billingAccountId }, body })
  const { items } = await operator.call(desk.listAudit, { query: { by: 'operator', what: 'voucher' } })
  expect(items).toMatchObject([
    { what: 'voucher.granted', by: { kind: 'operator', name: 'Desk 1' }, about: { billingAccountId } },
  ])
  const actorId = items[0]!.by.id!
  const theirs = await operator.call(desk.listAudit, { query: { actorId } })
  expect(theirs.items.map(({ what }) => what)).toEqual(['voucher.granted', 'operator.signed_in'])
  const ofThem = await operator.call(desk.listAudit, { query: { what: 'operator' } })
  expect(ofThem.items.map(({ what }) => what)).toEqual(['operator.signed_in', 'operator.added'])
  expect(await operator.refused(desk.listAudit, { query: { what: "x'" } })).toMatchObject({ code: 'bad_input' })
})

test('no password, code or token is anywhere in what operators read', async () => {
  const everything: unknown[] = []
  for (let cursor: string | undefined; ;) {
    const page = await operator.call(desk.listAudit, { query: { limit: 100, ...(cursor && { cursor }) } })
    everything.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  everything.push(await read(await idOf(buyer.username, 'activation')))
  expect(JSON.stringify(everything)).not.toMatch(/argon2|a quiet harbour|token_hash|passwordHash/)
})

test('activations that stand still are listed apart from those that ended', async () => {
  const done = await operator.call(desk.listActivations, { query: { state: 'done' } })
  expect(done.items).toHaveLength(2)
  expect(done.items.find(({ username }) => username === buyer.username)).toMatchObject({
    source: 'hand-off',
    instanceRef: buyer.bought.instanceRef,
    last: 'activation.confirmed',
  })
  expect((await operator.call(desk.listActivations, { query: { state: 'open' } })).items).toEqual([])
  const first = await operator.call(desk.listActivations, { query: { limit: 1 } })
  expect(first.items).toHaveLength(1)
  expect(first.nextCursor).not.toBeNull()
})

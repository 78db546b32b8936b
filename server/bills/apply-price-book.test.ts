import { afterAll, beforeAll, expect, test } from 'vitest'
import { testPaidWorkspace } from '../../test/paid-workspace.ts'
import { testPayer } from '../../test/payer.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { someUsage } from '../../test/usage.ts'
import { readPriceBooks } from '../rating/read-price-books.ts'
import { seedPriceBooks } from '../rating/seed-price-books.ts'
import { shippedPriceBooks } from '../rating/shipped-price-books.ts'
import type { PriceBook, PriceBookVersion } from '../rating/price-book.ts'
import { applyPriceBook, diffPriceBook } from './apply-price-book.ts'
import { closeDueDays } from './close-due-days.ts'
import { computeDayAgain } from './compute-day-again.ts'

let world: TestServices
const day = 86_400_000

beforeAll(async () => {
  world = await testServices()
})
afterAll(() => world.close())

async function book(): Promise<PriceBook> {
  const found = (await readPriceBooks(world.ctx())).find((each) => each.book === 'CN-CNY')
  if (!found) throw new Error('no such book')
  return found
}

/** The book with one more version, in which an SMS price is doubled. */
async function dearer(effectiveFrom: string): Promise<PriceBook> {
  const standing = await book()
  const latest = standing.versions.at(-1)!
  const rules = latest.rules.map((rule) =>
    rule.meter === 'sms' && rule.model === 'flat' ? { ...rule, unitPrice: '2' } : rule,
  )
  const next: PriceBookVersion = { version: latest.version + 1, effectiveFrom, note: 'dearer', rules }
  return { ...standing, versions: [...standing.versions, next] }
}

test('the shipped books are there after the first start, as they were shipped, and a second start adds nothing', async () => {
  expect(await seedPriceBooks(world.ctx())).toHaveLength(4)
  expect(await seedPriceBooks(world.ctx())).toEqual([])
  expect(await readPriceBooks(world.ctx())).toEqual(shippedPriceBooks.toSorted((a, b) => (a.book < b.book ? -1 : 1)))
})

test('new prices hold from their day on; a day that was billed keeps its own, also when computed again', async () => {
  const billingAccountId = await testPayer(world)
  const workspaceId = await testPaidWorkspace(world, { billingAccountId })
  const tenMessages = () => someUsage(world.ctx(), [{ workspaceId, meter: 'sms', quantity: '10' }])
  await tenMessages()
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  const past = await applyPriceBook(world.ctx(), await dearer('2026-03-10'))
  expect(past.refusals).toEqual([expect.stringContaining('2026-03-10 is before 2026-03-11, the first day still open')])
  expect((await book()).versions).toHaveLength(1)
  const wanted = await dearer('2026-03-11')
  expect(await diffPriceBook(world.ctx(), wanted)).toMatchObject({
    refusals: [],
    newVersions: [{ version: 2, changes: [{ kind: 'changed', id: 'sms' }] }],
  })
  expect((await applyPriceBook(world.ctx(), wanted)).refusals).toEqual([])
  expect((await applyPriceBook(world.ctx(), wanted)).newVersions).toEqual([])
  await tenMessages()
  world.clock.advance(day)
  await closeDueDays(world.ctx())
  const { db } = world.services
  const totals = await db.selectFrom('daily_bills').select('total').orderBy('number').execute()
  expect(totals.map(({ total }) => total)).toEqual(['1.00', '2.00'])
  expect(await computeDayAgain(world.ctx(), { site: 'cn1', day: '2026-03-10' })).toEqual({ bills: 1, different: [] })
})

test('a version that stands cannot be edited, neither through us nor in the database', async () => {
  const standing = await book()
  const [first, ...others] = standing.versions
  const edited = { ...standing, versions: [{ ...first!, rules: first!.rules.slice(1) }, ...others] }
  expect((await applyPriceBook(world.ctx(), edited)).refusals).toEqual([expect.stringContaining('versions[0].rules')])
  const { db } = world.services
  await expect(db.updateTable('price_book_versions').set({ note: 'x' }).execute()).rejects.toThrow('never changed')
  await expect(db.deleteFrom('price_books').execute()).rejects.toThrow('never changed')
})

import { readFileSync } from 'node:fs'
import path from 'node:path'
import { applyPriceBook, diffPriceBook } from '../server/bills/apply-price-book.ts'
import { parsePriceBook } from '../server/rating/price-book.ts'
import type { PriceBook } from '../server/rating/price-book.ts'
import { readPriceBooks } from '../server/rating/read-price-books.ts'
import { seedPriceBooks } from '../server/rating/seed-price-books.ts'
import { describeEdit } from './describe-edit.ts'
import { withDatabase } from './with-database.ts'
import { Refused } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** Says what an edited price book would change. Refused, naming every problem, when it could not be applied. */
export async function diffPrices(terminal: Terminal, file: string): Promise<void> {
  const edited = readBook(terminal, file)
  await withDatabase(terminal, 'cli.prices', async (ctx) => {
    await seedPriceBooks(ctx)
    const edit = await diffPriceBook(ctx, edited)
    terminal.say(describeEdit(edit, edited.currency))
    if (edit.refusals.length > 0) refused(terminal, edit.refusals)
  })
}

/** Adds the new versions of an edited price book; applying it again changes nothing. All or nothing. */
export async function applyPrices(terminal: Terminal, file: string): Promise<void> {
  const edited = readBook(terminal, file)
  await withDatabase(terminal, 'cli.prices', async (ctx) => {
    await seedPriceBooks(ctx)
    const edit = await applyPriceBook(ctx, edited)
    terminal.say(describeEdit(edit, edited.currency))
    if (edit.refusals.length > 0) refused(terminal, edit.refusals)
    if (edit.newVersions.length > 0) terminal.say('Applied.')
  })
}

/** Prints the book in force as a file to edit; without a name, the names of all books. */
export async function showPrices(terminal: Terminal, name: string | undefined): Promise<void> {
  await withDatabase(terminal, 'cli.prices', async (ctx) => {
    await seedPriceBooks(ctx)
    const books = await readPriceBooks(ctx)
    const names = books.map((each) => `${each.book}  ${each.priceRegion}, ${each.currency}`)
    if (name === undefined) return terminal.say(names.join('\n'))
    const book = books.find((each) => each.book === name)
    if (!book) return refused(terminal, [`There is no price book ${name}. There are:\n${names.join('\n')}`])
    return terminal.say(JSON.stringify(book, null, 2))
  })
}

function readBook(terminal: Terminal, file: string): PriceBook {
  const name = path.basename(file)
  const parsed = parsePriceBook(readJson(terminal, file), name)
  if (parsed.ok) return parsed.book
  return refused(terminal, parsed.problems)
}

function readJson(terminal: Terminal, file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return refused(terminal, [`${file}: ${error instanceof Error ? error.message : 'cannot be read'}`])
  }
}

function refused(terminal: Terminal, reasons: readonly string[]): never {
  for (const reason of reasons) terminal.complain(reason)
  throw new Refused('Nothing was changed.')
}

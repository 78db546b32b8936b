import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startPurser } from '../server/start.ts'
import type { RunningPurser } from '../server/start.ts'
import { emptyDatabase } from '../test/database.ts'
import type { TestDatabase } from '../test/database.ts'
import { testCatalogue, testConfig } from '../test/catalogue.ts'
import { createProgram } from './program.ts'
import { Refused } from './terminal.ts'

/* The program as an operator uses it beside a running server: a database of its own, a folder for files. */
let database: TestDatabase
let folder: string
let purser: RunningPurser
let said: string[]
let complained: string[]
let env: Record<string, string>

beforeAll(async () => {
  database = await emptyDatabase()
  folder = mkdtempSync(path.join(os.tmpdir(), 'purser-cli-'))
  const catalogue = path.join(folder, 'catalogue.json')
  writeFileSync(catalogue, JSON.stringify(testCatalogue))
  purser = await startPurser({ config: testConfig(database.connection, 'smtp://127.0.0.1:1'), roles: ['api'] })
  env = {
    PURSER_MODE: 'sandbox',
    PUBLIC_URL: purser.url ?? '',
    PURSER_SECRET: 'x'.repeat(32),
    DATABASE_URL: database.url,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'no-reply@guance.test',
    PURSER_CONFIG: catalogue,
  }
})
afterAll(async () => {
  await purser.close()
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  said = []
  complained = []
})

async function run(...words: string[]) {
  const terminal = {
    env,
    say: (text: string) => void said.push(text),
    complain: (text: string) => void complained.push(text),
  }
  await createProgram(terminal).parseAsync(['node', 'purser', ...words])
}

/** A file with what `purser prices show` prints, changed as a person would. */
async function editedFile(
  change: (book: { versions: { version: number; effectiveFrom: string; rules: object[] }[] }) => void,
) {
  await run('prices', 'show', 'CN-CNY')
  const book = JSON.parse(said.at(-1) ?? '')
  change(book)
  said = []
  const file = path.join(folder, 'edited.json')
  writeFileSync(file, JSON.stringify(book))
  return file
}

const dearerSms = () =>
  editedFile((book) => {
    const latest = structuredClone(book.versions.at(-1)!)
    latest.version += 1
    latest.effectiveFrom = '2099-01-01'
    latest.rules = latest.rules.map((rule) =>
      'meter' in rule && rule.meter === 'sms' ? { ...rule, unitPrice: '2' } : rule,
    )
    book.versions.push(latest)
  })

test('a price book is shown, edited as a file, compared and applied; applying it again changes nothing', async () => {
  await run('prices', 'show')
  expect(said).toEqual(['CN-CNY  CN, CNY\nCN-USD  CN, USD\nINT-CNY  INT, CNY\nINT-USD  INT, USD'])
  const file = await dearerSms()
  const change = expect.stringMatching(
    /^CN-CNY version 2, from 2099-01-01.*\n {2}~ sms {2}CN¥1\.00 per 10 → CN¥2\.00 per 10$/,
  )
  await run('prices', 'diff', file)
  await run('prices', 'apply', file)
  expect(said).toEqual([change, change, 'Applied.'])
  said = []
  await run('prices', 'apply', file)
  expect(said).toEqual(['CN-CNY: nothing new; the book stands as in the file.'])
  await run('prices', 'show', 'CN-CNY')
  expect(JSON.parse(said.at(-1) ?? '')).toEqual(JSON.parse(readFileSync(file, 'utf8')))
})

test('an edit of prices that hold already is refused, naming the place', async () => {
  const file = await editedFile((book) => {
    book.versions[0]!.rules.pop()
  })
  await expect(run('prices', 'apply', file)).rejects.toThrow(Refused)
  expect(complained).toEqual([expect.stringMatching(/^versions\[0\]\.rules: central_pipeline would be removed/)])
})

test('a file with mistakes is refused with all of them at once, each by its place', async () => {
  const file = path.join(folder, 'wrong.json')
  writeFileSync(
    file,
    JSON.stringify({
      book: 'CN-CNY',
      priceRegion: 'CN',
      currency: 'CNY',
      versions: [
        { version: 2, effectiveFrom: '1 April', rules: [{ meter: 'sms', model: 'flat', per: '10', unitPrice: '-1' }] },
      ],
    }),
  )
  await expect(run('prices', 'diff', file)).rejects.toThrow(Refused)
  expect(complained.map((line) => line.split(': ').slice(0, 2).join(': ')).toSorted()).toEqual([
    'wrong.json: versions[0].effectiveFrom',
    'wrong.json: versions[0].rules[0].unitPrice',
    'wrong.json: versions[0].version',
  ])
  await expect(run('prices', 'diff', path.join(folder, 'nowhere.json'))).rejects.toThrow(Refused)
  expect(complained.at(-1)).toContain('nowhere.json')
})

test('a missing setting is named instead of a stack trace; an unknown word too', async () => {
  const { DATABASE_URL: _left, ...others } = env
  const terminal = { env: others, say: () => {}, complain: (text: string) => void complained.push(text) }
  const words = ['node', 'purser', 'prices', 'show']
  await expect(createProgram(terminal).parseAsync(words)).rejects.toThrow('DATABASE_URL')
  await expect(run('fly')).rejects.toThrow()
  expect(complained.join('\n')).toMatch(/fly|too many arguments/)
})

test('the test clock is shown and advanced from the command line', async () => {
  await run('clock', 'show')
  const before = Date.parse(said[0] ?? '')
  await run('clock', 'advance', '2h')
  expect(Date.parse(said[1] ?? '') - before).toBeGreaterThanOrEqual(2 * 3_600_000)
  await expect(run('clock', 'advance', 'soon')).rejects.toThrow('no duration')
})

test('an operator is added once, by name, with a password that is said once', async () => {
  await run('operator', 'add', 'zhou.min', '--name', 'Zhou Min')
  const password = /said this once: (\S{20})$/.exec(said[0] ?? '')?.[1]
  const signIn = () =>
    fetch(new URL('/v1/operator/sign-in', env['PUBLIC_URL']), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-purser-request': '1' },
      body: JSON.stringify({ identifier: 'zhou.min', password }),
    })
  expect(await (await signIn()).json()).toMatchObject({ username: 'zhou.min', name: 'Zhou Min' })
  await expect(run('operator', 'add', 'zhou.min')).rejects.toThrow('already')
  await expect(run('operator', 'add', '1')).rejects.toThrow('3–64 letters')
  await run('operator', 'disable', 'zhou.min')
  expect((await signIn()).status).toBe(401)
  await expect(run('operator', 'enable', 'nobody')).rejects.toThrow('There is no operator nobody')
})

test('a key of the vendor is made, sends usage, is listed without its token, and ends', async () => {
  await run('keys', 'list')
  await run('keys', 'create', 'collector')
  const [none, made = ''] = said
  const [, id = '', token = ''] = /^(\S+) may send usage .* said this once: (\S+)$/.exec(made) ?? []
  const send = () =>
    fetch(new URL('/v1/usage', env['PUBLIC_URL']), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '[]',
    })
  expect([none, (await send()).status]).toEqual(['There are no keys.', 200])
  said = []
  await run('keys', 'list')
  expect(said).toEqual([
    expect.stringMatching(new RegExp(`^${id} {2}${token.slice(0, 13)}… {2}collector {2}last used 2`)),
  ])
  await run('keys', 'revoke', id)
  await expect(run('keys', 'revoke', id)).rejects.toThrow('no working key')
  await expect(run('keys', 'revoke', 'x')).rejects.toThrow('pkey_')
  await run('clock', 'advance', '5s')
  expect((await send()).status).toBe(401)
})

import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mail } from './mailbox.ts'
import { startInbox } from './start-inbox.ts'
import type { RunningInbox } from './start-inbox.ts'

let folder: string
let inbox: RunningInbox

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'purser-inbox-'))
  inbox = await startInbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0, dataDir: folder })
})
afterAll(async () => {
  await inbox.close()
  rmSync(folder, { recursive: true })
})

async function post(to: string, subject: string, html = '<b>hello</b>'): Promise<void> {
  await nodemailer.createTransport(inbox.smtpUrl).sendMail({ from: 'a@b.cn', to, subject, text: 'hello 你好', html })
}

async function list(query: string): Promise<Mail[]> {
  const answer = (await (await fetch(`${inbox.url}/api/mails?${query}`)).json()) as { mails: Mail[] }
  return answer.mails
}

test('a mail that was sent is listed first, with its words in any script', async () => {
  await post('li@acme.cn', '第一封')
  await post('li@acme.cn', 'second')
  expect(await list('to=li@acme.cn')).toMatchObject([
    { subject: 'second' },
    { subject: '第一封', text: 'hello 你好', to: ['li@acme.cn'] },
  ])
})

test('who waits for a mail gets it when it comes, and only the next one', async () => {
  const waiting = fetch(`${inbox.url}/api/mails/next?to=wait@acme.cn&timeoutSeconds=20`)
  await post('wait@acme.cn', 'here it is')
  const mail = (await (await waiting).json()) as Mail
  expect(mail.subject).toBe('here it is')
  const later = await fetch(`${inbox.url}/api/mails/next?to=wait@acme.cn&after=${mail.id}&timeoutSeconds=0`)
  expect(later.status).toBe(404)
})

test('a mail cannot run a script in the page that shows it, nor break out of it', async () => {
  await post('evil@acme.cn', '"><script>alert(1)</script>', '<script>alert(2)</script>')
  const [mail] = await list('to=evil@acme.cn')
  const page = await (await fetch(`${inbox.url}/mails/${mail?.id}`)).text()
  expect(page).not.toContain('<script>alert')
  expect(page).toContain('sandbox srcdoc=')
})

test('mails survive a restart', async () => {
  const before = await list('limit=500')
  await inbox.close()
  inbox = await startInbox({ host: '127.0.0.1', httpPort: 0, smtpPort: 0, dataDir: folder })
  expect((await list('limit=500')).map((mail) => mail.id)).toEqual(before.map((mail) => mail.id))
})

test('a wrong question is answered with the field and what is allowed', async () => {
  const answer = await fetch(`${inbox.url}/api/mails?limit=0`)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('limit')])
})

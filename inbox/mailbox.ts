import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { simpleParser } from 'mailparser'

/** One caught mail. */
export interface Mail {
  id: string
  receivedAt: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string
  headers: Record<string, string>
}

export interface MailQuery {
  /** Part of a recipient's address, compared without regard to case. */
  to?: string | undefined
  /** Only mails that came after this instant (ISO 8601). */
  since?: string | undefined
  limit: number
}

export interface Mailbox {
  add(raw: Buffer): Promise<Mail>
  /** Newest first. */
  list(query: MailQuery): Mail[]
  read(id: string): Mail | undefined
  empty(): void
  /** The first mail to the address that came after the mail `after` (or ever), waiting for it if need be; undefined when the time is over. */
  next(query: { to: string; after?: string | undefined; timeoutSeconds: number }): Promise<Mail | undefined>
}

/** Mails kept as one .eml file each, so that a restart loses none; read into memory once. */
export async function openMailbox(folder: string): Promise<Mailbox> {
  mkdirSync(folder, { recursive: true })
  const arrivals = new EventEmitter().setMaxListeners(0)
  const mails: Mail[] = []
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.eml'))
    .toSorted()) {
    mails.push(await parse(file, readFileSync(path.join(folder, file))))
  }

  const sentTo = (mail: Mail, address: string) =>
    mail.to.some((one) => one.toLowerCase().includes(address.toLowerCase()))

  function firstAfter(to: string, after: string | undefined): Mail | undefined {
    const from = after === undefined ? 0 : mails.findIndex((mail) => mail.id === after) + 1
    return mails.slice(from).find((mail) => sentTo(mail, to))
  }

  return {
    async add(raw) {
      const file = `${String(Date.now()).padStart(15, '0')}-${randomUUID()}.eml`
      // Under another name until it is whole: a kill between leaves no half mail.
      writeFileSync(path.join(folder, `${file}.new`), raw)
      renameSync(path.join(folder, `${file}.new`), path.join(folder, file))
      const mail = await parse(file, raw)
      mails.push(mail)
      arrivals.emit('mail')
      return mail
    },
    list: ({ to, since, limit }) =>
      mails
        .filter((mail) => (to === undefined || sentTo(mail, to)) && (since === undefined || mail.receivedAt > since))
        .toReversed()
        .slice(0, limit),
    read: (id) => mails.find((mail) => mail.id === id),
    empty() {
      for (const mail of mails.splice(0)) rmSync(path.join(folder, `${mail.id}.eml`), { force: true })
    },
    async next({ to, after, timeoutSeconds }) {
      const signal = AbortSignal.timeout(timeoutSeconds * 1000)
      for (;;) {
        const found = firstAfter(to, after)
        if (found) return found
        try {
          await once(arrivals, 'mail', { signal })
        } catch {
          return undefined
        }
      }
    },
  }
}

async function parse(file: string, raw: Buffer): Promise<Mail> {
  const parsed = await simpleParser(raw)
  const to = [parsed.to ?? []].flat().flatMap((list) => list.value.map((one) => one.address ?? ''))
  return {
    id: path.basename(file, '.eml'),
    receivedAt: new Date(Number(file.slice(0, 15))).toISOString(),
    from: parsed.from?.text ?? '',
    to,
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: Object.fromEntries(
      parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
    ),
  }
}

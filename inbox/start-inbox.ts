import type { AddressInfo } from 'node:net'
import cookie from '@fastify/cookie'
import Fastify from 'fastify'
import type { FastifyRequest } from 'fastify'
import { SMTPServer } from 'smtp-server'
import { z } from 'zod'
import { openMailbox } from './mailbox.ts'
import type { Mailbox } from './mailbox.ts'
import { listPage, mailPage } from './pages.ts'
import type { PageLanguage } from './pages.ts'

export interface InboxOptions {
  host: string
  /** 0 takes any free port. */
  httpPort: number
  smtpPort: number
  /** Folder for the mails; survives restarts. */
  dataDir: string
}

export interface RunningInbox {
  /** Pages and HTTP API. */
  url: string
  /** For nodemailer. */
  smtpUrl: string
  close(): Promise<void>
}

/** Starts the pretend mailbox: SMTP in, pages and an HTTP API out. See inbox/README.md. */
export async function startInbox(options: InboxOptions): Promise<RunningInbox> {
  const mailbox = await openMailbox(options.dataDir)
  const smtp = await startSmtp(options, mailbox)
  const app = inboxApp(mailbox)
  const url = await app.listen({ host: options.host, port: options.httpPort })
  const { port } = smtp.server.address() as AddressInfo
  return {
    url,
    smtpUrl: `smtp://${options.host}:${port}`,
    async close() {
      app.server.closeAllConnections()
      await app.close()
      await new Promise<void>((resolve) => smtp.close(() => resolve()))
    },
  }
}

async function startSmtp(options: InboxOptions, mailbox: Mailbox): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 10_485_760,
    onData(stream, _session, callback) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        mailbox.add(Buffer.concat(parts)).then(
          () => callback(),
          (error: Error) => callback(error),
        )
      })
    },
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.smtpPort, options.host, resolve)
  })
  server.removeAllListeners('error')
  // A client that hangs up is its own business.
  server.on('error', () => {})
  return server
}

const listQuery = z.object({
  to: z.string().max(254).optional(),
  since: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
const nextQuery = z.object({
  to: z.string().min(1).max(254),
  after: z.string().max(80).optional(),
  timeoutSeconds: z.coerce.number().min(0).max(60).default(10),
})
const pageQuery = z.object({ to: z.string().max(254).default(''), lang: z.enum(['en', 'zh']).optional() })

function inboxApp(mailbox: Mailbox) {
  const app = Fastify()
  void app.register(cookie)
  app.setErrorHandler((error, _request, reply) => {
    if (!(error instanceof z.ZodError)) throw error
    const fields = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    return reply.code(400).send({ error: fields.join('; ') })
  })
  app.get('/api/mails', async (request) => ({ mails: mailbox.list(listQuery.parse(request.query)) }))
  app.get('/api/mails/next', async (request, reply) => {
    const mail = await mailbox.next(nextQuery.parse(request.query))
    return mail ?? reply.code(404).send({ error: 'No such mail came in time.' })
  })
  app.get<{ Params: { id: string } }>('/api/mails/:id', async (request, reply) => {
    return mailbox.read(request.params.id) ?? reply.code(404).send({ error: 'There is no such mail.' })
  })
  app.delete('/api/mails', async () => {
    mailbox.empty()
    return { done: true }
  })
  app.get('/', async (request, reply) => {
    const { to, lang } = pageQuery.parse(request.query)
    if (lang) void reply.setCookie('inbox_language', lang, { path: '/', sameSite: 'lax' })
    const mails = mailbox.list({ to: to || undefined, limit: 100 })
    return reply.type('text/html; charset=utf-8').send(listPage(lang ?? languageOf(request), mails, to))
  })
  app.get<{ Params: { id: string } }>('/mails/:id', async (request, reply) => {
    const { lang } = pageQuery.parse(request.query)
    const mail = mailbox.read(request.params.id)
    return reply
      .code(mail ? 200 : 404)
      .type('text/html; charset=utf-8')
      .send(mailPage(lang ?? languageOf(request), mail))
  })
  return app
}

function languageOf(request: FastifyRequest): PageLanguage {
  const chosen = request.cookies['inbox_language']
  if (chosen === 'en' || chosen === 'zh') return chosen
  return /^\s*zh/i.test(request.headers['accept-language'] ?? '') ? 'zh' : 'en'
}

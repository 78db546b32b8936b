import fastifyCookie from '@fastify/cookie'
import fastify from 'fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Pool } from 'pg'
import { openapiRoutes } from './alibaba/openapi.ts'
import { apiRoutes } from './api/routes.ts'
import { statementRoutes } from './api/statement-routes.ts'
import { readBodies } from './api/read-body.ts'
import { sandboxClock } from './clock.ts'
import { Refusal } from './context.ts'
import type { Ctx } from './context.ts'
import { startCourier } from './delivery/courier.ts'
import { closeBrokenAttempts } from './delivery/queries.ts'
import { readOptions } from './options.ts'
import type { ReadyOptions, SandboxLog, SandboxOptions } from './options.ts'
import { backstagePages } from './pages/backstage-routes.ts'
import { messagePage } from './pages/page.ts'
import { buyerPages, readerOf, sendPage } from './pages/routes.ts'
import { statementPages } from './pages/statement-routes.ts'
import { prepareSchema } from './store/schema.ts'
import { keepClock, loadSettings } from './store/settings.ts'

/** A running marketplace sandbox. */
export interface Sandbox {
  /** Origin of pages and API, without trailing slash. */
  url: string
  /** Ends what is under way and lets the port and the database go. */
  close(): Promise<void>
}

const silent: SandboxLog = { info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Starts the pretend cloud marketplace (Alibaba Cloud flavour). It keeps its state in the schema `marketplace_sandbox` of the given
 * database and knows the vendor only by the URLs and keys in the options. Throws an Error naming the wrong option, or that of the
 * database or port.
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const ready = readOptions(options)
  const pool = openPool(ready)
  try {
    const ctx = await openContext(ready, pool)
    const courier = startCourier(ctx)
    ctx.wake = courier.wake
    const app = buildServer(ctx, (server) => {
      apiRoutes(server, ctx, courier)
      statementRoutes(server, ctx)
      openapiRoutes(server, ctx)
      buyerPages(server, ctx)
      backstagePages(server, ctx, courier)
      statementPages(server, ctx)
    })
    const address = await app.listen({ port: ready.port, host: ready.host })
    courier.wake()
    return {
      url: (ready.publicUrl ?? address).replace(/\/$/, ''),
      async close() {
        await app.close()
        await courier.stop()
        await keepClock(ctx)
        await pool.end()
      },
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

function openPool(options: ReadyOptions): Pool {
  const given = typeof options.database === 'string' ? { connectionString: options.database } : options.database
  const pool = new Pool({ max: 12, ...given })
  pool.on('error', (error) => options.log?.error({ err: error }, 'the sandbox lost a database connection'))
  return pool
}

async function openContext(options: ReadyOptions, pool: Pool): Promise<Ctx> {
  await prepareSchema(pool)
  await closeBrokenAttempts(pool)
  const settings = await loadSettings(pool, options)
  let knobs = settings.knobs
  return {
    db: pool,
    pool,
    options,
    clock: sandboxClock(settings.offsetMs),
    log: options.log ?? silent,
    knobs: () => knobs,
    setKnobs: (turned) => {
      knobs = turned
    },
    wake: () => undefined,
  }
}

function buildServer(ctx: Ctx, routes: (app: FastifyInstance) => void): FastifyInstance {
  const app = fastify({
    bodyLimit: 4 * 1024 * 1024,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 200 },
    // The official SDK sends all 100 records of a push in the query string: some 20 KB encoded, more than Node takes by itself.
    http: { maxHeaderSize: 512 * 1024 },
  })
  readBodies(app)
  app.register(fastifyCookie)
  app.addHook('onRequest', refuseOtherSites)
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-content-type-options', 'nosniff')
    reply.header('content-security-policy', `default-src 'self'; frame-ancestors 'none'; base-uri 'none'`)
  })
  app.setNotFoundHandler((request, reply) =>
    answerError(ctx, new Refusal(404, 'not_found', `There is nothing at ${request.url}.`), request, reply),
  )
  app.setErrorHandler((error, request, reply) => answerError(ctx, error, request, reply))
  app.register(async (server) => routes(server))
  return app
}

/** A page of another site must not press buttons here. */
async function refuseOtherSites(request: FastifyRequest): Promise<void> {
  if (request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site') {
    throw new Refusal(400, 'wrong_input', 'This came from a page of another site.')
  }
}

async function answerError(
  ctx: Ctx,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const status = statusOf(error)
  if (status === 500)
    ctx.log.error({ err: error, method: request.method, path: request.url.split('?')[0] }, 'the sandbox stumbled')
  if (request.url.startsWith('/api/')) {
    const code = error instanceof Refusal ? error.code : status === 500 ? 'internal' : 'wrong_input'
    const message =
      status === 500 || !(error instanceof Error) ? 'The sandbox stumbled; its log says more.' : error.message
    return reply.status(status).send({ error: { code, message } })
  }
  const reader = await readerOf(ctx, request)
  const { words } = reader
  const text = status === 404 ? words.notFound : error instanceof Refusal ? error.message : words.errorHelp
  const title = status === 404 ? words.notFoundTitle : words.errorTitle
  return sendPage(reply.status(status), messagePage(reader, { title, text }))
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return error.status
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { answer, isApiCall } from '../alibaba/openapi.ts'
import { productByCode, Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { accountIdSchema } from '../api/routes.ts'
import { parse } from '../api/parse.ts'
import { formOf } from '../api/read-body.ts'
import { listNotifications } from '../delivery/queries.ts'
import { createBuyer } from '../market/create-buyer.ts'
import { directLogin } from '../market/direct-login.ts'
import { fallIntoArrears } from '../market/fall-into-arrears.ts'
import type { Instance } from '../market/instance.ts'
import { payArrears } from '../market/pay-arrears.ts'
import { purchase } from '../market/purchase.ts'
import { buyerById, instanceById, listBuyers, listInstances, orderById, timersOf } from '../market/queries.ts'
import { releaseInstance } from '../market/release-instance.ts'
import { upgradeInstance } from '../market/upgrade-instance.ts'
import { accountsPage } from './account-pages.ts'
import { instancePage, purchasedPage } from './instance-pages.ts'
import { catalogues, chooseLanguage } from './language.ts'
import { activatePage, productPage, productsPage, submittedPage } from './product-pages.ts'
import { markFile } from './page.ts'
import type { Reader } from './page.ts'
import { script } from './script.ts'
import { styles } from './styles.ts'

const BUYER_COOKIE = 'sandbox_buyer'
const LANGUAGE_COOKIE = 'sandbox_language'
const PER_PAGE = 20
const cookieOptions = { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 365 * 24 * 3_600 } as const

/** The pages a buyer sees. */
export function buyerPages(app: FastifyInstance, ctx: Ctx): void {
  assets(app)
  choices(app, ctx)
  productRoutes(app, ctx)
  purchasedRoutes(app, ctx)
}

/** Who reads, in which language. */
export async function readerOf(ctx: Ctx, request: FastifyRequest): Promise<Reader> {
  const accountId = request.cookies[BUYER_COOKIE]
  const buyer = accountId === undefined ? null : await buyerById(ctx.db, accountId)
  const language = chooseLanguage({
    cookie: request.cookies[LANGUAGE_COOKIE],
    buyer: buyer?.language ?? null,
    acceptLanguage: request.headers['accept-language'],
  })
  return {
    language,
    words: catalogues[language],
    buyer,
    buyers: buyer ? await listBuyers(ctx.db, { after: null, limit: 6 }) : [],
    path: request.method === 'GET' ? request.url : '/',
    formId: randomUUID(),
  }
}

export function sendPage(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text)
}

/** Only our own pages: anything else leads home. */
function safeNext(next: string | undefined, otherwise: string): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : otherwise
}

function assets(app: FastifyInstance): void {
  const files = [
    ['/assets/sandbox.css', 'text/css; charset=utf-8', styles],
    ['/assets/sandbox.js', 'text/javascript; charset=utf-8', script],
    ['/assets/mark.svg', 'image/svg+xml', markFile],
  ] as const
  for (const [path, type, text] of files) {
    app.get(path, (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(text))
  }
}

function choices(app: FastifyInstance, ctx: Ctx): void {
  app.post('/language', (request, reply) => {
    const { language, next } = parse(
      z.object({ language: z.enum(['en', 'zh']), next: z.string().optional() }),
      formOf(request.body),
    )
    return reply.setCookie(LANGUAGE_COOKIE, language, cookieOptions).redirect(safeNext(next, '/'), 303)
  })

  app.get('/accounts', async (request, reply) => {
    const query = parse(z.object({ next: z.string().optional(), after: z.string().optional() }), request.query)
    const next = safeNext(query.next, '/')
    const buyers = await listBuyers(ctx.db, { after: query.after ?? null, limit: PER_PAGE })
    const more =
      buyers.length < PER_PAGE ? null : `/accounts?after=${buyers.at(-1)?.accountId}&next=${encodeURIComponent(next)}`
    return sendPage(reply, accountsPage(await readerOf(ctx, request), { buyers, next, more }))
  })

  app.post('/accounts', async (request, reply) => {
    const form = parse(z.object({ formId: z.uuid(), next: z.string().optional() }), formOf(request.body))
    const buyer = await createBuyer(ctx, { name: null, accountId: null, language: null, requestId: form.formId })
    return reply.setCookie(BUYER_COOKIE, buyer.accountId, cookieOptions).redirect(safeNext(form.next, '/'), 303)
  })

  async function become(reply: FastifyReply, accountId: string, next: string | undefined) {
    const buyer = await buyerById(ctx.db, accountId)
    if (!buyer) throw new Refusal(404, 'not_found', `There is no account ${accountId}.`)
    return reply
      .setCookie(BUYER_COOKIE, buyer.accountId, cookieOptions)
      .redirect(safeNext(next, '/purchased-services'), 303)
  }

  app.post('/session', (request, reply) => {
    const form = parse(z.object({ accountId: accountIdSchema, next: z.string().optional() }), formOf(request.body))
    return become(reply, form.accountId, form.next)
  })

  // A link for start pages and tests: "open the marketplace as this buyer".
  app.get<{ Params: { accountId: string }; Querystring: { next?: string } }>('/as/:accountId', (request, reply) =>
    become(reply, request.params.accountId, request.query.next),
  )
}

interface ByCode {
  Params: { code: string }
}

function productRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get('/', async (request, reply) => {
    if (isApiCall(request)) return answer(ctx, request, reply)
    return sendPage(reply, productsPage(await readerOf(ctx, request), ctx.options.products))
  })

  app.get<ByCode>('/products/:code', async (request, reply) =>
    sendPage(reply, productPage(await readerOf(ctx, request), productByCode(ctx, request.params.code))),
  )

  app.get<ByCode>('/products/:code/activate', async (request, reply) => {
    const reader = await readerOf(ctx, request)
    const product = productByCode(ctx, request.params.code)
    if (!reader.buyer) return reply.redirect(`/accounts?next=${encodeURIComponent(request.url)}`, 303)
    return sendPage(reply, activatePage(reader, product, 'asked'))
  })

  app.post<ByCode>('/products/:code/activate', async (request, reply) => {
    const reader = await readerOf(ctx, request)
    const product = productByCode(ctx, request.params.code)
    const self = `/products/${product.code}/activate`
    if (!reader.buyer) return reply.redirect(`/accounts?next=${encodeURIComponent(self)}`, 303)
    const shape = z.object({ formId: z.uuid(), skuCode: z.string().optional(), agree: z.string().optional() })
    const form = parse(shape, formOf(request.body))
    if (form.agree !== 'yes')
      return sendPage(reply.status(422), activatePage({ ...reader, path: self }, product, 'missing'))
    const { order } = await purchase(ctx, {
      accountId: reader.buyer.accountId,
      productCode: product.code,
      skuCode: form.skuCode ?? null,
      requestId: form.formId,
    })
    return reply.redirect(`/orders/${order.orderId}/submitted`, 303)
  })

  app.get<{ Params: { orderId: string } }>('/orders/:orderId/submitted', async (request, reply) => {
    const reader = await readerOf(ctx, request)
    const order = await orderById(ctx.db, request.params.orderId)
    if (!order || order.accountId !== reader.buyer?.accountId) throw notYours()
    return sendPage(reply, submittedPage(reader, order))
  })
}

interface ById {
  Params: { id: string }
}

function purchasedRoutes(app: FastifyInstance, ctx: Ctx): void {
  const productOf = (instance: Instance) => ctx.options.products.find(({ code }) => code === instance.productCode)

  app.get('/purchased-services', async (request, reply) => {
    const reader = await readerOf(ctx, request)
    if (!reader.buyer) return reply.redirect('/accounts?next=/purchased-services', 303)
    const { before } = parse(z.object({ before: z.string().optional() }), request.query)
    const page = { accountId: reader.buyer.accountId, before: before ?? null, limit: PER_PAGE }
    const instances = await listInstances(ctx.db, page)
    const older = instances.length < PER_PAGE ? null : `/purchased-services?before=${instances.at(-1)?.instanceId}`
    return sendPage(reply, purchasedPage(reader, { instances, productOf, older }))
  })

  async function ownInstance(request: FastifyRequest<ById>): Promise<{ reader: Reader; instance: Instance }> {
    const reader = await readerOf(ctx, request)
    const instance = await instanceById(ctx.db, request.params.id)
    if (!instance || instance.accountId !== reader.buyer?.accountId) throw notYours()
    return { reader, instance }
  }

  app.get<ById>('/purchased-services/:id', async (request, reply) => {
    const { reader, instance } = await ownInstance(request)
    const { refused } = parse(z.object({ refused: z.string().optional() }), request.query)
    const timers = await timersOf(ctx.db, instance.instanceId)
    const about = { instanceId: instance.instanceId, state: null, before: null, limit: PER_PAGE }
    const notifications = await listNotifications(ctx.db, about)
    const detail = { instance, product: productOf(instance), timers, notifications, refused: refused !== undefined }
    return sendPage(reply, instancePage(reader, detail))
  })

  // Minted at each click: the vendor lets it in only for minutes, and only once.
  app.get<ById>('/purchased-services/:id/direct-login', async (request, reply) => {
    const { instance } = await ownInstance(request)
    const url = await directLogin(ctx, { instanceId: instance.instanceId })
    return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').redirect(url, 303)
  })

  const verbs: Record<string, (instanceId: string, form: Record<string, string>) => Promise<unknown>> = {
    release: (instanceId) => releaseInstance(ctx, instanceId),
    'fall-into-arrears': (instanceId) => fallIntoArrears(ctx, instanceId),
    'pay-arrears': (instanceId) => payArrears(ctx, instanceId),
    upgrade: (instanceId, form) => upgradeInstance(ctx, { instanceId, skuCode: form['skuCode'] ?? '' }),
  }
  for (const [verb, act] of Object.entries(verbs)) {
    app.post<ById>(`/purchased-services/:id/${verb}`, async (request, reply) => {
      const { instance } = await ownInstance(request)
      const address = `/purchased-services/${instance.instanceId}`
      try {
        await act(instance.instanceId, formOf(request.body))
        return reply.redirect(address, 303)
      } catch (error) {
        if (error instanceof Refusal && error.status === 409) return reply.redirect(`${address}?refused=yes`, 303)
        throw error
      }
    })
  }
}

function notYours(): Refusal {
  return new Refusal(404, 'not_found', 'There is nothing at this address, or it belongs to another account.')
}

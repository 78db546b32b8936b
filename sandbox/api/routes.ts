import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { Courier } from '../delivery/courier.ts'
import { listNotifications, attemptsOf, notificationById } from '../delivery/queries.ts'
import { duplicateNotification } from '../delivery/duplicate-notification.ts'
import { holdNotification } from '../delivery/hold-notification.ts'
import { sendNotification } from '../delivery/send-notification.ts'
import { sendRaw } from '../delivery/send-raw.ts'
import { faultSchema } from '../faults/fault.ts'
import { deleteFaults, insertFault, listFaults } from '../faults/queries.ts'
import { knobsChangeSchema } from '../knobs.ts'
import { createBuyer } from '../market/create-buyer.ts'
import { directLogin } from '../market/direct-login.ts'
import { fallIntoArrears } from '../market/fall-into-arrears.ts'
import type { Instance } from '../market/instance.ts'
import { payArrears } from '../market/pay-arrears.ts'
import { purchase } from '../market/purchase.ts'
import { instanceById, listBuyers, listInstances, timersOf } from '../market/queries.ts'
import { releaseInstance } from '../market/release-instance.ts'
import { upgradeInstance } from '../market/upgrade-instance.ts'
import { resetSandbox } from '../store/reset-sandbox.ts'
import { turnKnobs } from '../store/settings.ts'
import { parse } from './parse.ts'

const limit = z.coerce.number().int().min(1).max(200).default(50)
const text = z.string().min(1).max(200)
const numericId = z.string().regex(/^\d{1,18}$/, 'must be a number')
/** First digit 1–8: such a number is exact as a JavaScript number, which the official SDK reads it as. */
export const accountIdSchema = z.string().regex(/^[1-8]\d{15}$/, 'must be 16 digits, the first from 1 to 8')

const buyerBody = z.strictObject({
  name: text.optional(),
  accountId: accountIdSchema.optional(),
  language: z.enum(['en', 'zh']).optional(),
})
const purchaseBody = z.strictObject({
  accountId: accountIdSchema,
  productCode: text.optional(),
  skuCode: text.optional(),
  requestId: text.optional(),
})
const loginBody = z.strictObject({
  ageMs: z.number().int().optional(),
  spoil: z.enum(['token', 'instanceId']).optional(),
})
const instanceQuery = z.object({ accountId: accountIdSchema.optional(), before: text.optional(), limit })
const deliveryQuery = z.object({
  instanceId: text.optional(),
  state: z.enum(['waiting', 'held', 'delivered', 'failed']).optional(),
  before: numericId.optional(),
  limit,
})
const clockBody = z.union([
  z.strictObject({
    advanceMs: z
      .number()
      .int()
      .min(0)
      .max(400 * 24 * 3_600_000),
  }),
  z.strictObject({ set: z.iso.datetime({ offset: true }) }),
])
const rawBody = z.strictObject({
  action: text,
  instanceId: text.optional(),
  params: z.record(z.string().min(1), z.string()).default({}),
})

/** Everything the sandbox can do, as JSON; see README.md. */
export function apiRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  buyerRoutes(app, ctx)
  instanceRoutes(app, ctx, courier)
  deliveryRoutes(app, ctx, courier)
  worldRoutes(app, ctx, courier)
}

function buyerRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get('/api/products', () => ({ products: ctx.options.products }))

  app.get('/api/buyers', async (request) => {
    const query = parse(z.object({ after: text.optional(), limit }), request.query)
    const buyers = await listBuyers(ctx.db, { after: query.after ?? null, limit: query.limit })
    return { buyers, next: buyers.length === query.limit ? (buyers.at(-1)?.accountId ?? null) : null }
  })

  app.post('/api/buyers', (request) => {
    const body = parse(buyerBody, request.body)
    return createBuyer(ctx, {
      name: body.name ?? null,
      accountId: body.accountId ?? null,
      language: body.language ?? null,
      requestId: null,
    })
  })
}

function instanceRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  async function show(instanceId: string) {
    const instance = await instanceById(ctx.db, instanceId)
    if (!instance) throw new Refusal(404, 'not_found', `There is no instance ${instanceId}.`)
    return { ...present(instance), timers: await timersOf(ctx.db, instanceId) }
  }
  async function afterwards(instanceId: string, notificationId: string | null) {
    if (notificationId !== null) await courier.attemptFirst(notificationId)
    const notification = notificationId === null ? null : await notificationById(ctx.db, notificationId)
    return { ...(await show(instanceId)), notification }
  }

  app.post('/api/purchases', async (request) => {
    const body = parse(purchaseBody, request.body)
    const productCode = body.productCode ?? ctx.options.products[0]?.code ?? ''
    const { order, notificationId } = await purchase(ctx, {
      accountId: body.accountId,
      productCode,
      skuCode: body.skuCode ?? null,
      requestId: body.requestId ?? null,
    })
    const settled = await afterwards(order.instanceId, notificationId)
    return { ...settled, pending: settled.status === 'OPENING' }
  })

  app.get('/api/instances', async (request) => {
    const query = parse(instanceQuery, request.query)
    const instances = await listInstances(ctx.db, {
      accountId: query.accountId ?? null,
      before: query.before ?? null,
      limit: query.limit,
    })
    return {
      instances: instances.map(present),
      next: instances.length === query.limit ? (instances.at(-1)?.instanceId ?? null) : null,
    }
  })

  app.get<ById>('/api/instances/:id', (request) => show(request.params.id))

  app.post<ById>('/api/instances/:id/direct-login', async (request) => {
    const body = parse(loginBody, request.body)
    return { url: await directLogin(ctx, { instanceId: request.params.id, ...body }) }
  })

  app.post<ById>('/api/instances/:id/release', async ({ params: { id } }) =>
    afterwards(id, await releaseInstance(ctx, id)),
  )

  app.post<ById>('/api/instances/:id/fall-into-arrears', async ({ params: { id } }) => {
    await fallIntoArrears(ctx, id)
    return show(id)
  })

  app.post<ById>('/api/instances/:id/pay-arrears', async ({ params: { id } }) =>
    afterwards(id, await payArrears(ctx, id)),
  )

  app.post<ById>('/api/instances/:id/upgrade', async (request) => {
    const { skuCode } = parse(z.strictObject({ skuCode: text }), request.body)
    const instanceId = request.params.id
    return afterwards(instanceId, await upgradeInstance(ctx, { instanceId, skuCode }))
  })
}

function deliveryRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  async function show(id: string) {
    const notification = await notificationById(ctx.db, parse(numericId, id))
    if (!notification) throw new Refusal(404, 'not_found', `There is no notification ${id}.`)
    return { ...notification, latestAttempts: await attemptsOf(ctx.db, [id], 200) }
  }

  app.get('/api/deliveries', async (request) => {
    const query = parse(deliveryQuery, request.query)
    const notifications = await listNotifications(ctx.db, {
      instanceId: query.instanceId ?? null,
      state: query.state ?? null,
      before: query.before ?? null,
      limit: query.limit,
    })
    const attempts = await attemptsOf(
      ctx.db,
      notifications.map(({ id }) => id),
      5,
    )
    return {
      deliveries: notifications.map((each) => ({
        ...each,
        latestAttempts: attempts.filter(({ notificationId }) => notificationId === each.id),
      })),
      next: notifications.length === query.limit ? (notifications.at(-1)?.id ?? null) : null,
    }
  })

  app.get<ById>('/api/deliveries/:id', (request) => show(request.params.id))

  app.post('/api/deliveries', async (request) => {
    const body = parse(rawBody, request.body)
    const id = await sendRaw(ctx, { action: body.action, instanceId: body.instanceId ?? null, params: body.params })
    await courier.attemptFirst(id)
    return show(id)
  })

  app.post<ById>('/api/deliveries/:id/hold', async ({ params: { id } }) => {
    await holdNotification(ctx, parse(numericId, id))
    return show(id)
  })

  // `retry` and `send` are one: a failed notification's counter begins again, a held one is let go.
  for (const verb of ['send', 'retry']) {
    app.post<ById>(`/api/deliveries/:id/${verb}`, async ({ params: { id } }) => {
      await sendNotification(ctx, parse(numericId, id))
      await courier.attemptNow(id)
      return show(id)
    })
  }

  app.post<ById>('/api/deliveries/:id/duplicate', async ({ params: { id } }) => {
    const copy = await duplicateNotification(ctx, parse(numericId, id))
    await courier.attemptFirst(copy)
    return show(copy)
  })
}

function worldRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  app.get('/api/faults', async () => ({ faults: await listFaults(ctx.db) }))
  app.post('/api/faults', (request) => insertFault(ctx.db, parse(faultSchema, request.body), ctx.clock.now()))
  app.delete('/api/faults', async () => ({ removed: await deleteFaults(ctx.db, null) }))
  app.delete<ById>('/api/faults/:id', async (request) => ({
    removed: await deleteFaults(ctx.db, parse(numericId, request.params.id)),
  }))

  app.get('/api/knobs', () => ctx.knobs())
  app.post('/api/knobs', (request) => turnKnobs(ctx, parse(knobsChangeSchema, request.body)))

  app.get('/api/clock', () => ({ now: ctx.clock.now(), offsetMs: Math.round(ctx.clock.offsetMs()) }))
  app.post('/api/clock', async (request) => {
    const body = parse(clockBody, request.body)
    const now = ctx.clock.now()
    const target = 'set' in body ? new Date(body.set) : new Date(now.getTime() + body.advanceMs)
    // Up to a second back is the caller's rounding.
    if (target.getTime() < now.getTime() - 1_000) {
      throw new Refusal(409, 'clock_goes_back', `The clock stands at ${now.toISOString()} and never goes back.`)
    }
    const done = await courier.advanceTo(target)
    return { now: ctx.clock.now(), offsetMs: Math.round(ctx.clock.offsetMs()), done }
  })

  app.post('/api/quiet', async () => {
    await courier.quiet()
    return { now: ctx.clock.now() }
  })

  app.post('/api/reset', async () => {
    await courier.quiet()
    await resetSandbox(ctx)
    return { reset: true }
  })
}

interface ById {
  Params: { id: string }
}

function present(instance: Instance) {
  return { ...instance, authUrl: instance.appInfo['authUrl'] ?? null }
}

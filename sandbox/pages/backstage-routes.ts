import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { parse } from '../api/parse.ts'
import { formOf } from '../api/read-body.ts'
import type { Courier } from '../delivery/courier.ts'
import { attemptsOf, listNotifications } from '../delivery/queries.ts'
import { duplicateNotification } from '../delivery/duplicate-notification.ts'
import { holdNotification } from '../delivery/hold-notification.ts'
import { sendNotification } from '../delivery/send-notification.ts'
import { faultSchema } from '../faults/fault.ts'
import { deleteFaults, insertFault, listFaults } from '../faults/queries.ts'
import { knobsChangeSchema, knobsSchema } from '../knobs.ts'
import { turnKnobs } from '../store/settings.ts'
import { clockPage, knobNames } from './clock-page.ts'
import { deliveriesPage } from './delivery-pages.ts'
import { faultsPage } from './fault-page.ts'
import { readerOf, sendPage } from './routes.ts'

const PER_PAGE = 30

/** The pages behind the scenes: deliveries, faults, clock and knobs. */
export function backstagePages(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  app.get('/backstage', (_request, reply) => reply.redirect('/backstage/deliveries', 303))
  deliveryRoutes(app, ctx, courier)
  faultRoutes(app, ctx)
  clockRoutes(app, ctx, courier)
}

interface ById {
  Params: { id: string }
}

function deliveryRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  const shape = z.object({
    state: z.enum(['failed']).optional(),
    instanceId: z.string().optional(),
    before: z
      .string()
      .regex(/^\d{1,18}$/)
      .optional(),
  })
  app.get('/backstage/deliveries', async (request, reply) => {
    const query = parse(shape, request.query)
    const notifications = await listNotifications(ctx.db, {
      instanceId: query.instanceId ?? null,
      state: query.state ?? null,
      before: query.before ?? null,
      limit: PER_PAGE,
    })
    const attempts = await attemptsOf(
      ctx.db,
      notifications.map(({ id }) => id),
      5,
    )
    const last = notifications.length < PER_PAGE ? undefined : notifications.at(-1)
    const older = last ? `/backstage/deliveries?${new URLSearchParams({ ...query, before: last.id }).toString()}` : null
    const failedOnly = query.state === 'failed'
    return sendPage(reply, deliveriesPage(await readerOf(ctx, request), { notifications, attempts, failedOnly, older }))
  })

  const send = async (id: string) => {
    await sendNotification(ctx, id)
    await courier.attemptNow(id)
  }
  const verbs: Record<string, (id: string) => Promise<unknown>> = {
    hold: (id) => holdNotification(ctx, id),
    send,
    retry: send,
    duplicate: (id) => duplicateNotification(ctx, id),
  }
  for (const [verb, act] of Object.entries(verbs)) {
    app.post<ById>(`/backstage/deliveries/:id/${verb}`, async (request, reply) => {
      const id = parse(z.string().regex(/^\d{1,18}$/), request.params.id)
      // Settled meanwhile: the list says so.
      await act(id).catch((error: unknown) => {
        if (!(error instanceof Refusal && error.status === 409)) throw error
      })
      return reply.redirect('/backstage/deliveries', 303)
    })
  }
}

function faultRoutes(app: FastifyInstance, ctx: Ctx): void {
  app.get('/backstage/faults', async (request, reply) =>
    sendPage(reply, faultsPage(await readerOf(ctx, request), { faults: await listFaults(ctx.db), problem: null })),
  )

  app.post('/backstage/faults', async (request, reply) => {
    const form = formOf(request.body)
    const wish = {
      on: form['on'],
      kind: form['kind'],
      times: Number(form['times'] || 1),
      ...(form['action'] ? { action: form['action'] } : {}),
      ...(form['instanceId'] ? { instanceId: form['instanceId'] } : {}),
      ...(form['delaySeconds'] ? { delayMs: Number(form['delaySeconds']) * 1_000 } : {}),
    }
    const parsed = faultSchema.safeParse(wish)
    if (parsed.success) {
      await insertFault(ctx.db, parsed.data, ctx.clock.now())
      return reply.redirect('/backstage/faults', 303)
    }
    const reader = { ...(await readerOf(ctx, request)), path: '/backstage/faults' }
    const problem = wordsOf(parsed.error)
    return sendPage(reply.status(422), faultsPage(reader, { faults: await listFaults(ctx.db), problem }))
  })

  app.post<ById>('/backstage/faults/:id/remove', async (request, reply) => {
    await deleteFaults(ctx.db, parse(z.string().regex(/^\d{1,18}$/), request.params.id))
    return reply.redirect('/backstage/faults', 303)
  })

  app.post('/backstage/faults/remove-all', async (_request, reply) => {
    await deleteFaults(ctx.db, null)
    return reply.redirect('/backstage/faults', 303)
  })
}

function clockRoutes(app: FastifyInstance, ctx: Ctx, courier: Courier): void {
  const facts = () => ({
    now: ctx.clock.now(),
    real: new Date(ctx.clock.now().getTime() - ctx.clock.offsetMs()),
    knobs: ctx.knobs(),
  })

  app.get('/backstage/clock', async (request, reply) =>
    sendPage(reply, clockPage(await readerOf(ctx, request), { ...facts(), problem: null })),
  )

  app.post('/backstage/clock', async (request, reply) => {
    const { advanceMs } = parse(
      z.object({
        advanceMs: z.coerce
          .number()
          .int()
          .min(0)
          .max(400 * 24 * 3_600_000),
      }),
      formOf(request.body),
    )
    await courier.advanceTo(new Date(ctx.clock.now().getTime() + advanceMs))
    return reply.redirect('/backstage/clock', 303)
  })

  app.post('/backstage/knobs', async (request, reply) => {
    const form = formOf(request.body)
    const wish = Object.fromEntries(
      knobNames
        .filter((name) => form[name] !== undefined)
        .map((name) => [name, typed(form[name] ?? '', ctx.knobs()[name])]),
    )
    const parsed = knobsChangeSchema.safeParse(wish)
    if (parsed.success && knobsSchema.safeParse({ ...ctx.knobs(), ...parsed.data }).success) {
      await turnKnobs(ctx, parsed.data)
      return reply.redirect('/backstage/clock', 303)
    }
    const reader = { ...(await readerOf(ctx, request)), path: '/backstage/clock' }
    return sendPage(
      reply.status(422),
      clockPage(reader, { ...facts(), problem: parsed.error ? wordsOf(parsed.error) : '' }),
    )
  })
}

/** A form's text in the type the knob has now. */
function typed(text: string, present: unknown): unknown {
  if (typeof present === 'boolean') return text === 'true'
  return typeof present === 'number' ? Number(text) : text
}

function wordsOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')
}

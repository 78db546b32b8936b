import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { idOf } from '../../../contract/ids.ts'
import { amountAboveZero, currency } from '../../../contract/money.ts'
import { Problem } from '../../../contract/problems.ts'
import { inTransaction } from '../../context.ts'
import type { Ctx, Services } from '../../context.ts'
import { requestContext } from '../../platform/http/serve.ts'
import { sameText } from '../../platform/secrets.ts'
import { finishTopUp } from '../finish-top-up.ts'
import { paymentProvider } from './payment-providers.ts'
import { orderSignature, sandboxCallback, sandboxPayments } from './sandbox-payments.ts'
import { payPage } from './sandbox-page.ts'

const order = z.object({ amount: amountAboveZero, currency, signature: z.string() })
const params = z.object({ topUpId: idOf('topUp') })
const choice = z.object({ outcome: z.enum(['paid', 'declined']) })

/**
 * Where payment providers report: `POST /payments/<provider>/callback`, signed, answered alike however often it comes. In sandbox mode
 * also the sandbox's own page, on which a person pays or declines.
 */
export async function paymentsDoor(app: FastifyInstance, services: Services): Promise<void> {
  app.post<{ Params: { provider: string } }>('/payments/:provider/callback', async (request) => {
    const ctx = requestContext(services, request)
    return { state: await takeCallback(ctx, request.params.provider, request.body) }
  })
  if (!paymentProvider(services.config, sandboxPayments.code)) return
  await app.register(async (door) => {
    await door.register(formbody)
    door.get('/payments/sandbox/orders/:topUpId', async (request, reply) => {
      const asked = readOrder(requestContext(services, request), request.params, request.query)
      return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(payPage(asked))
    })
    door.post('/payments/sandbox/orders/:topUpId', async (request, reply) => {
      const ctx = requestContext(services, request)
      const { signature: _signature, ...asked } = readOrder(ctx, request.params, request.query)
      const chosen = choice.safeParse(request.body)
      if (!chosen.success) throw new Problem('bad_input', {}, 'outcome')
      await takeCallback(ctx, sandboxPayments.code, sandboxCallback(ctx, asked, chosen.data.outcome))
      return reply.redirect(`${services.config.publicUrl}/billing/wallet?topUp=${asked.topUpId}`, 303)
    })
  })
}

async function takeCallback(ctx: Ctx, code: string, body: unknown): Promise<string> {
  const provider = paymentProvider(ctx.services.config, code)
  if (!provider) throw new Problem('not_found')
  const news = provider.readCallback(ctx, body)
  if (!news) throw new Problem('signed_out')
  return inTransaction(ctx, (tx) => finishTopUp(tx, code, news))
}

function readOrder(ctx: Ctx, path: unknown, query: unknown) {
  const named = params.safeParse(path)
  const asked = order.safeParse(query)
  if (!named.success || !asked.success) throw new Problem('not_found')
  const read = { ...named.data, ...asked.data }
  if (!sameText(read.signature, orderSignature(ctx, read))) throw new Problem('not_found')
  return read
}

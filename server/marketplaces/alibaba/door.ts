import formbody from '@fastify/formbody'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../../context.ts'
import { requestContext } from '../../platform/http/serve.ts'
import type { MarketplaceConnector, Params } from '../connector.ts'
import { connectorOf } from '../connector-of.ts'
import { takeNotification } from '../take-notification.ts'
import { queryOf, readParams } from '../read-params.ts'

/** The vendor publishes no time-out of its caller; we answer inside 3 s whatever happens, and it calls again. */
const answerWithinMilliseconds = 2_500
const bodyLimitBytes = 16_384

/**
 * `GET|POST /marketplaces/alibaba/spi`: where Alibaba Cloud Marketplace tells us about purchases ("SPI active notification").
 * One address for all actions, given to the vendor without a query string. The vendor sends GET; one of its samples documents
 * a form POST, so both are taken and the token is checked over whatever came. Always answers 200 with JSON the vendor reads:
 * `{instanceId, appInfo, info}` to createInstance, else `{success, message?}`. Not registered where Alibaba is not configured.
 */
export async function alibabaDoor(app: FastifyInstance, services: Services): Promise<void> {
  const connector = connectorOf(services.config, 'alibaba')
  if (!connector) return
  await app.register(async (door) => {
    door.removeAllContentTypeParsers()
    await door.register(formbody, { bodyLimit: bodyLimitBytes, parser: readParams })
    door.setErrorHandler(async (error, request, reply) => {
      reply.code(200)
      if (!isUnreadable(error)) return failed(services, connector, request, error)
      return connector.renderReply('', {
        kind: 'refused',
        message: 'Send GET parameters, or a form of at most 16 KB by POST.',
      })
    })
    door.route({
      method: ['GET', 'POST'],
      url: '/marketplaces/alibaba/spi',
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store')
        return answerInTime(services, connector, request)
      },
    })
  })
}

/** The answer, or after 2.5 seconds (or a fault of ours) the plea to call again; the work then ends by itself and is found done. */
async function answerInTime(
  services: Services,
  connector: MarketplaceConnector,
  request: FastifyRequest,
): Promise<Record<string, unknown>> {
  const params = paramsOf(request)
  const taking = takeNotification(requestContext(services, request), connector, params).then(
    (taken) => taken.answer,
    (error: unknown) => failed(services, connector, request, error),
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Record<string, unknown>>((resolve) => {
    timer = setTimeout(() => resolve(tryAgain(connector, params)), answerWithinMilliseconds)
  })
  return Promise.race([taking, late]).finally(() => clearTimeout(timer))
}

/** A body that is no form, or too long: anybody can send one, so it is no fault of ours. */
function isUnreadable(error: unknown): boolean {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  return typeof status === 'number' && status < 500
}

function failed(
  services: Services,
  connector: MarketplaceConnector,
  request: FastifyRequest,
  error: unknown,
): Record<string, unknown> {
  services.log.error({ requestId: request.id, err: error }, 'A marketplace message could not be taken')
  return tryAgain(connector, paramsOf(request))
}

function tryAgain(connector: MarketplaceConnector, params: Params): Record<string, unknown> {
  const message = 'This could not be taken now; please send it again.'
  return connector.renderReply(params['action'] ?? '', { kind: 'refused', message })
}

/** Query and form parameters together, as a servlet sees them: the query first. */
function paramsOf(request: FastifyRequest): Params {
  const form = typeof request.body === 'object' && request.body !== null ? (request.body as Params) : {}
  return { ...form, ...readParams(queryOf(request.url)) }
}

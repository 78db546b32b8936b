import { randomUUID } from 'node:crypto'
import cookie from '@fastify/cookie'
import Fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { accountsRoutes } from './accounts/routes.ts'
import { handOffDoor } from './activation/hand-off-door.ts'
import { activationRoutes } from './activation/routes.ts'
import { admit } from './admit.ts'
import { operatorMoneyRoutes } from './bills/operator-routes.ts'
import { billsRoutes } from './bills/routes.ts'
import { paymentsDoor } from './bills/payments/payments-door.ts'
import { bindingsRoutes } from './bindings/routes.ts'
import type { Services } from './context.ts'
import { identityRoutes } from './identity/routes.ts'
import { alibabaDoor } from './marketplaces/alibaba/door.ts'
import { operatorRoutes } from './operator/routes.ts'
import { meteringRoutes, usageRoute } from './metering/routes.ts'
import { serveUsage } from './metering/serve-usage.ts'
import { answerProblems } from './platform/http/answer-problems.ts'
import { openApi } from './platform/http/open-api.ts'
import { serve } from './platform/http/serve.ts'
import type { Route } from './platform/http/serve.ts'
import { clockRoutes } from './platform/jobs/test-clock.ts'
import type { TestClock } from './platform/jobs/test-clock.ts'
import { securityHeaders } from './platform/http/security-headers.ts'
import { servePages } from './platform/http/serve-pages.ts'
import { settlementRoutes } from './settlement/routes.ts'
import { workspacesRoutes } from './workspaces/routes.ts'

/** Every endpoint with its handler, the whole map in one list: OpenAPI and the stranger test read it too. */
export const routes: readonly Route[] = [
  ...identityRoutes,
  ...accountsRoutes,
  ...workspacesRoutes,
  ...bindingsRoutes,
  ...activationRoutes,
  ...meteringRoutes,
  usageRoute,
  ...billsRoutes,
  ...operatorMoneyRoutes,
  ...settlementRoutes,
  ...operatorRoutes,
]

export interface AppOptions {
  /** HTML of the root page; without it the root leads to the Billing Center. The demo world puts its start page here. */
  rootPage?: (language: 'en' | 'zh') => string
  /** The test clock, in sandbox mode; without it its endpoints are not there. */
  clock?: TestClock
}

/** Builds the HTTP application: API, marketplace doors, and the built web pages. */
export async function createApp(services: Services, options: AppOptions = {}): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = services.log
  const app = Fastify({
    loggerInstance: logger,
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: services.config.mode === 'production',
    bodyLimit: 1_048_576,
    routerOptions: { ignoreTrailingSlash: true },
  })
  await app.register(cookie)
  securityHeaders(app, services.config)
  logRequests(app, services)
  answerProblems(app, services)
  const plain = routes.filter((entry) => entry !== usageRoute)
  serve(app, services, admit, [...plain, ...(options.clock ? clockRoutes(options.clock) : [])])
  await serveUsage(app, services, admit)
  await alibabaDoor(app, services)
  handOffDoor(app, services)
  await paymentsDoor(app, services)
  const document = openApi(
    routes.map((entry) => entry.endpoint),
    'Purser',
  )
  app.get('/openapi.json', async () => document)
  app.get('/healthz', async () => ({ ok: true }))
  await servePages(app, services, options.rootPage)
  return app
}

/** One line per request: route pattern instead of URL, so that no token in a query ever reaches the log. */
function logRequests(app: FastifyInstance, services: Services): void {
  app.addHook('onResponse', async (request, reply) => {
    if (request.routeOptions.url === undefined) return
    services.log.info(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'request',
    )
  })
}

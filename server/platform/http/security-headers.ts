import type { FastifyInstance } from 'fastify'
import type { Config } from '../../config.ts'

/** Headers every answer carries. No page of ours is framed, leaks a referrer, or runs a script from elsewhere. */
export function securityHeaders(app: FastifyInstance, config: Config): void {
  const https = config.publicUrl.startsWith('https:')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'no-referrer')
    reply.header(
      'content-security-policy',
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
    )
    if (https) reply.header('strict-transport-security', 'max-age=31536000')
  })
}

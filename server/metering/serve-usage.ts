import type { FastifyInstance } from 'fastify'
import { usageLimits } from '../../contract/metering.ts'
import type { Services } from '../context.ts'
import { serve } from '../platform/http/serve.ts'
import type { Admit } from '../platform/http/serve.ts'
import { usageRoute } from './routes.ts'
import { usageDoor } from './usage-door.ts'

/**
 * Serves `POST /v1/usage` in a corner of its own: bodies of any type arrive there as bytes, larger than elsewhere, and are
 * looked into only when the key is known to be right. When the server closes, what is under way is finished first.
 */
export async function serveUsage(app: FastifyInstance, services: Services, admit: Admit): Promise<void> {
  await app.register(async (corner) => {
    corner.removeAllContentTypeParsers()
    corner.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: usageLimits.bytesPerCall },
      (_request, body, done) => done(null, body),
    )
    serve(corner, services, admit, [usageRoute])
    corner.addHook('onClose', () => usageDoor(services).close())
  })
}

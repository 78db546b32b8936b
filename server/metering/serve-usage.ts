import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { usageLimits } from '../../contract/metering.ts'
import type { Services } from '../context.ts'
import { serve } from '../platform/http/serve.ts'
import type { Admit } from '../platform/http/serve.ts'
import { usageRoute } from './routes.ts'
import { usageDoor } from './usage-door.ts'

/** How long a stream may be silent before it counts as broken. */
const silentMs = 60_000
/** How long a sender who was answered before the end has to hear it, before the connection ends. */
const hearMs = 2000

/**
 * Serves `POST /v1/usage` in a corner of its own: bodies of any type arrive there as bytes, larger than elsewhere, and are
 * looked into only when the key is known to be right; lines arrive as a stream of any length. When the server closes, what is under
 * way is finished first, and streams are broken off after what they have seen committed.
 */
export async function serveUsage(app: FastifyInstance, services: Services, admit: Admit): Promise<void> {
  await app.register(async (corner) => {
    corner.removeAllContentTypeParsers()
    corner.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: usageLimits.bytesPerCall },
      (_request, body, done) => done(null, body),
    )
    acceptStreams(corner)
    serve(corner, services, admit, [usageRoute])
    corner.addHook('onClose', () => usageDoor(services).close())
  })
}

function acceptStreams(corner: FastifyInstance): void {
  const open = new Set<IncomingMessage>()
  corner.addContentTypeParser('application/x-ndjson', (_request, stream, done) => {
    open.add(stream)
    stream.once('close', () => open.delete(stream))
    stream.setTimeout(silentMs, () => stream.destroy())
    done(null, stream)
  })
  corner.addHook('onResponse', async ({ raw }) => {
    if (open.has(raw)) setTimeout(() => raw.destroy(), hearMs).unref()
  })
  corner.addHook('preClose', (done) => {
    for (const stream of open) stream.destroy()
    done()
  })
}

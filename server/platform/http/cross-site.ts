import type { FastifyRequest } from 'fastify'
import { Problem } from '../../../contract/problems.ts'

/**
 * Refuses writes that another site made a browser send. Our cookies are SameSite=Lax already; this is the second wall:
 * the browser's own Origin must be ours, and the request must carry the header only our pages (same origin) can add
 * without a preflight we never grant.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const foreign =
    origin !== undefined && origin !== new URL(publicUrl).origin && origin !== `${request.protocol}://${request.host}`
  if (foreign || request.headers['x-purser-request'] !== '1') throw new Problem('cross_site_request')
}

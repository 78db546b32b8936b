import type { FastifyInstance } from 'fastify'

/** A body as it came, beside what it says. */
export interface RawBody {
  raw: string
  /** Fields of a form; of a repeated name the last. */
  form: Record<string, string>
}

/** Reads JSON bodies as JSON, and anything else as text with its form fields: signatures are made over the bytes. */
export function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    const raw = String(body)
    const parsed: RawBody = { raw, form: Object.fromEntries(new URLSearchParams(raw)) }
    done(null, parsed)
  })
}

/** The fields of a form post; empty when the body was none. */
export function formOf(body: unknown): Record<string, string> {
  return isRawBody(body) ? body.form : {}
}

export function isRawBody(body: unknown): body is RawBody {
  return typeof body === 'object' && body !== null && 'raw' in body && 'form' in body
}

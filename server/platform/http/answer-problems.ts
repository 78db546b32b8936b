import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Problem, problemWords } from '../../../contract/problems.ts'
import type { FieldProblem, Language, ProblemBody, ProblemCode } from '../../../contract/problems.ts'
import type { Services } from '../../context.ts'
import { InputProblem } from './field-problems.ts'
import { readLanguage } from './language.ts'

/** Turns every failure into a ProblemBody: a Problem with its own words, anything else as a bug with a request id. */
export function answerProblems(app: FastifyInstance, services: Services): void {
  app.setErrorHandler(async (error, request, reply) => {
    const language = readLanguage(request, services.config.catalogue.defaultLanguage)
    const problem = asProblem(error)
    if (problem) return send(request, reply, problem.code, language, problem.details, fieldsOf(problem, language))
    services.log.error({ requestId: request.id, err: error }, 'A request failed unexpectedly')
    return send(request, reply, 'internal', language, { requestId: request.id }, [])
  })
  app.setNotFoundHandler(async (request, reply) => {
    const language = readLanguage(request, services.config.catalogue.defaultLanguage)
    return send(request, reply, 'not_found', language, {}, [])
  })
}

/** Fastify's own refusals (broken JSON, body too large, wrong content type) are the caller's, not bugs. */
function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  if (status === 413) return new Problem('body_too_large')
  return typeof status === 'number' && status >= 400 && status < 500 ? new Problem('bad_input') : null
}

function fieldsOf(problem: Problem, language: Language): FieldProblem[] {
  if (problem instanceof InputProblem) return problem.fields
  if (problem.field === undefined) return []
  return [{ path: problem.field, code: problem.code, message: problemWords(problem.code, language, problem.details) }]
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  language: Language,
  details: Record<string, string | number>,
  fields: FieldProblem[],
): Promise<ProblemBody> {
  const status = new Problem(code).status
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('content-language', language === 'zh' ? 'zh-CN' : 'en')
  if (status === 429 && details['seconds'] !== undefined) reply.header('retry-after', String(details['seconds']))
  return { error: { code, message: problemWords(code, language, details), details, fields, requestId: request.id } }
}

import { z } from 'zod'
import type { Endpoint } from '../../../contract/endpoint.ts'
import { problems } from '../../../contract/problems.ts'
import type { ProblemCode } from '../../../contract/problems.ts'

/** Failures any endpoint may answer, beside those it lists. */
const always: readonly ProblemCode[] = [
  'bad_input',
  'not_found',
  'signed_out',
  'forbidden',
  'cross_site_request',
  'internal',
]

/** Prints the OpenAPI 3.1 document of the endpoints; nothing in it is typed twice. */
export function openApi(endpoints: readonly Endpoint[], title: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint) }
  }
  return { openapi: '3.1.0', info: { title, version: '1' }, paths, components: { schemas: { Problem: problemSchema } } }
}

function operation(endpoint: Endpoint): Record<string, unknown> {
  return {
    operationId: endpoint.name,
    summary: endpoint.summary,
    'x-access': endpoint.access,
    parameters: [...parameters(endpoint.params, 'path'), ...parameters(endpoint.query, 'query')],
    ...(endpoint.body && {
      requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(endpoint.body, 'input') } } },
    }),
    ...(endpoint.sent && { requestBody: { required: true, content: sentContent(endpoint.sent) } }),
    responses: {
      '200': {
        description: 'Done',
        content: answerContent(endpoint),
      },
      ...failures(endpoint),
    },
  }
}

function answerContent({ answeredAs, response }: Endpoint): Record<string, unknown> {
  if (answeredAs) return { [answeredAs]: { schema: { type: 'string' } } }
  return { 'application/json': { schema: jsonSchema(response, 'output') } }
}

function sentContent({ mediaTypes, schema }: NonNullable<Endpoint['sent']>): Record<string, unknown> {
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: jsonSchema(schema, 'input') }]))
}

function failures(endpoint: Endpoint): Record<string, unknown> {
  const byStatus = groupByStatus(endpoint)
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `\`${code}\`: ${problems[code].en}`).join('\n\n'),
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  )
}

function groupByStatus(endpoint: Endpoint): Map<number, ProblemCode[]> {
  const groups = new Map<number, ProblemCode[]>()
  for (const code of new Set([...endpoint.problems, ...always])) {
    const { status } = problems[code]
    groups.set(status, [...(groups.get(status) ?? []), code])
  }
  return groups
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' })
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): unknown[] {
  if (!schema) return []
  const object = z.object({
    properties: z.record(z.string(), z.unknown()).default({}),
    required: z.array(z.string()).default([]),
  })
  const { properties, required } = object.parse(jsonSchema(schema, 'input'))
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }))
}

const problemSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'details', 'fields', 'requestId'],
      properties: {
        code: { enum: Object.keys(problems) },
        message: { type: 'string', description: 'Words for the reader, in English or Chinese by Accept-Language' },
        details: { type: 'object' },
        fields: {
          type: 'array',
          items: {
            type: 'object',
            properties: { path: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
          },
        },
        requestId: { type: 'string' },
      },
    },
  },
}

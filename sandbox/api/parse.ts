import type { z } from 'zod'
import { Refusal } from '../context.ts'

/** Checks input against its schema. Throws Refusal wrong_input naming each field and what is allowed. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input ?? {})
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new Refusal(400, 'wrong_input', problems.join('; '))
}

import type { UseFormReturnType } from '@mantine/form'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type ApiProblemCode, ApiProblem } from './api.ts'
import type { en } from './messages/en.ts'
import { ProblemWords } from './parts/ProblemWords.tsx'

export type RuleName = keyof (typeof en)['broken']

/** A broken rule in the reader's language; an element, so that it follows when the language is switched. */
export function BrokenRule({ rule }: { rule: RuleName }) {
  const { t } = useTranslation()
  return <>{t(`broken.${rule}`)}</>
}

/**
 * A form rule made of the contract's own schema, in the words of the catalogue. The schema's words are English and for programs,
 * which is why Mantine's schema resolver is not used as it stands.
 */
export function rule(schema: z.ZodType, name: RuleName) {
  return (value: unknown) => {
    if (typeof value === 'string' && value.trim() === '') return <BrokenRule rule="empty" />
    return schema.safeParse(value).success ? null : <BrokenRule rule={name} />
  }
}

/** As `rule`, for a field that may stay empty. */
export function optionalRule(schema: z.ZodType, name: RuleName) {
  return (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : rule(schema, name)(value))
}

/** The terms must be accepted. */
export function termsRule(accepted: boolean) {
  return accepted ? null : <BrokenRule rule="terms" />
}

/** Where a path of the body stands in a form whose box for the terms is called `terms`. */
export function termsField(path: string): string {
  return path === 'acceptTerms' ? 'terms' : (path.split('.').at(-1) ?? path)
}

/** Absent instead of empty, as the contract has it for optional fields. */
export function orAbsent(text: string): string | undefined {
  return text.trim() === '' ? undefined : text
}

/** Where a refusal belongs when the server names no field. */
const usualField: Partial<Record<ApiProblemCode, string>> = {
  username_taken: 'username',
  email_taken: 'email',
  password_too_common: 'password',
  code_wrong: 'code',
  code_expired: 'code',
  code_exhausted: 'code',
  code_missing: 'code',
  instance_id_wrong: 'instanceRef',
  instance_released: 'instanceRef',
  cloud_account_bound_elsewhere: 'cloudAccountRef',
  settlement_unchanged: 'method',
  terms_outdated: 'terms',
}

/**
 * Sorts a refusal onto the fields of a form. `fieldOf` maps a path of the request body (`owner.email`) to the form's field; by default the
 * last part of the path. Out: what goes beside fields, and whether anything is left to say above the button.
 */
export function fieldsOfProblem(
  problem: ApiProblem,
  formFields: readonly string[],
  fieldOf: (path: string) => string = (path) => path.split('.').at(-1) ?? path,
): { byField: Record<string, { code: string; message: string }>; rest: boolean } {
  const byField: Record<string, { code: string; message: string }> = {}
  let unplaced = false
  for (const refused of problem.fields) {
    const field = fieldOf(refused.path)
    if (formFields.includes(field)) byField[field] = { code: refused.code, message: refused.message }
    else unplaced = true
  }
  const usual = usualField[problem.code]
  if (problem.fields.length === 0 && usual && formFields.includes(usual)) {
    byField[usual] = { code: problem.code, message: problem.message }
  }
  return { byField, rest: unplaced || Object.keys(byField).length === 0 }
}

interface SubmitOptions<Values, Answer> {
  form: UseFormReturnType<Values>
  send: (values: Values) => Promise<Answer>
  onDone: (answer: Answer) => void | Promise<void>
  /** Refusals this screen deals with itself; returns true when it did. */
  refused?: (problem: ApiProblem) => boolean
  fieldOf?: (path: string) => string
}

/**
 * Sends a form once however often it is pressed, keeps what was typed, and puts each refusal where it belongs: beside its field, or in
 * `problem` for an alert above the button.
 */
export function useSubmit<Values extends Record<string, unknown>, Answer>(options: SubmitOptions<Values, Answer>) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const inFlight = useRef(false)

  const show = (thrown: unknown) => {
    if (!(thrown instanceof ApiProblem)) throw thrown
    if (options.refused?.(thrown)) return
    const { byField, rest } = fieldsOfProblem(thrown, Object.keys(options.form.getValues()), options.fieldOf)
    for (const [field, said] of Object.entries(byField)) {
      const words = <ProblemWords code={said.code} details={thrown.details} fallback={said.message} />
      options.form.setFieldError(field as never, words)
    }
    if (rest) setProblem(thrown)
    focusFirst(byField)
  }

  const sendOnce = async (values: Values) => {
    if (inFlight.current) return
    inFlight.current = true
    setPending(true)
    setProblem(null)
    try {
      await options.onDone(await options.send(values))
    } catch (thrown) {
      show(thrown)
    } finally {
      inFlight.current = false
      setPending(false)
    }
  }

  const focusFirst = (errors: Record<string, unknown>) => {
    const first = Object.keys(errors)[0]
    if (first) options.form.getInputNode(first as never)?.focus()
  }

  const submit = (event?: FormEvent<HTMLFormElement>) => options.form.onSubmit(sendOnce, focusFirst)(event)

  return { submit, pending, problem, clearProblem: () => setProblem(null) }
}

/** As `useSubmit`, for a button without a form. */
export function useAction<Input, Answer>(options: {
  send: (input: Input) => Promise<Answer>
  onDone: (answer: Answer) => void | Promise<void>
  refused?: (problem: ApiProblem) => boolean
}) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const inFlight = useRef(false)
  const run = async (input: Input) => {
    if (inFlight.current) return
    inFlight.current = true
    setPending(true)
    setProblem(null)
    try {
      await options.onDone(await options.send(input))
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem)) throw thrown
      if (!options.refused?.(thrown)) setProblem(thrown)
    } finally {
      inFlight.current = false
      setPending(false)
    }
  }
  return { run, pending, problem, clearProblem: () => setProblem(null) }
}

/** A UUID chosen once per intent. Works without a secure context too, where `crypto.randomUUID` is absent. */
export function newRequestKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

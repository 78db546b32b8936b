import { describe, expect, it } from 'vitest'
import { ApiProblem } from './api.ts'
import { fieldsOfProblem, newRequestKey } from './forms.tsx'
import { requestKey } from '../contract/fields.ts'

const form = ['username', 'email', 'code', 'terms']

function problem(code: ApiProblem['code'], paths: string[] = []) {
  return new ApiProblem({
    code,
    status: 400,
    message: 'words',
    fields: paths.map((path) => ({ path, code, message: `about ${path}` })),
  })
}

describe('a refusal of a form', () => {
  it('stands beside the field it names, wherever that is in the body', () => {
    const { byField, rest } = fieldsOfProblem(problem('bad_input', ['owner.email']), form)
    expect(byField).toEqual({ email: { code: 'bad_input', message: 'about owner.email' } })
    expect(rest).toBe(false)
  })

  it('stands beside the field it is usually about when it names none', () => {
    expect(fieldsOfProblem(problem('code_wrong'), form)).toMatchObject({
      byField: { code: { code: 'code_wrong' } },
      rest: false,
    })
    expect(fieldsOfProblem(problem('terms_outdated'), form)).toMatchObject({ byField: { terms: {} }, rest: false })
  })

  it('is said above the button when the form has no such field', () => {
    expect(fieldsOfProblem(problem('password_too_common'), form)).toEqual({ byField: {}, rest: true })
    expect(fieldsOfProblem(problem('cloud_account_bound_elsewhere'), form)).toEqual({ byField: {}, rest: true })
  })

  it('says in both places what concerns a field and something else', () => {
    const { byField, rest } = fieldsOfProblem(problem('bad_input', ['email', 'requestKey']), form)
    expect(Object.keys(byField)).toEqual(['email'])
    expect(rest).toBe(true)
  })

  it('follows a map from the body to the form', () => {
    const { byField } = fieldsOfProblem(problem('bad_input', ['acceptTerms']), form, () => 'terms')
    expect(Object.keys(byField)).toEqual(['terms'])
  })
})

describe('a request key', () => {
  it('is a UUID the contract accepts, and never the same twice', () => {
    const keys = Array.from({ length: 50 }, newRequestKey)
    for (const key of keys) expect(requestKey.safeParse(key).success).toBe(true)
    expect(new Set(keys).size).toBe(50)
  })
})

import { describe, expect, it } from 'vitest'
import { judgeAnswer } from './answer.ts'

const says = (action: string, body: unknown) =>
  judgeAnswer(action, { kind: 'answered', httpStatus: 200, body: JSON.stringify(body) }).outcome

describe('an answer of the vendor', () => {
  it('to createInstance is an instance unless its id is 0 or missing', () => {
    expect(says('createInstance', { instanceId: '122779388' })).toBe('ok')
    expect(says('createInstance', { instanceId: 122779388 })).toBe('ok')
    expect(says('createInstance', { instanceId: 'abc-0' })).toBe('ok')
    for (const zero of [0, '0', ' 0 ', '00'])
      expect(says('createInstance', { instanceId: zero })).toBe('instance-id-zero')
    for (const none of [null, '', true, {}]) {
      expect(says('createInstance', { instanceId: none })).toBe('instance-id-missing')
    }
    expect(says('createInstance', { success: true })).toBe('instance-id-missing')
  })

  it('to anything else is success as boolean or as text, and nothing besides', () => {
    expect(says('renewInstance', { success: true })).toBe('ok')
    expect(says('renewInstance', { success: 'true' })).toBe('ok')
    for (const not of [false, 'false', 1, 'yes', undefined]) {
      expect(says('releaseInstance', { success: not })).toBe('not-successful')
    }
    expect(says('renewInstance', [1])).toBe('not-json')
  })
})

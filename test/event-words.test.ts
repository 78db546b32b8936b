import { expect, test } from 'vitest'
import { eventKinds } from '../server/events.ts'
import { records as en } from '../web/messages/en/records.ts'
import { records as zh } from '../web/messages/zh/records.ts'

test('everything that can happen has words at the operator desk, in both languages', () => {
  const kinds = eventKinds.map((kind) => kind.replace('.', '_')).toSorted()
  expect(Object.keys(en.events).toSorted()).toEqual(kinds)
  expect(Object.keys(zh.events).toSorted()).toEqual(kinds)
})

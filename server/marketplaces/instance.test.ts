import { expect, test } from 'vitest'
import { instanceStatuses } from '../../contract/accounts.ts'
import type { InstanceState, NotificationKind } from './connector.ts'
import { lifecycle, needsConfirmation, settle, stepFor } from './instance.ts'

const kinds = Object.keys(lifecycle) as NotificationKind[]
const later = kinds.filter((kind) => kind !== 'purchased')

test.each(later)('%s before the purchase is refused, so that it is told again', (kind) => {
  expect(lifecycle[kind].absent).toMatchObject({ verdict: 'unknown_instance', answer: 'refused', disputed: false })
})

test('nothing leads out of released', () => {
  for (const kind of kinds) expect(lifecycle[kind].released.verdict).not.toBe('applied')
})

test('a renewal restores a suspended instance, and of a released one it is disputed', () => {
  expect(lifecycle.renewed.suspended).toEqual({ verdict: 'applied', status: 'active', event: 'instance.restored' })
  expect(lifecycle.renewed.released).toEqual({ verdict: 'stale', answer: 'refused', disputed: true })
})

test('an expiry that comes after the release is answered as done: there is nothing left to freeze', () => {
  expect(lifecycle.suspended.released).toEqual({ verdict: 'stale', answer: 'done' })
})

test('what was applied once is a duplicate in every status', () => {
  for (const kind of kinds) {
    for (const status of instanceStatuses)
      expect(stepFor(kind, status, true)).toEqual({ verdict: 'duplicate', answer: 'done' })
  }
})

test('every change is confirmed, and so is a renewal that comes again for a closed instance', () => {
  for (const kind of kinds) {
    for (const status of ['absent', ...instanceStatuses] as const) {
      const step = stepFor(kind, status, false)
      if (step.verdict === 'applied') expect(needsConfirmation(kind, step, status)).toBe(true)
    }
  }
  expect(needsConfirmation('renewed', stepFor('renewed', 'suspended', true), 'suspended')).toBe(true)
  expect(needsConfirmation('renewed', stepFor('renewed', 'active', true), 'active')).toBe(false)
  expect(needsConfirmation('purchased', stepFor('purchased', 'active', true), 'active')).toBe(false)
})

const state: InstanceState = {
  status: 'active',
  orderRef: '1',
  productCode: 'cmgj1',
  skus: ['yuncode1', 'cmgj1-postpay'],
  trial: false,
  expiresOn: null,
}

test('the word of the marketplace holds against ours', () => {
  const known = { status: 'suspended', sku: 'yuncode1', expiresOn: null } as const
  expect(settle(known, state)).toMatchObject({
    kind: 'corrects',
    events: ['instance.restored'],
    change: { status: 'active' },
  })
  expect(settle({ ...known, status: 'active' }, { ...state, status: 'suspended' })).toMatchObject({
    events: ['instance.suspended'],
  })
  expect(settle({ ...known, status: 'active' }, { ...state, status: 'released' })).toMatchObject({
    events: ['instance.released'],
  })
})

test('a release is never undone, whatever the marketplace says', () => {
  const known = { status: 'released', sku: 'yuncode1', expiresOn: null } as const
  for (const status of ['active', 'suspended'] as const)
    expect(settle(known, { ...state, status })).toEqual({ kind: 'disputed' })
  expect(settle(known, { ...state, status: 'released' })).toEqual({ kind: 'agrees' })
})

test('while the marketplace is opening an instance it has no say', () => {
  expect(settle({ status: 'active', sku: 's', expiresOn: null }, { ...state, status: 'opening' })).toEqual({
    kind: 'undecided',
  })
})

test('either of the names of a specification agrees; another specification corrects', () => {
  for (const sku of state.skus)
    expect(settle({ status: 'active', sku, expiresOn: null }, state)).toEqual({ kind: 'agrees' })
  expect(settle({ status: 'active', sku: 'yuncode0', expiresOn: null }, state)).toMatchObject({
    kind: 'corrects',
    events: ['instance.upgraded'],
    change: { sku: 'yuncode1' },
  })
})

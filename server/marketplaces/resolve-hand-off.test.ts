import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../contract/ids.ts'
import type { InstanceStatus } from '../../contract/accounts.ts'
import { productCode } from '../../test/catalogue.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { sandboxKeys } from '../config.ts'
import { inTransaction } from '../context.ts'
import { spiToken } from './alibaba/spi-token.ts'
import { openInstance } from './open-instance.ts'
import { resolveHandOff } from './resolve-hand-off.ts'
import { useHandOff } from './use-hand-off.ts'

let world: TestServices
let counter = 0

beforeAll(async () => {
  world = await testServices()
})

afterAll(() => world.close())

async function instance(status: InstanceStatus) {
  counter += 1
  return inTransaction(world.ctx(), (tx) =>
    openInstance(tx, {
      marketplace: 'alibaba',
      instanceRef: `h-${counter}`,
      orderRef: `order-${counter}`,
      accountRef: '10410310001',
      productCode,
      sku: 'yuncode1',
      items: {},
      trial: false,
      expiresOn: null,
      status,
      learnedBy: 'notification',
    }),
  )
}

/** The link behind Direct Login, as the vendor makes it at Shanghai noon, which is the tests' now. */
function link(instanceId: string, over: Record<string, string> = {}): { url: string } {
  const params = { action: 'verify', instanceId, timeStamp: '2026-03-10 12:00:00', ...over }
  const token = spiToken(params, sandboxKeys.alibabaSpiKey)
  return { url: `/marketplaces/alibaba/login?${new URLSearchParams({ ...params, token })}` }
}

test('a Direct Login resolves to its instance and cloud account', async () => {
  const bought = await instance('active')
  const resolved = await resolveHandOff(world.ctx(), 'alibaba', link(bought.instance_ref))
  expect(resolved).toMatchObject({ ok: true, instance: { id: bought.id, cloudAccountRef: '10410310001' } })
})

test('a suspended instance may be opened, a released one may not', async () => {
  const suspended = await instance('suspended')
  const released = await instance('released')
  expect(await resolveHandOff(world.ctx(), 'alibaba', link(suspended.instance_ref))).toMatchObject({ ok: true })
  expect(await resolveHandOff(world.ctx(), 'alibaba', link(released.instance_ref))).toEqual({
    ok: false,
    reason: 'instance_released',
  })
})

test('an instance we have not heard of yet is unknown', async () => {
  expect(await resolveHandOff(world.ctx(), 'alibaba', link('h-never'))).toEqual({
    ok: false,
    reason: 'instance_unknown',
  })
})

test('an old link has expired; a tampered one, one without parameters and an unknown marketplace are refused', async () => {
  const { instance_ref: ref } = await instance('active')
  const old = link(ref, { timeStamp: '2026-03-10 11:54:59' })
  expect(await resolveHandOff(world.ctx(), 'alibaba', old)).toEqual({ ok: false, reason: 'handoff_expired' })
  const tampered = { ok: false, reason: 'handoff_tampered' }
  expect(await resolveHandOff(world.ctx(), 'alibaba', { url: `${link(ref).url}&extra=1` })).toEqual(tampered)
  expect(await resolveHandOff(world.ctx(), 'alibaba', { url: '/marketplaces/alibaba/login' })).toEqual(tampered)
  expect(await resolveHandOff(world.ctx(), 'elsewhere', link(ref))).toEqual(tampered)
})

async function use(fingerprint: string, browserId = newId('activationBrowser'), instanceRow = instance('active')) {
  const { id: instanceId } = await instanceRow
  return inTransaction(world.ctx(), (tx) =>
    useHandOff(tx, { fingerprint, marketplace: 'alibaba', instanceId, browserId }),
  )
}

test('a used link continues in the browser that used it and in no other', async () => {
  const browser = newId('activationBrowser')
  expect(await use('link-1', browser)).toBe('fresh')
  expect(await use('link-1', browser)).toBe('same-browser')
  expect(await use('link-1')).toBe('moments-ago')
  world.clock.advance(10_000)
  expect(await use('link-1', browser)).toBe('same-browser')
  expect(await use('link-1')).toBe('other-browser')
  expect(await use('link-2')).toBe('fresh')
})

test('of twenty browsers with one link at once exactly one is let in', async () => {
  const row = instance('active')
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => use('link-3', newId('activationBrowser'), row)))
  expect(outcomes.filter((outcome) => outcome === 'fresh')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'moments-ago')).toHaveLength(19)
})

test('a use that was rolled back was no use', async () => {
  const { id: instanceId } = await instance('active')
  const browserId = newId('activationBrowser')
  const failing = inTransaction(world.ctx(), async (tx) => {
    await useHandOff(tx, { fingerprint: 'link-4', marketplace: 'alibaba', instanceId, browserId })
    throw new Error('something later failed')
  })
  await expect(failing).rejects.toThrow('something later failed')
  expect(await use('link-4')).toBe('fresh')
})

import { describe, expect, it } from 'vitest'
import type { Settlement } from '../../contract/workspaces.ts'
import { changeability } from './changeability.ts'

const nextMonth = '2026-11-30T16:00:00.000Z'

function byCloud(instanceStatus: 'active' | 'suspended' | 'released'): Settlement {
  return {
    method: 'marketplace',
    marketplace: 'alibaba',
    cloudAccountRef: '1004000000000025',
    instanceRef: '122780018',
    productName: { en: 'Product', zh: '商品' },
    instanceStatus,
  }
}

describe('whether the billing method may change', () => {
  it('is a matter of the month while the balance pays', () => {
    expect(changeability({ method: 'balance' }, null)).toEqual({ kind: 'now' })
    expect(changeability({ method: 'balance' }, nextMonth)).toEqual({ kind: 'from', instant: nextMonth })
  })

  it('waits for the cloud service to be closed while it is live, whatever the month', () => {
    expect(changeability(byCloud('active'), null)).toEqual({ kind: 'cloud-alive' })
    expect(changeability(byCloud('active'), nextMonth)).toEqual({ kind: 'cloud-alive' })
  })

  it('is open at once when the cloud service stopped paying, even in the month of a change', () => {
    expect(changeability(byCloud('suspended'), nextMonth)).toEqual({ kind: 'now' })
    expect(changeability(byCloud('released'), nextMonth)).toEqual({ kind: 'now' })
  })

  it('is open while nobody pays', () => {
    expect(changeability(null, null)).toEqual({ kind: 'now' })
  })
})

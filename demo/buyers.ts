/** Password of everybody in the demo world. */
export const demoPassword = 'purser demo 2026'

/** Who works at the operator desk of the demo world, with the same password. */
export const demoOperator = { username: 'operator', name: 'Zhou Min' }

export interface DemoBuyer {
  key: 'fresh' | 'payer' | 'active'
  name: string
  /** Cloud account at the marketplace sandbox. */
  accountRef: string
  /** Billing Center and console account, where there is one. */
  person: { username: string; email: string; company: string } | null
}

/** The people ready to play: one who has nothing, one who pays already, one who is activated. */
export const demoBuyers: readonly [DemoBuyer, DemoBuyer, DemoBuyer] = [
  { key: 'fresh', name: 'Lin Qing', accountRef: '1004000000000017', person: null },
  {
    key: 'payer',
    name: 'Wang Hao',
    accountRef: '1004000000000025',
    person: { username: 'wang.hao', email: 'wang.hao@haohai.example', company: 'Haohai Logistics' },
  },
  {
    key: 'active',
    name: 'Chen Yu',
    accountRef: '1004000000000033',
    person: { username: 'chen.yu', email: 'chen.yu@yuntian.example', company: 'Yuntian Games' },
  },
]

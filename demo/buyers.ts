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
  person: DemoPerson | null
}

export interface DemoPerson {
  username: string
  email: string
  company: string
  workspaces: readonly DemoWorkspace[]
  /** What the account was given when it began, in its currency: a voucher, or money by bank transfer. */
  given: { voucher: string } | { transfer: string }
}

export interface DemoWorkspace {
  name: string
  /** How busy it is: 1 is a day of about 100 CNY, 0 is nothing. */
  busy: number
}

/** The people ready to play: one who has nothing, one who pays already, one who is activated. */
export const demoBuyers: readonly [DemoBuyer, DemoBuyer, DemoBuyer] = [
  { key: 'fresh', name: 'Lin Qing', accountRef: '1004000000000017', person: null },
  {
    key: 'payer',
    name: 'Wang Hao',
    accountRef: '1004000000000025',
    person: {
      username: 'wang.hao',
      email: 'wang.hao@haohai.example',
      company: 'Haohai Logistics',
      workspaces: [
        { name: 'haohai-prod', busy: 0.3 },
        { name: 'haohai-staging', busy: 0 },
      ],
      given: { transfer: '500.00' },
    },
  },
  {
    key: 'active',
    name: 'Chen Yu',
    accountRef: '1004000000000033',
    person: {
      username: 'chen.yu',
      email: 'chen.yu@yuntian.example',
      company: 'Yuntian Games',
      workspaces: [{ name: 'yuntian-prod', busy: 1 }],
      given: { voucher: '50.00' },
    },
  },
]

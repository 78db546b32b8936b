import { useQuery } from '@tanstack/react-query'
import { listDailyBills } from '../../contract/bills.ts'
import { readMoneyOverview, readWallet } from '../../contract/wallet.ts'
import { ask } from '../api.ts'
import { useSession } from '../session.tsx'

/* What the overview says about money. Each part is read by itself, so that none waits for another. */

export function useWalletNow() {
  return useQuery(ask(readWallet))
}

export function useSpending() {
  // Today goes on while the page is open.
  return useQuery({ ...ask(readMoneyOverview), refetchInterval: 30_000 })
}

/** The bills of the latest day that has any: one for each site that was used. */
export function useLatestBills() {
  const { sites } = useSession()
  return useQuery({
    ...ask(listDailyBills, { query: { limit: Math.max(1, sites.length) } }),
    select: ({ items }) => items.filter((bill) => bill.day === items[0]?.day),
  })
}

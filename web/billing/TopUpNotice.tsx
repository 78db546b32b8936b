import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { listMoneyMoves, listTopUps, readTopUp, readWallet, type TopUp } from '../../contract/wallet.ts'
import { ask, keyOf } from '../api.ts'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'

const tones = { started: 'calm', credited: 'done', failed: 'attention' } as const

/** After coming back from the payment provider: where the top-up stands, looked at until it has ended. */
export function TopUpNotice({ topUpId }: { topUpId: TopUp['id'] }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({
    ...ask(readTopUp, { params: { topUpId } }),
    refetchInterval: (last) => (last.state.data?.state === 'started' ? 2_000 : false),
  })
  const state = query.data?.state
  useEffect(() => {
    if (state !== 'credited') return
    for (const read of [readWallet, listMoneyMoves, listTopUps]) {
      void client.invalidateQueries({ queryKey: keyOf(read) })
    }
  }, [state, client])
  return (
    <Loaded query={query} skeleton={<ListSkeleton rows={1} />}>
      {(topUp) => (
        <Notice tone={tones[topUp.state]} live="status" title={t('money.wallet.back')}>
          {t(`money.wallet.state.${topUp.state}`)}: <Money amount={topUp.amount} currency={topUp.currency} />
        </Notice>
      )}
    </Loaded>
  )
}

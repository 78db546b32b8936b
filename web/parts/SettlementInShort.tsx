import { useTranslation } from 'react-i18next'
import type { Settlement } from '../../contract/workspaces.ts'
import { useCloudName } from './cloud-name.ts'

/** What pays, in a line: the balance, or which cloud account. */
export function SettlementInShort({ settlement }: { settlement: Settlement }) {
  const { t } = useTranslation()
  const cloudName = useCloudName()
  if (settlement.method === 'balance') return <>{t('parts.method.balance')}</>
  return (
    <>
      {cloudName(settlement.marketplace)} <span className="mono">{settlement.cloudAccountRef}</span>
    </>
  )
}

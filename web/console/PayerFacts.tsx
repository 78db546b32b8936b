import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { useInLanguage } from '../language.ts'
import { useCloudName } from '../parts/cloud-name.ts'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { InstanceBadge } from '../parts/StatusBadge.tsx'

/** Who pays a workspace, and by what. */
export function PayerFacts({ payer }: { payer: NonNullable<WorkspaceHome['payer']> }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const cloudName = useCloudName()
  const { settlement } = payer
  const account = [
    { name: t('console.home.account'), value: payer.billingUsername },
    { name: t('console.home.company'), value: payer.companyName },
  ]
  if (settlement.method === 'balance') {
    return <Facts facts={[...account, { name: t('console.home.method'), value: t('console.home.balance') }]} />
  }
  return (
    <Facts
      facts={[
        ...account,
        { name: t('console.home.method'), value: cloudName(settlement.marketplace) },
        { name: t('console.home.product'), value: inLanguage(settlement.productName) },
        {
          name: t('parts.accountId'),
          value: <CopyableId value={settlement.cloudAccountRef} what={t('parts.accountId')} />,
        },
        {
          name: t('console.home.instance'),
          value: <CopyableId value={settlement.instanceRef} what={t('console.home.instance')} />,
        },
        { name: t('console.home.status'), value: <InstanceBadge status={settlement.instanceStatus} /> },
      ]}
    />
  )
}

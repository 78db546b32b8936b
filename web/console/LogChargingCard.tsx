import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readLogCharging } from '../../contract/log-charging.ts'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { ask } from '../api.ts'
import { Card } from '../parts/Card.tsx'
import { LogChargingFacts } from '../parts/LogChargingFacts.tsx'
import classes from './LogChargingCard.module.css'

/** By what logs are charged; only where that is, or is about to be, other than by entries as everywhere. */
export function LogChargingCard({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const { data } = useQuery(ask(readLogCharging, { params: { workspaceId: workspace.id } }))
  if (!data || (data.by === 'logs' && data.next === null)) return null
  return (
    <Card title={t('parts.logCharging.title')}>
      <p className={classes['note']}>{t('console.logCharging.lead')}</p>
      <LogChargingFacts charging={data} />
    </Card>
  )
}

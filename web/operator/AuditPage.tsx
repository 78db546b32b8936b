import { Select } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listAudit } from '../../contract/operator.ts'
import { askPages } from '../api.ts'
import { PageTitle } from '../parts/PageTitle.tsx'
import { paths } from '../paths.ts'
import { AuditTable } from './AuditTable.tsx'
import classes from './filter.module.css'

const actors = ['operator', 'billing', 'console', 'activation', 'anyone', 'usage-key', 'marketplace', 'system'] as const
const everybody = 'everybody'

/** Every change there is, filtered by who made it. */
export function AuditPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const wanted = (useSearch({ strict: false }) as { by?: string }).by
  const by = actors.find((one) => one === wanted)
  return (
    <>
      <PageTitle lead={t('records.audit.lead')}>{t('records.audit.title')}</PageTitle>
      <Select
        label={t('records.audit.by')}
        className={classes['filter'] ?? ''}
        data={[
          { value: everybody, label: t('records.audit.everybody') },
          ...actors.map((one) => ({ value: one as string, label: t(`records.actors.${one}`) })),
        ]}
        value={by ?? everybody}
        onChange={(chosen) =>
          void navigate({ to: paths.operator.audit(chosen && chosen !== everybody ? chosen : undefined) })
        }
      />
      <AuditTable
        label={t('records.audit.label')}
        pages={askPages(listAudit, { query: { by } })}
        emptyTitle={t('records.audit.emptyTitle')}
        empty={t('records.audit.empty')}
      />
    </>
  )
}

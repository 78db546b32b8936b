import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { WorkspaceId } from '../../contract/ids.ts'
import { listTimeline, type OperatorRecord, readRecord } from '../../contract/operator.ts'
import { ask, askPages } from '../api.ts'
import { ButtonLink, TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PageSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { AuditTable } from './AuditTable.tsx'
import { LogChargingCard } from './LogChargingCard.tsx'
import { FactValue, useAboutWords } from './record-words.tsx'
import classes from './RecordPage.module.css'

/** One record: what is known of it, what it belongs to, and all that happened to it. */
export function RecordPage() {
  const { recordId } = useParams({ strict: false }) as { recordId: string }
  const query = useQuery(ask(readRecord, { params: { recordId } }))
  return (
    <Loaded query={query} skeleton={<PageSkeleton />}>
      {(record) => <Details record={record} />}
    </Loaded>
  )
}

function Details({ record }: { record: OperatorRecord }) {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle lead={t(`records.kinds.${record.kind}`)}>{record.title}</PageTitle>
      <div className={classes['groups']}>
        <CardColumns>
          <Card title={t('records.record.facts')}>
            <Facts
              facts={[
                ...record.facts.map((fact) => ({
                  name: t(`records.facts.${fact.name}`),
                  value: <FactValue fact={fact} />,
                })),
                {
                  name: t('records.record.id'),
                  value: <CopyableId value={record.id} what={t('records.record.id')} />,
                },
              ]}
            />
            <Ways record={record} />
          </Card>
          <Card title={t('records.record.related')}>
            <Related record={record} />
          </Card>
        </CardColumns>
        {record.kind === 'workspace' ? (
          <LogChargingCard
            workspaceId={record.id as WorkspaceId}
            name={record.title}
            dissolved={record.facts.some(({ name, value }) => name === 'standing' && value === 'dissolved')}
          />
        ) : null}
        <section aria-label={t('records.record.timeline')}>
          <h2 className={classes['title']}>{t('records.record.timeline')}</h2>
          <AuditTable
            label={t('records.record.timeline')}
            pages={askPages(listTimeline, { params: { recordId: record.id } })}
            except={record.id}
            emptyTitle={t('records.record.timelineNoneTitle')}
            empty={t('records.record.timelineNone')}
          />
        </section>
      </div>
    </>
  )
}

/** Where something can be done about it. */
function Ways({ record }: { record: OperatorRecord }) {
  const { t } = useTranslation()
  if (record.kind === 'billingAccount') {
    return (
      <ButtonLink mt={16} variant="default" to={paths.operator.payer(record.id)}>
        {t('records.record.payer')}
      </ButtonLink>
    )
  }
  if (record.kind !== 'usageRecord') return null
  return (
    <ButtonLink mt={16} variant="default" to={paths.operator.report(record.id)}>
      {t('records.record.report')}
    </ButtonLink>
  )
}

function Related({ record }: { record: OperatorRecord }) {
  const { t } = useTranslation()
  const about = useAboutWords()
  if (record.related.length === 0) return <p className={classes['quiet']}>{t('records.record.relatedNone')}</p>
  return (
    <ul className={classes['related']}>
      {record.related.map((each) => (
        <li key={each.id}>
          <span className={classes['quiet']}>{t(`records.kinds.${each.kind}`)}</span>
          <TextLink to={paths.operator.record(each.id)}>{each.title}</TextLink>
          <span className={classes['quiet']}>{about(each.about)}</span>
        </li>
      ))}
    </ul>
  )
}

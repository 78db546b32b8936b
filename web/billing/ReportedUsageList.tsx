import { useTranslation } from 'react-i18next'
import type { CloudAccount } from '../../contract/accounts.ts'
import { formatQuantity } from '../../contract/money.ts'
import { listReportedUsage, type PushState, type ReportedUsage } from '../../contract/settlement.ts'
import { askPages } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { Money } from '../parts/Money.tsx'
import type { Tone } from '../parts/Notice.tsx'
import { PagedList } from '../parts/PagedList.tsx'
import { StatusBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { periodInWords, reportedQuantity } from './reported-words.ts'
import classes from './ReportedUsageList.module.css'

const atOnce = 5

/** To a payer nothing here is harm: what the marketplace did not take is for the vendor to decide about. */
const tones: Record<PushState, Tone> = {
  OPEN: 'calm',
  SEALED: 'calm',
  SENDING: 'calm',
  ACCEPTED: 'done',
  DUPLICATE: 'done',
  CARRIED: 'calm',
  REJECTED: 'attention',
  UNKNOWN: 'attention',
  EXPIRED: 'attention',
}

/** What the marketplace was told about one purchase, latest period first. */
export function ReportedUsageList({ instanceId }: { instanceId: CloudAccount['instances'][number]['id'] }) {
  const { t } = useTranslation()
  return (
    <section className={classes['root']} aria-label={t('billing.clouds.reported')}>
      <h4 className={classes['title']}>{t('billing.clouds.reported')}</h4>
      <PagedList
        label={t('billing.clouds.reported')}
        pages={askPages(listReportedUsage, { params: { instanceId }, query: { limit: atOnce } })}
        itemKey={(record) => record.id}
        empty={<p className={classes['none']}>{t('billing.clouds.reportedNone')}</p>}
      >
        {(record) => <Record record={record} />}
      </PagedList>
    </section>
  )
}

function Record({ record }: { record: ReportedUsage }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const period = { from: record.periodFrom, until: record.periodUntil }
  return (
    <li className={classes['record']}>
      <div className={classes['line']}>
        <span>{periodInWords(period, language)}</span>
        <span className={`${classes['quantity'] ?? ''} figures`}>
          <Quantity record={record} />
        </span>
      </div>
      <div className={classes['line']}>
        <span className={classes['state']}>
          <StatusBadge tone={tones[record.state]}>{t(`billing.clouds.reportStates.${record.state}`)}</StatusBadge>
          {record.endedAt ? (
            <span className={classes['quiet']}>
              <When instant={record.endedAt} />
            </span>
          ) : null}
        </span>
        <span className={`${classes['quiet'] ?? ''} ${classes['units'] ?? ''} figures`}>
          <Units record={record} />
        </span>
      </div>
      {record.state === 'ACCEPTED' ? null : (
        <p className={classes['quiet']}>{t(`billing.clouds.reportHelp.${record.state}`)}</p>
      )}
    </li>
  )
}

function Quantity({ record }: { record: ReportedUsage }) {
  const language = useLanguage()
  const inLanguage = useInLanguage()
  const { measures, meterName } = record
  const quantity = reportedQuantity(record)
  if (measures.of === 'amount') return <Money amount={quantity} currency={measures.currency} />
  return (
    <>
      {formatQuantity(quantity, language)} {meterName ? inLanguage(meterName) : measures.meter}
    </>
  )
}

/** The marketplace counts in units of its own dimension. */
function Units({ record: { dimension, units, unit } }: { record: ReportedUsage }) {
  const language = useLanguage()
  if (units === null || unit === null) return <span className="mono">{dimension}</span>
  return (
    <>
      {formatQuantity(units, language)} <span className="mono">{dimension}</span> × {formatQuantity(unit, language)}
    </>
  )
}

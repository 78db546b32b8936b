import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type BillLine, type ExplainedLine, explainBillLine, listLineEvents } from '../../contract/bills.ts'
import { formatQuantity } from '../../contract/money.ts'
import { ask, askPages } from '../api.ts'
import { useInLanguage, useLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PagedList } from '../parts/PagedList.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { dayInWords, When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { useBillsFilter } from './bills-filter.ts'
import classes from './BillDrawer.module.css'
import { PaidBy } from './PaidBy.tsx'

type Place = { dailyBillId: BillLine['billId']; position: number }

/** One line of a bill, opened down to what it follows from: price rule, hours, events. */
export function BillLineDrawer() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const named = useParams({ strict: false }) as { dailyBillId: BillLine['billId']; position: string }
  const place: Place = { dailyBillId: named.dailyBillId, position: Number(named.position) }
  const navigate = useNavigate()
  const filter = useBillsFilter()
  const query = useQuery(ask(explainBillLine, { params: place }))
  const line = query.data
  return (
    <SideDrawer
      title={
        line
          ? t('money.bills.lineOf', { meter: inLanguage(line.meterName), day: line.usageDay })
          : t('money.bills.title')
      }
      onClose={() => void navigate({ to: paths.billing.bills(filter) })}
    >
      <p className={classes['back']}>
        <TextLink to={paths.billing.bill(place.dailyBillId, filter)}>{t('money.bills.back')}</TextLink>
      </p>
      <Loaded query={query} skeleton={<ListSkeleton rows={8} />}>
        {(explained) => (
          <div className={classes['groups']}>
            <Explanation line={explained} />
            {explained.detailDeletedAt === null ? (
              <>
                <Hours line={explained} />
                <Events place={place} />
              </>
            ) : (
              <DetailDeleted at={explained.detailDeletedAt} site={explained.site} />
            )}
          </div>
        )}
      </Loaded>
    </SideDrawer>
  )
}

function Explanation({ line }: { line: ExplainedLine }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const inLanguage = useInLanguage()
  const { price, currency, adjusts } = line
  const quantity = `${formatQuantity(line.quantity.replace('-', ''), language)}`
  const sign = line.quantity.startsWith('-') ? '−' : ''
  return (
    <section aria-label={t('money.bills.how')}>
      <h3 className={classes['title']}>{t('money.bills.how')}</h3>
      {price?.unitPrice ? (
        <p className={`${classes['formula'] ?? ''} figures`}>
          {t('money.bills.formula', {
            quantity: sign + quantity,
            per: formatQuantity(price.per, language),
            price: price.unitPrice,
          })}{' '}
          = <Money amount={line.amount} currency={currency} />
        </p>
      ) : null}
      <Facts
        facts={[
          { name: t('money.bills.amount'), value: <Money amount={line.amount} currency={currency} /> },
          { name: t('money.bills.quantity'), value: sign + quantity },
          {
            name: t('money.bills.price'),
            value: line.unitPrice
              ? t('money.bills.perPrice', { price: `${line.unitPrice} ${currency}`, per: inLanguage(line.unitName) })
              : t('money.bills.severalPrices'),
          },
          ...(price
            ? [
                {
                  name: t('money.bills.book'),
                  value: t('money.bills.bookValue', {
                    book: price.book,
                    version: price.version,
                    from: price.effectiveFrom,
                  }),
                },
              ]
            : []),
          ...(line.retentionDays === null
            ? []
            : [{ name: t('money.bills.meter'), value: t('money.bills.retention', { days: line.retentionDays }) }]),
          { name: t('money.bills.workspace'), value: line.workspaceName },
          { name: t('money.bills.paidBy'), value: <PaidBy parts={line.paidBy} currency={currency} /> },
          ...(adjusts
            ? [
                {
                  name: t('money.bills.billed'),
                  value: <Money amount={adjusts.billed.amount} currency={currency} />,
                },
                {
                  name: t('money.bills.rated'),
                  value: <Money amount={adjusts.rated?.amount ?? '0'} currency={currency} />,
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}

/** Hours and events of a dissolved workspace are gone; when, and why the bill stands all the same. */
function DetailDeleted({ at, site }: { at: string; site: string }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { sites } = useSession()
  const timeZone = sites.find((one) => one.code === site)?.timeZone
  return (
    <section aria-label={t('money.bills.events')}>
      <h3 className={classes['title']}>{t('money.bills.events')}</h3>
      <Notice tone="calm">{t('money.bills.detailDeleted', { date: dayInWords(at, language, timeZone) })}</Notice>
    </section>
  )
}

function Hours({ line }: { line: ExplainedLine }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { sites } = useSession()
  const timeZone = sites.find((site) => site.code === line.site)?.timeZone
  const hourOf = (instant: string) =>
    new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
      hour: '2-digit',
      minute: '2-digit',
      ...(timeZone ? { timeZone } : {}),
    }).format(new Date(instant))
  return (
    <section aria-label={t('money.bills.hours')}>
      <h3 className={classes['title']}>{t('money.bills.hours')}</h3>
      <ItemTable
        label={t('money.bills.hours')}
        items={line.hours}
        rowKey={(one) => one.hour}
        columns={[
          { name: t('money.bills.hour'), cell: (one) => hourOf(one.hour) },
          {
            name: t('money.bills.quantity'),
            align: 'right',
            onCard: true,
            cell: (one) => formatQuantity(one.quantity, language),
          },
        ]}
      />
    </section>
  )
}

function Events({ place }: { place: Place }) {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <section aria-label={t('money.bills.events')}>
      <h3 className={classes['title']}>{t('money.bills.events')}</h3>
      <PagedList
        label={t('money.bills.events')}
        pages={askPages(listLineEvents, { params: place, query: { limit: 20 } })}
        itemKey={(event) => `${event.source} ${event.id}`}
        empty={<p>{t('money.bills.eventsNone')}</p>}
      >
        {(event) => (
          <li className={classes['line']}>
            <span>
              <span className="mono">{event.id}</span>
              <span className={classes['quiet']}>
                {event.source} · <When instant={event.time} />
                {event.correctedBy ? ` · ${t('money.bills.corrected')}` : ''}
              </span>
            </span>
            <span className="figures">{event.item ?? formatQuantity(event.quantity, language)}</span>
          </li>
        )}
      </PagedList>
    </section>
  )
}

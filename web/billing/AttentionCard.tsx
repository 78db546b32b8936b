import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { readBillingOverview } from '../../contract/accounts.ts'
import { useLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { Money } from '../parts/Money.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { StandingBadge, StatusBadge } from '../parts/StatusBadge.tsx'
import { dayInWords } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSpending, useWalletNow } from './money-at-a-glance.ts'
import classes from './OverviewPage.module.css'

type Overview = z.output<(typeof readBillingOverview)['response']>

interface Item {
  key: string
  path: string
  name: string
  state: ReactNode
  note: string
}

/** What a person has to do something about: debt, workspaces that close, money that expires. */
export function AttentionCard({ overview }: { overview: Overview }) {
  const { t } = useTranslation()
  const [debt, expiring, troubled] = [useDebt(), useExpiring(), useTroubled(overview)]
  const items = [...debt.items, ...troubled, ...expiring.items]
  const known = debt.known && expiring.known
  const failed = debt.failed || expiring.failed
  // The unfinished activation above is what needs them then.
  if (items.length === 0 && overview.openActivation) return null
  return (
    <Card title={t('billing.overview.attention')}>
      {items.length > 0 ? <Items items={items} /> : null}
      {items.length === 0 && known ? (
        <StatusBadge tone="done">{t('billing.overview.attentionNone')}</StatusBadge>
      ) : null}
      {failed ? <p className={classes['note']}>{t('billing.overview.attentionUnknown')}</p> : null}
      {items.length === 0 && !known && !failed ? <ListSkeleton rows={1} /> : null}
    </Card>
  )
}

function Items({ items }: { items: readonly Item[] }) {
  return (
    <ul className={classes['list']}>
      {items.map((item) => (
        <li key={item.key}>
          <div className={classes['troubled']}>
            <TextLink to={item.path}>{item.name}</TextLink>
            {item.state}
          </div>
          <p className={classes['note']}>{item.note}</p>
        </li>
      ))}
    </ul>
  )
}

interface Found {
  items: Item[]
  known: boolean
  failed: boolean
}

function useDebt(): Found {
  const { t } = useTranslation()
  const { data, isError } = useWalletNow()
  const owes = data !== undefined && Number(data.debt) > 0
  const item = (amount: string, currency: string): Item => ({
    key: 'debt',
    path: paths.billing.wallet(),
    name: t('billing.overview.debt'),
    state: (
      <StatusBadge tone="harm">
        <Money amount={amount} currency={currency} />
      </StatusBadge>
    ),
    note: t('billing.overview.debtNote'),
  })
  const items = owes ? [item(data.debt, data.currency)] : []
  return { items, known: data !== undefined, failed: isError && data === undefined }
}

function useExpiring(): Found {
  const { t } = useTranslation()
  const language = useLanguage()
  const { data, isError } = useSpending()
  const items = (data?.expiring ?? []).map((fund): Item => ({
    key: fund.id,
    path: paths.billing.wallet(),
    name: t(`money.funds.${fund.fund}`),
    state: (
      <StatusBadge tone="attention">
        <Money amount={fund.left} currency={data?.currency ?? ''} />
      </StatusBadge>
    ),
    note: t('billing.overview.expires', { date: dayInWords(fund.expiresAt, language) }),
  }))
  return { items, known: data !== undefined, failed: isError && data === undefined }
}

function useTroubled(overview: Overview): Item[] {
  const { t } = useTranslation()
  const language = useLanguage()
  return overview.attention.map((one) => ({
    key: one.workspaceId,
    path: paths.billing.workspace(one.workspaceId),
    name: one.name,
    state: <StandingBadge standing={one.standing} />,
    note: one.countdownEndsAt
      ? t('billing.overview.closes', { date: dayInWords(one.countdownEndsAt, language) })
      : t('billing.overview.locked'),
  }))
}

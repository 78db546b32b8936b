import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import {
  exportMoneyMoves,
  listMoneyMoves,
  listPrepaidCards,
  listTopUps,
  listVouchers,
  type MoneyMove,
  readWallet,
  type TopUp,
  type Wallet,
} from '../../contract/wallet.ts'
import { ask, askPages, urlOf } from '../api.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Facts } from '../parts/Facts.tsx'
import { type Column } from '../parts/ItemTable.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { TopUpForm } from './TopUpForm.tsx'
import { TopUpNotice } from './TopUpNotice.tsx'
import classes from './WalletPage.module.css'

/** What the account holds and owes, the way to top up, and every change. */
export function WalletPage() {
  const { t } = useTranslation()
  const { topUp } = useSearch({ strict: false }) as { topUp?: string }
  const query = useQuery(ask(readWallet))
  return (
    <>
      <PageTitle lead={t('money.wallet.lead')}>{t('money.wallet.title')}</PageTitle>
      <div className={classes['groups']}>
        {topUp ? <TopUpNotice topUpId={topUp as TopUp['id']} /> : null}
        <Loaded query={query} skeleton={<ListSkeleton rows={6} />}>
          {(wallet) => (
            <CardColumns>
              <Holdings wallet={wallet} />
              <TopUpForm wallet={wallet} />
            </CardColumns>
          )}
        </Loaded>
        <Moves />
        <Funds />
      </div>
    </>
  )
}

function Holdings({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation()
  const money = (amount: string) => <Money amount={amount} currency={wallet.currency} />
  return (
    <Card title={t('money.wallet.now')}>
      <Facts
        facts={[
          { name: t('money.wallet.cash'), value: money(wallet.cash) },
          { name: t('money.wallet.debt'), value: money(wallet.debt) },
          { name: t('money.wallet.vouchers'), value: money(wallet.ordinaryVouchers) },
          { name: t('money.wallet.fullReduction'), value: money(wallet.fullReductionVouchers) },
          { name: t('money.wallet.cards'), value: money(wallet.prepaidCards) },
          ...wallet.cloud.map((part) => ({
            name: t('money.wallet.cloud', { instance: part.instanceRef }),
            value: money(part.amount),
          })),
        ]}
      />
      <p className={classes['note']}>{t('money.wallet.order')}</p>
    </Card>
  )
}

function Moves() {
  const { t } = useTranslation()
  const { billing } = useSession()
  const currency = billing?.currency ?? ''
  return (
    <section aria-label={t('money.wallet.moves')}>
      <div className={classes['head']}>
        <h2 className={classes['title']}>{t('money.wallet.moves')}</h2>
        <Anchor href={urlOf(exportMoneyMoves)} download>
          {t('money.wallet.csv')}
        </Anchor>
      </div>
      <ListTable
        label={t('money.wallet.moves')}
        pages={askPages(listMoneyMoves, { query: {} })}
        rowKey={(move) => move.id}
        columns={[
          { name: t('money.wallet.what'), cell: (move) => <What move={move} /> },
          { name: t('money.wallet.when'), onCard: true, cell: (move) => <When instant={move.at} /> },
          {
            name: t('money.wallet.changes'),
            onCard: true,
            cell: (move) => (
              <ul className={classes['changes']}>
                {move.changes.map((change) => (
                  <li key={`${change.fund} ${change.id}`}>
                    {t(`money.funds.${change.fund}`)} <Money amount={change.amount} currency={currency} />
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
        empty={<EmptyState title={t('money.wallet.movesNoneTitle')}>{t('money.wallet.movesNone')}</EmptyState>}
      />
    </section>
  )
}

function What({ move }: { move: MoneyMove }) {
  const { t } = useTranslation()
  if (!move.bill) return <>{t(`money.wallet.kinds.${move.kind}`)}</>
  return (
    <>
      {move.kind === 'bill_deduction' ? null : `${t(`money.wallet.kinds.${move.kind}`)} `}
      <TextLink to={paths.billing.bill(move.bill.id)}>{t('money.wallet.bill', { day: move.bill.day })}</TextLink>
    </>
  )
}

interface Fund {
  amount: string
  left: string
  currency: string
  state: 'usable' | 'used' | 'expired'
  note: string
  expiresAt: string
}

/** Vouchers, cards and top-ups, one list each. */
function Funds() {
  const { t } = useTranslation()
  const common = <One extends Fund>(): Column<One>[] => [
    {
      name: t('money.wallet.left'),
      align: 'right',
      onCard: true,
      cell: (fund) => <Money amount={fund.left} currency={fund.currency} />,
    },
    {
      name: t('money.wallet.face'),
      align: 'right',
      cell: (fund) => <Money amount={fund.amount} currency={fund.currency} />,
    },
    { name: t('money.wallet.stateOf'), onCard: true, cell: (fund) => t(`money.wallet.usable.${fund.state}`) },
    { name: t('money.wallet.expires'), cell: (fund) => <When instant={fund.expiresAt} show="date" /> },
  ]
  const none = (words: string) => <EmptyState title={t('money.wallet.none')}>{words}</EmptyState>
  return (
    <>
      <section aria-label={t('money.wallet.voucherList')}>
        <h2 className={classes['title']}>{t('money.wallet.voucherList')}</h2>
        <ListTable
          label={t('money.wallet.voucherList')}
          pages={askPages(listVouchers, { query: {} })}
          rowKey={(voucher) => voucher.id}
          columns={[{ name: t('money.wallet.kind'), cell: (voucher) => t(`money.funds.${voucher.kind}`) }, ...common()]}
          empty={none(t('money.wallet.vouchersNone'))}
        />
      </section>
      <section aria-label={t('money.wallet.cardList')}>
        <h2 className={classes['title']}>{t('money.wallet.cardList')}</h2>
        <ListTable
          label={t('money.wallet.cardList')}
          pages={askPages(listPrepaidCards, { query: {} })}
          rowKey={(card) => card.id}
          columns={[{ name: t('money.wallet.note'), cell: (card) => card.note }, ...common()]}
          empty={none(t('money.wallet.cardsNone'))}
        />
      </section>
      <TopUps none={none(t('money.wallet.topUpsNone'))} />
    </>
  )
}

function TopUps({ none }: { none: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section aria-label={t('money.wallet.topUpList')}>
      <h2 className={classes['title']}>{t('money.wallet.topUpList')}</h2>
      <ListTable
        label={t('money.wallet.topUpList')}
        pages={askPages(listTopUps, { query: {} })}
        rowKey={(topUp) => topUp.id}
        columns={[
          { name: t('money.wallet.when'), cell: (topUp) => <When instant={topUp.startedAt} /> },
          {
            name: t('money.wallet.topUp'),
            align: 'right',
            onCard: true,
            cell: (topUp) => <Money amount={topUp.amount} currency={topUp.currency} />,
          },
          { name: t('money.wallet.stateOf'), onCard: true, cell: (topUp) => t(`money.wallet.state.${topUp.state}`) },
          { name: t('money.wallet.note'), cell: (topUp) => topUp.note },
        ]}
        empty={none}
      />
    </section>
  )
}

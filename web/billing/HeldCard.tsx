import { Decimal } from 'decimal.js'
import { useTranslation } from 'react-i18next'
import type { Wallet } from '../../contract/wallet.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { Figures } from '../parts/Figures.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useWalletNow } from './money-at-a-glance.ts'

/** What the account holds and owes, in short; the wallet has the rest. */
export function HeldCard() {
  const { t } = useTranslation()
  const query = useWalletNow()
  return (
    <Card
      title={t('billing.overview.held')}
      action={<TextLink to={paths.billing.wallet()}>{t('billing.overview.toWallet')}</TextLink>}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
        {(wallet) => <Held wallet={wallet} />}
      </Loaded>
    </Card>
  )
}

function sumOf(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0)).toFixed()
}

function Held({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation()
  const money = (amount: string) => <Money amount={amount} currency={wallet.currency} />
  const vouchers = sumOf([wallet.ordinaryVouchers, wallet.fullReductionVouchers])
  const cloudDue = sumOf(wallet.cloud.map((part) => part.amount))
  return (
    <Figures
      figures={[
        { name: t('billing.overview.cash'), value: money(wallet.cash) },
        { name: t('billing.overview.vouchers'), value: money(vouchers) },
        { name: t('billing.overview.cards'), value: money(wallet.prepaidCards) },
        { name: t('billing.overview.debt'), value: money(wallet.debt) },
        ...(cloudDue === '0' ? [] : [{ name: t('billing.overview.cloudDue'), value: money(cloudDue) }]),
      ]}
    />
  )
}

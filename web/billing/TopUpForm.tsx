import { Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { startTopUp, type Wallet } from '../../contract/wallet.ts'
import { amountAboveZero } from '../../contract/money.ts'
import { call } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { Card } from '../parts/Card.tsx'
import { PageForm } from '../parts/PageForm.tsx'
import { useRequestKey } from '../request-key.ts'
import classes from './WalletPage.module.css'

/** Pays money in: online where a provider is set up, always by bank transfer. */
export function TopUpForm({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation()
  return (
    <Card title={t('money.wallet.topUp')}>
      {wallet.onlinePayments.length > 0 ? <Online wallet={wallet} /> : null}
      <p className={classes['note']}>{t('money.wallet.transfer')}</p>
    </Card>
  )
}

function Online({ wallet }: { wallet: Wallet }) {
  const { t } = useTranslation()
  const keyFor = useRequestKey()
  const form = useForm({
    initialValues: { amount: '', provider: wallet.onlinePayments[0] ?? '' },
    validate: { amount: rule(amountAboveZero, 'amount') },
  })
  const start = useSubmit({
    form,
    send: (values) => call(startTopUp, { body: { requestKey: keyFor(JSON.stringify(values)), ...values } }),
    onDone: ({ redirectUrl }) => location.assign(redirectUrl),
  })
  return (
    <PageForm onSubmit={start.submit} problem={start.problem} pending={start.pending} submit={t('money.wallet.submit')}>
      <TextInput
        label={t('money.wallet.amount', { currency: wallet.currency })}
        description={t('operator.payers.amountHelp')}
        inputMode="decimal"
        {...form.getInputProps('amount')}
      />
      <Select
        label={t('money.wallet.provider')}
        data={wallet.onlinePayments.map((code) => ({
          value: code,
          label: code === 'sandbox' ? t('money.wallet.providers.sandbox') : code,
        }))}
        {...form.getInputProps('provider')}
      />
    </PageForm>
  )
}

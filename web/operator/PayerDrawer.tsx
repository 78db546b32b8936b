import { NumberInput, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readRecord } from '../../contract/operator.ts'
import { amountAboveZero } from '../../contract/money.ts'
import { creditPayer, grantVoucher, listPayers, type Payer, readPayer } from '../../contract/operator-money.ts'
import { ask, call, keyOf } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { TextLink } from '../parts/ButtonLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Money } from '../parts/Money.tsx'
import { PageForm } from '../parts/PageForm.tsx'
import { useSay } from '../parts/say.ts'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { useRequestKey } from '../request-key.ts'
import { serverNow } from '../session.tsx'
import { useAboutWords } from './record-words.tsx'
import classes from './PayerDrawer.module.css'

/** One payer at the side of the list: what it holds, a transfer to credit, a voucher to grant. */
export function PayerDrawer() {
  const { t } = useTranslation()
  const { billingAccountId } = useParams({ strict: false }) as { billingAccountId: Payer['id'] }
  const navigate = useNavigate()
  const { search } = useSearch({ strict: false }) as { search?: string }
  const query = useQuery(ask(readPayer, { params: { billingAccountId } }))
  return (
    <SideDrawer
      title={query.data?.companyName ?? query.data?.username ?? t('operator.payers.title')}
      onClose={() => void navigate({ to: paths.operator.payers(search) })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={6} />}>
        {(payer) => (
          <div className={classes['groups']}>
            <Holdings payer={payer} />
            <Workspaces payer={payer} />
            <Credit payer={payer} />
            <Voucher payer={payer} />
          </div>
        )}
      </Loaded>
    </SideDrawer>
  )
}

type PayerWithWallet = z.output<(typeof readPayer)['response']>

function Holdings({ payer }: { payer: PayerWithWallet }) {
  const { t } = useTranslation()
  const { wallet, currency } = payer
  const money = (amount: string) => <Money amount={amount} currency={currency} />
  return (
    <Facts
      facts={[
        { name: t('operator.payers.username'), value: payer.username },
        { name: t('operator.payers.email'), value: payer.email },
        { name: t('operator.payers.cash'), value: money(wallet.cash) },
        { name: t('operator.payers.debt'), value: money(wallet.debt) },
        { name: t('operator.payers.vouchers'), value: money(wallet.ordinaryVouchers) },
        { name: t('operator.payers.fullReduction'), value: money(wallet.fullReductionVouchers) },
        { name: t('operator.payers.cards'), value: money(wallet.prepaidCards) },
      ]}
    />
  )
}

/** Its workspaces, each leading to its record: how its logs are charged is changed there. */
function Workspaces({ payer }: { payer: Payer }) {
  const { t } = useTranslation()
  const about = useAboutWords()
  const query = useQuery(ask(readRecord, { params: { recordId: payer.id } }))
  return (
    <section className={classes['section']} aria-label={t('operator.payers.workspaces')}>
      <h3 className={classes['title']}>{t('operator.payers.workspaces')}</h3>
      <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
        {({ related }) => {
          const workspaces = related.filter(({ kind }) => kind === 'workspace')
          if (workspaces.length === 0) return <p className={classes['quiet']}>{t('operator.payers.workspacesNone')}</p>
          return (
            <ul className={classes['workspaces']}>
              {workspaces.map((workspace) => (
                <li key={workspace.id}>
                  <TextLink to={paths.operator.record(workspace.id)}>{workspace.title}</TextLink>
                  <span className={classes['quiet']}>{about(workspace.about)}</span>
                </li>
              ))}
            </ul>
          )
        }}
      </Loaded>
    </section>
  )
}

const note = z.string().trim().min(1).max(200)

/** One key per gift: the same amount and note again, after an answer, is meant again. */
function useGiftKey() {
  const keyFor = useRequestKey()
  const answered = useRef(0)
  return {
    keyFor: (values: object) => keyFor(JSON.stringify([answered.current, values])),
    given: () => {
      answered.current += 1
    },
  }
}

/** After money moved, this payer and the list are read anew. */
function useMoved() {
  const client = useQueryClient()
  return () => Promise.all([readPayer, listPayers].map((read) => client.invalidateQueries({ queryKey: keyOf(read) })))
}

function Credit({ payer }: { payer: Payer }) {
  const { t } = useTranslation()
  const say = useSay()
  const moved = useMoved()
  const { keyFor, given } = useGiftKey()
  const { currency } = payer
  const form = useForm({
    initialValues: { amount: '', note: '' },
    validate: { amount: rule(amountAboveZero, 'amount'), note: rule(note, 'note') },
  })
  const credit = useSubmit({
    form,
    send: (values) =>
      call(creditPayer, {
        params: { billingAccountId: payer.id },
        body: { requestKey: keyFor(values), ...values },
      }),
    onDone: async () => {
      given()
      say(t('operator.payers.credited', { amount: form.values.amount, currency }))
      form.reset()
      await moved()
    },
  })
  return (
    <section className={classes['section']} aria-label={t('operator.payers.credit')}>
      <h3 className={classes['title']}>{t('operator.payers.credit')}</h3>
      <p>{t('operator.payers.creditBody')}</p>
      <PageForm
        onSubmit={credit.submit}
        problem={credit.problem}
        pending={credit.pending}
        submit={t('operator.payers.creditSubmit')}
      >
        <TextInput
          label={t('operator.payers.amount', { currency })}
          description={t('operator.payers.amountHelp')}
          inputMode="decimal"
          {...form.getInputProps('amount')}
        />
        <TextInput
          label={t('operator.payers.note')}
          description={t('operator.payers.noteHelp')}
          maxLength={200}
          {...form.getInputProps('note')}
        />
      </PageForm>
    </section>
  )
}

function Voucher({ payer }: { payer: Payer }) {
  const { t } = useTranslation()
  const say = useSay()
  const moved = useMoved()
  const { keyFor, given } = useGiftKey()
  const { currency } = payer
  const form = useForm({
    initialValues: { kind: 'ordinary_voucher' as string, amount: '', days: 90 as number, note: '' },
    validate: { amount: rule(amountAboveZero, 'amount'), note: rule(note, 'note') },
  })
  const grant = useSubmit({
    form,
    send: (values) =>
      call(grantVoucher, {
        params: { billingAccountId: payer.id },
        body: {
          requestKey: keyFor(values),
          kind: values.kind === 'full_reduction_voucher' ? 'full_reduction_voucher' : 'ordinary_voucher',
          amount: values.amount,
          expiresAt: new Date(serverNow() + values.days * 86_400_000).toISOString(),
          note: values.note,
        },
      }),
    onDone: async () => {
      given()
      say(t('operator.payers.granted', { amount: form.values.amount, currency }))
      form.reset()
      await moved()
    },
  })
  return (
    <section className={classes['section']} aria-label={t('operator.payers.voucher')}>
      <h3 className={classes['title']}>{t('operator.payers.voucher')}</h3>
      <p>{t('operator.payers.voucherBody')}</p>
      <PageForm
        onSubmit={grant.submit}
        problem={grant.problem}
        pending={grant.pending}
        submit={t('operator.payers.voucherSubmit')}
      >
        <Select
          label={t('operator.payers.kind')}
          data={[
            { value: 'ordinary_voucher', label: t('operator.payers.ordinary') },
            { value: 'full_reduction_voucher', label: t('operator.payers.full') },
          ]}
          {...form.getInputProps('kind')}
        />
        <TextInput
          label={t('operator.payers.amount', { currency })}
          description={t('operator.payers.amountHelp')}
          inputMode="decimal"
          {...form.getInputProps('amount')}
        />
        <NumberInput
          size="md"
          label={t('operator.payers.days')}
          min={1}
          max={3650}
          clampBehavior="strict"
          allowDecimal={false}
          {...form.getInputProps('days')}
        />
        <TextInput label={t('operator.payers.note')} maxLength={200} {...form.getInputProps('note')} />
      </PageForm>
    </section>
  )
}

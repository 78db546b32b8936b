import { useForm } from '@mantine/form'
import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as field from '../../contract/fields.ts'
import type { BillingMethodChoice, Settlement } from '../../contract/workspaces.ts'
import { rule, useSubmit } from '../forms.tsx'
import { paths } from '../paths.ts'
import { TextLink } from './ButtonLink.tsx'
import classes from './BillingMethodForm.module.css'
import { ChoiceCards } from './ChoiceCards.tsx'
import { InstanceIds } from './InstanceIds.tsx'
import { PageForm } from './PageForm.tsx'

interface Props {
  /** What pays now; null when nobody does. */
  current: Settlement | null
  change: (choice: BillingMethodChoice) => Promise<unknown>
  onDone: () => void | Promise<void>
  cancelTo: string
}

/** What shall pay a workspace: the balance, or an Alibaba Cloud instance whose two ids are typed and verified. */
export function BillingMethodForm({ current, change, onDone, cancelTo }: Props) {
  const { t } = useTranslation()
  const here = useRouterState({ select: (state) => state.location.pathname })
  const byCloud = (values: { method: string }) => values.method === 'alibaba'
  const form = useForm({
    initialValues: { method: 'alibaba' as string, cloudAccountRef: '', instanceRef: '' },
    validate: {
      cloudAccountRef: (value, values) =>
        byCloud(values) ? rule(field.cloudAccountRef, 'cloudAccountRef')(value) : null,
      instanceRef: (value, values) => (byCloud(values) ? rule(field.instanceRef, 'instanceRef')(value) : null),
    },
  })
  const submit = useSubmit({
    form,
    send: ({ method, cloudAccountRef, instanceRef }) =>
      change(method === 'balance' ? { method: 'balance' } : { method: 'alibaba', cloudAccountRef, instanceRef }),
    onDone,
  })
  const choices = (['alibaba', 'balance'] as const).map((value) => ({
    value,
    title:
      current?.method === 'balance' && value === 'balance'
        ? `${t('parts.method.balance')} · ${t('parts.method.now')}`
        : t(`parts.method.${value}`),
    body: t(`parts.method.${value}Body`),
  }))
  return (
    <PageForm
      onSubmit={submit.submit}
      problem={submit.problem}
      pending={submit.pending}
      submit={t('parts.method.submit')}
      cancelTo={cancelTo}
    >
      <ChoiceCards label={t('parts.method.label')} choices={choices} {...form.getInputProps('method')} />
      {byCloud(form.values) ? <InstanceIds form={form} kind="typed" /> : null}
      {submit.problem?.code === 'billing_account_needed' ? (
        <TextLink to={paths.billing.signIn(here)}>{t('parts.method.toBilling')}</TextLink>
      ) : null}
      <p className={classes['note']}>{t('parts.method.once')}</p>
    </PageForm>
  )
}

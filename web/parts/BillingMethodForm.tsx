import { useForm } from '@mantine/form'
import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as field from '../../contract/fields.ts'
import type { BillingMethodChoice, Settlement } from '../../contract/workspaces.ts'
import { draftOr, dropDraft, keepDraft } from '../drafts.ts'
import { rule, useSubmit } from '../forms.tsx'
import { paths } from '../paths.ts'
import { ButtonLink } from './ButtonLink.tsx'
import classes from './BillingMethodForm.module.css'
import { changeability } from './changeability.ts'
import { ChangeableWords } from './ChangeableWords.tsx'
import { ChoiceCards } from './ChoiceCards.tsx'
import { Facts } from './Facts.tsx'
import { InstanceIds } from './InstanceIds.tsx'
import { Notice } from './Notice.tsx'
import { PageForm } from './PageForm.tsx'
import { ProblemWords } from './ProblemWords.tsx'
import { SettlementInShort } from './SettlementInShort.tsx'

interface Props {
  /** What pays now; null when nobody does. */
  current: Settlement | null
  /** As the contract has it: from when it may change again; null when it may now. */
  changeableFrom: string | null
  /** The site's, whose calendar month counts. */
  timeZone: string | undefined
  change: (choice: BillingMethodChoice) => Promise<unknown>
  onDone: () => void | Promise<void>
  cancelTo: string
}

/** What pays a workspace, and what shall pay from now on; where that may not change at present, why and from when. */
export function BillingMethodForm(props: Props) {
  const { t } = useTranslation()
  const { current } = props
  const may = changeability(current, props.changeableFrom)
  const now = current ? <SettlementInShort settlement={current} /> : t('parts.method.nobody')
  return (
    <div className={classes['root']}>
      <Facts facts={[{ name: t('parts.method.current'), value: now }]} />
      {may.kind === 'now' ? (
        <ChoiceForm {...props} />
      ) : (
        <>
          <Notice tone="attention">
            <ChangeableWords may={may} timeZone={props.timeZone} />
          </Notice>
          <div>
            <ButtonLink variant="default" to={props.cancelTo}>
              {t('parts.back')}
            </ButtonLink>
          </div>
        </>
      )}
    </div>
  )
}

/** The balance, or an Alibaba Cloud instance whose two ids are typed and verified. */
function ChoiceForm({ current, change, onDone, cancelTo }: Props) {
  const { t } = useTranslation()
  const { form, submit, here } = useChoice({ current, change, onDone })
  const choices = (['alibaba', 'balance'] as const).map((value) => ({
    value,
    title:
      value === 'balance' && current?.method === 'balance' ? t('parts.method.balanceNow') : t(`parts.method.${value}`),
    body: t(`parts.method.${value}Body`),
  }))
  const signInNeeded = submit.problem?.code === 'billing_account_needed'
  return (
    <PageForm
      onSubmit={submit.submit}
      problem={signInNeeded ? null : submit.problem}
      pending={submit.pending}
      submit={t('parts.method.submit')}
      cancelTo={cancelTo}
    >
      <ChoiceCards label={t('parts.method.label')} choices={choices} {...form.getInputProps('method')} />
      {form.values.method === 'alibaba' ? <InstanceIds form={form} kind="typed" /> : null}
      <p className={classes['note']}>{t('parts.method.once')}</p>
      {signInNeeded ? (
        <Notice
          tone="attention"
          live="alert"
          action={
            <ButtonLink size="sm" variant="default" to={paths.billing.signIn(here)}>
              {t('parts.method.toBilling')}
            </ButtonLink>
          }
        >
          <ProblemWords code="billing_account_needed" fallback="" />
        </Notice>
      ) : null}
    </PageForm>
  )
}

/** The form's values, rules and sending. The ids are kept while the person signs in to the Billing Center on the way. */
function useChoice({ current, change, onDone }: Pick<Props, 'current' | 'change' | 'onDone'>) {
  const here = useRouterState({ select: (state) => state.location.pathname })
  const [byCloud, byBalance] = ['alibaba', 'balance'] as const
  const form = useForm({
    initialValues: draftOr(here, { method: byCloud as string, cloudAccountRef: '', instanceRef: '' }),
    validate: {
      method: (value) => (value === byBalance && current?.method === 'balance' ? <Unchanged /> : null),
      cloudAccountRef: (value, values) =>
        values.method === byCloud ? rule(field.cloudAccountRef, 'cloudAccountRef')(value) : null,
      instanceRef: (value, values) => {
        if (values.method !== byCloud) return null
        const same = current?.method === 'marketplace' && current.instanceRef === value.trim()
        return same ? <Unchanged /> : rule(field.instanceRef, 'instanceRef')(value)
      },
    },
    onValuesChange: (values) => keepDraft(here, values, ['method', 'cloudAccountRef', 'instanceRef']),
  })
  const submit = useSubmit({
    form,
    send: ({ method, cloudAccountRef, instanceRef }) =>
      change(method === byBalance ? { method: byBalance } : { method: byCloud, cloudAccountRef, instanceRef }),
    onDone: () => {
      dropDraft(here)
      return onDone()
    },
  })
  return { form, submit, here }
}

function Unchanged() {
  return <ProblemWords code="settlement_unchanged" fallback="" />
}

import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activateMethod } from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import type { Language } from '../../contract/problems.ts'
import { call } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { useInLanguage, useLanguage } from '../language.ts'
import { ChoiceCards } from '../parts/ChoiceCards.tsx'
import { InstanceIds } from '../parts/InstanceIds.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { WorkspaceFields } from '../parts/WorkspaceFields.tsx'
import { useActivation } from './activation-context.ts'
import { draftOr, keepDraft } from '../drafts.ts'
import { rememberEnding } from './ending.ts'
import { PastStep } from './PastStep.tsx'
import { StepForm } from './StepForm.tsx'
import classes from './StepForm.module.css'

/** Activation method: the workspace, its language, and what pays for it; then Activate. */
export function MethodStep() {
  const { opening, view } = useActivation()
  const { t } = useTranslation()
  const [past] = useState(opening.as === 'past')
  if (!past) return <MethodForm />
  const [workspace] = view.settled
  return (
    <PastStep
      step="method"
      lead={t('activation.done.lead')}
      facts={[
        ...(workspace ? [{ name: t('parts.workspaceName'), value: workspace.name }] : []),
        {
          name: t('activation.method.paysWith'),
          value: view.purchase ? t('activation.method.alibaba') : t('activation.method.balance'),
        },
        { name: t('parts.site.label'), value: <SiteName code={view.site} sites={view.sites} /> },
      ]}
    />
  )
}

function MethodForm() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const { view } = useActivation()
  const { form, activate, typed } = useMethodForm()
  const site = view.sites.find((one) => one.code === view.site)
  const choices = (['alibaba', 'balance'] as const).map((value) => ({
    value,
    title: t(`activation.method.${value}`),
    body: t(`activation.method.${value}Body`),
  }))
  return (
    <>
      <PageTitle lead={t('activation.method.lead')}>{t('activation.method.title')}</PageTitle>
      <StepForm
        step="method"
        submit={t('activation.activate')}
        onSubmit={activate.submit}
        problem={activate.problem}
        pending={activate.pending}
      >
        <WorkspaceFields form={form} />
        {typed ? (
          <ChoiceCards label={t('activation.method.paysWith')} choices={choices} {...form.getInputProps('method')} />
        ) : null}
        {typed && form.values.method === 'balance' ? null : (
          <InstanceIds form={form} kind={typed ? 'typed' : 'locked'} />
        )}
        <p className={classes['note']}>
          {t('activation.method.after', { site: site ? inLanguage(site.name) : view.site })}
        </p>
      </StepForm>
    </>
  )
}

/** The form's values, rules and sending. Ids are typed only where no Direct Login brought them. */
function useMethodForm() {
  const { view, proceed, refused } = useActivation()
  const language = useLanguage()
  const draft = `${view.id}/method`
  const typed = view.purchase === null
  const needsIds = (values: { method: string }) => typed && values.method === 'alibaba'
  const form = useForm({
    initialValues: draftOr(draft, {
      name: '',
      language: language as string,
      method: 'alibaba' as string,
      cloudAccountRef: view.purchase?.cloudAccountRef ?? '',
      instanceRef: view.purchase?.instanceRef ?? '',
    }),
    validate: {
      name: rule(field.workspaceName, 'workspaceName'),
      language: rule(field.language, 'choose'),
      cloudAccountRef: (value, values) =>
        needsIds(values) ? rule(field.cloudAccountRef, 'cloudAccountRef')(value) : null,
      instanceRef: (value, values) => (needsIds(values) ? rule(field.instanceRef, 'instanceRef')(value) : null),
    },
    onValuesChange: (values) =>
      keepDraft(draft, values, ['name', 'language', 'method', 'cloudAccountRef', 'instanceRef']),
  })
  const activate = useSubmit({
    form,
    send: ({ name, language: spoken, method, cloudAccountRef, instanceRef }) =>
      call(activateMethod, {
        body: {
          workspaceName: name,
          language: spoken as Language,
          ...(typed ? { method: billingMethod(method, { cloudAccountRef, instanceRef }) } : {}),
        },
      }),
    onDone: async (next) => {
      rememberEnding(next.id)
      await proceed(next)
    },
    refused,
    fieldOf: (path) => (path === 'workspaceName' ? 'name' : (path.split('.').at(-1) ?? path)),
  })
  return { form, activate, typed }
}

function billingMethod(method: string, ids: { cloudAccountRef: string; instanceRef: string }) {
  return method === 'balance' ? { method: 'balance' as const } : { method: 'alibaba' as const, ...ids }
}

import { Radio, Select, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { activateMethod } from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import { type Language, languages } from '../../contract/problems.ts'
import { call } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { useInLanguage, useLanguage } from '../language.ts'
import { AccountIdNote, InstanceIdNote } from '../parts/FaqNote.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { useActivation } from './activation-context.ts'
import choices from './LandingStep.module.css'
import { draftOr, keepDraft } from './drafts.ts'
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
        ...(workspace ? [{ name: t('activation.method.workspaceName'), value: workspace.name }] : []),
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
  const { view, proceed, refused } = useActivation()
  const language = useLanguage()
  const draft = `${view.id}/method`
  const typed = view.purchase === null
  const needsIds = (values: { method: string }) => typed && values.method === 'alibaba'
  const form = useForm({
    initialValues: draftOr(draft, {
      workspaceName: '',
      language: language as string,
      method: 'alibaba' as string,
      cloudAccountRef: view.purchase?.cloudAccountRef ?? '',
      instanceRef: view.purchase?.instanceRef ?? '',
    }),
    validate: {
      workspaceName: rule(field.workspaceName, 'workspaceName'),
      language: rule(field.language, 'choose'),
      cloudAccountRef: (value, values) => (needsIds(values) ? rule(field.cloudAccountRef, 'cloudAccountRef')(value) : null),
      instanceRef: (value, values) => (needsIds(values) ? rule(field.instanceRef, 'instanceRef')(value) : null),
    },
    onValuesChange: (values) => keepDraft(draft, values, ['workspaceName', 'language', 'method', 'cloudAccountRef', 'instanceRef']),
  })
  const activate = useSubmit({
    form,
    send: ({ workspaceName, language: spoken, method, cloudAccountRef, instanceRef }) =>
      call(activateMethod, {
        body: {
          workspaceName,
          language: spoken as Language,
          ...(typed
            ? { method: method === 'balance' ? { method: 'balance' as const } : { method: 'alibaba' as const, cloudAccountRef, instanceRef } }
            : {}),
        },
      }),
    then: async (next) => {
      rememberEnding(next.id)
      await proceed(next)
    },
    refused,
  })
  const site = view.sites.find((one) => one.code === view.site)
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
        <TextInput
          label={t('activation.method.workspaceName')}
          description={t('help.workspaceName')}
          maxLength={128}
          autoComplete="off"
          {...form.getInputProps('workspaceName')}
        />
        <Select
          label={t('activation.method.workspaceLanguage')}
          description={t('activation.method.languageHelp')}
          data={languages.map((each) => ({ value: each, label: t(`parts.languages.${each}`) }))}
          {...form.getInputProps('language')}
        />
        {typed ? (
          <Radio.Group label={t('activation.method.paysWith')} {...form.getInputProps('method')}>
            <div className={choices['choices']}>
              {(['alibaba', 'balance'] as const).map((each) => (
                <Radio
                  key={each}
                  value={each}
                  className={choices['choice']}
                  label={<strong>{t(`activation.method.${each}`)}</strong>}
                  description={t(`activation.method.${each}Body`)}
                />
              ))}
            </div>
          </Radio.Group>
        ) : null}
        {typed && form.values.method === 'balance' ? null : (
          <>
            <div className={classes['row']}>
              <TextInput
                label={t('activation.method.accountId')}
                description={t(typed ? 'help.cloudAccountRef' : 'activation.method.locked')}
                classNames={{ input: 'mono' }}
                readOnly={!typed}
                inputMode="numeric"
                maxLength={40}
                {...form.getInputProps('cloudAccountRef')}
              />
              <AccountIdNote />
            </div>
            <div className={classes['row']}>
              <TextInput
                label={t('activation.method.instanceId')}
                description={t(typed ? 'help.instanceRef' : 'activation.method.locked')}
                classNames={{ input: 'mono' }}
                readOnly={!typed}
                spellCheck={false}
                maxLength={80}
                {...form.getInputProps('instanceRef')}
              />
              <InstanceIdNote />
            </div>
          </>
        )}
        <p className={classes['note']}>{t('activation.method.after', { site: site ? inLanguage(site.name) : view.site })}</p>
      </StepForm>
    </>
  )
}

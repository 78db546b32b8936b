import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bindAccount, sendAccountCode } from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import { call } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { CodeInput } from '../parts/CodeInput.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useActivation } from './activation-context.ts'
import { draftOr, keepDraft } from '../drafts.ts'
import { PastStep } from './PastStep.tsx'
import { StepForm } from './StepForm.tsx'
import classes from './StepForm.module.css'

/** Existing Billing Center account: its username and a code from its e-mail. */
export function AccountStep() {
  const { opening, view } = useActivation()
  const { t } = useTranslation()
  const [past] = useState(opening.as === 'past')
  if (!past) return <AccountForm />
  return (
    <PastStep
      step="account"
      lead={t('activation.account.doneLead')}
      facts={[
        { name: t('activation.account.username'), value: view.account?.username },
        { name: t('parts.email'), value: view.account?.email },
        ...(view.account?.companyName
          ? [{ name: t('activation.account.company'), value: view.account.companyName }]
          : []),
      ]}
    />
  )
}

function AccountForm() {
  const { t } = useTranslation()
  const { view, proceed, refused } = useActivation()
  const draft = `${view.id}/account`
  const form = useForm({
    initialValues: draftOr(draft, { username: '', code: '' }),
    validate: {
      username: rule(bindAccount.body?.shape.username ?? field.username, 'empty'),
      code: rule(field.code, 'code'),
    },
    onValuesChange: (values) => keepDraft(draft, values, ['username']),
  })
  const bind = useSubmit({
    form,
    send: (values) => call(bindAccount, { body: values }),
    onDone: proceed,
    refused,
  })
  const { username } = form.values
  return (
    <>
      <PageTitle lead={t('activation.account.lead')}>{t('activation.account.title')}</PageTitle>
      <StepForm
        step="account"
        submit={t('activation.account.submit')}
        onSubmit={bind.submit}
        problem={bind.problem}
        pending={bind.pending}
      >
        <TextInput
          label={t('activation.account.username')}
          description={t('activation.account.usernameHelp')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={254}
          {...form.getInputProps('username')}
        />
        <CodeInput
          purpose={`${view.id}/account/${username.trim().toLowerCase()}`}
          maybe
          ready={() => !form.validateField('username').hasError}
          send={() => call(sendAccountCode, { body: { username } })}
          onProblem={refused}
          {...form.getInputProps('code')}
        />
        <p className={classes['note']}>{t('activation.account.forgotten')}</p>
      </StepForm>
    </>
  )
}

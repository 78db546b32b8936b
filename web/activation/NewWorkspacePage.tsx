import { Tabs } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ActivationView,
  createActivationWorkspace,
  listActivationWorkspaces,
  sendConsoleAccountCode,
} from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import type { Language } from '../../contract/problems.ts'
import { call, keyOf } from '../api.ts'
import { BrokenRule, optionalRule, orAbsent, rule, termsField, termsRule, useSubmit } from '../forms.tsx'
import { useInLanguage, useLanguage } from '../language.ts'
import { EmailField, NewUsernameField, PhoneField } from '../parts/AccountFields.tsx'
import { CodeInput } from '../parts/CodeInput.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PasswordField } from '../parts/PasswordField.tsx'
import { TermsCheckbox } from '../parts/TermsCheckbox.tsx'
import { WorkspaceFields } from '../parts/WorkspaceFields.tsx'
import { paths } from '../paths.ts'
import { useRequestKey } from '../request-key.ts'
import { useActivation } from './activation-context.ts'
import { draftOr, keepDraft } from '../drafts.ts'
import { StepForm } from './StepForm.tsx'
import classes from './StepForm.module.css'

type Kind = 'existing' | 'new'

/** Create Workspace, with or without an account in the console; returns to the list with the workspace Bound. */
export function NewWorkspacePage() {
  const { t } = useTranslation()
  const { view } = useActivation()
  const inLanguage = useInLanguage()
  const [kind, setKind] = useState<Kind>('existing')
  const site = view.sites.find((one) => one.code === view.site)
  const siteName = site ? inLanguage(site.name) : view.site
  return (
    <>
      <PageTitle lead={t('activation.newWorkspace.lead')}>{t('activation.newWorkspace.title')}</PageTitle>
      <Tabs value={kind} onChange={(chosen) => setKind(chosen === 'new' ? 'new' : 'existing')} keepMounted={false}>
        <Tabs.List grow mb={24}>
          <Tabs.Tab value="existing">{t('activation.newWorkspace.have')}</Tabs.Tab>
          <Tabs.Tab value="new">{t('activation.newWorkspace.none')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="existing">
          <WithAccount siteName={siteName} />
        </Tabs.Panel>
        <Tabs.Panel value="new">
          <WithoutAccount siteName={siteName} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}

/** After creating: the list shows the new workspace Bound. */
function useCreated() {
  const { accept } = useActivation()
  const client = useQueryClient()
  const navigate = useNavigate()
  return async (view: ActivationView) => {
    accept(view)
    // Refreshed before it is shown, so that the new workspace is there, Bound, at once.
    await client.invalidateQueries({ queryKey: keyOf(listActivationWorkspaces), refetchType: 'all' })
    await navigate({ to: paths.activation.step('workspaces') })
  }
}

function WithAccount({ siteName }: { siteName: string }) {
  const { t } = useTranslation()
  const { view, refused } = useActivation()
  const { form, create } = useWithAccountForm()
  const { email } = form.values
  return (
    <StepForm
      step="workspaces"
      submit={t('activation.create')}
      onSubmit={create.submit}
      problem={create.problem}
      pending={create.pending}
      backTo={paths.activation.step('workspaces')}
    >
      <WorkspaceFields form={form} />
      <EmailField
        label={t('activation.newWorkspace.haveEmail')}
        description={t('activation.newWorkspace.haveEmailHelp', { site: siteName })}
        {...form.getInputProps('email')}
      />
      <CodeInput
        purpose={`${view.id}/console/existing/${view.site}/${email.trim().toLowerCase()}`}
        maybe
        ready={() => !form.validateField('email').hasError}
        send={() => call(sendConsoleAccountCode, { body: { email, kind: 'existing' } })}
        onProblem={refused}
        {...form.getInputProps('code')}
      />
      <TermsCheckbox {...form.getInputProps('terms', { type: 'checkbox' })} />
      <p className={classes['note']}>{t('activation.newWorkspace.onSite', { site: siteName })}</p>
    </StepForm>
  )
}

function useWithAccountForm() {
  const { view, refused } = useActivation()
  const language = useLanguage()
  const onDone = useCreated()
  const keyFor = useRequestKey()
  const draft = `${view.id}/new-workspace`
  const form = useForm({
    initialValues: draftOr(draft, { name: '', language: language as string, email: '', code: '', terms: false }),
    validate: {
      name: rule(field.workspaceName, 'workspaceName'),
      language: rule(field.language, 'choose'),
      email: rule(field.email, 'email'),
      code: rule(field.code, 'code'),
      terms: termsRule,
    },
    onValuesChange: (values) => keepDraft(draft, values, ['name', 'language', 'email']),
  })
  const create = useSubmit({
    form,
    send: ({ name, language: spoken, email, code }) =>
      call(createActivationWorkspace, {
        body: {
          requestKey: keyFor(JSON.stringify([view.site, name, spoken, email])),
          name,
          language: spoken as Language,
          acceptTerms: view.terms.version,
          owner: { kind: 'existing', email, code },
        },
      }),
    onDone,
    refused,
    fieldOf: termsField,
  })
  return { form, create }
}

function WithoutAccount({ siteName }: { siteName: string }) {
  const { t } = useTranslation()
  const { view, refused } = useActivation()
  const { form, create } = useWithoutAccountForm()
  const { email } = form.values
  return (
    <StepForm
      step="workspaces"
      submit={t('activation.registerAndCreate')}
      onSubmit={create.submit}
      problem={create.problem}
      pending={create.pending}
      backTo={paths.activation.step('workspaces')}
    >
      <WorkspaceFields form={form} />
      <NewUsernameField {...form.getInputProps('username')} />
      <PasswordField kind="new" label={t('activation.basic.password')} {...form.getInputProps('password')} />
      <PasswordField
        kind="again"
        label={t('activation.newWorkspace.passwordAgain')}
        {...form.getInputProps('passwordAgain')}
      />
      <EmailField {...form.getInputProps('email')} />
      <CodeInput
        purpose={`${view.id}/console/new/${view.site}/${email.trim().toLowerCase()}`}
        ready={() => !form.validateField('email').hasError}
        send={() => call(sendConsoleAccountCode, { body: { email, kind: 'new' } })}
        onProblem={refused}
        {...form.getInputProps('code')}
      />
      <PhoneField {...form.getInputProps('phone')} />
      <TermsCheckbox {...form.getInputProps('terms', { type: 'checkbox' })} />
      <p className={classes['note']}>{t('activation.newWorkspace.onSite', { site: siteName })}</p>
    </StepForm>
  )
}

function useWithoutAccountForm() {
  const { view, refused } = useActivation()
  const language = useLanguage()
  const onDone = useCreated()
  const keyFor = useRequestKey()
  const draft = `${view.id}/new-workspace`
  const nothing = { username: '', password: '', passwordAgain: '', email: '', code: '', phone: '' }
  const form = useForm({
    initialValues: draftOr(draft, { name: '', language: language as string, ...nothing, terms: false }),
    validate: {
      name: rule(field.workspaceName, 'workspaceName'),
      language: rule(field.language, 'choose'),
      username: rule(field.username, 'username'),
      password: rule(field.newPassword, 'password'),
      passwordAgain: (value, values) => (value === values.password ? null : <BrokenRule rule="passwordAgain" />),
      email: rule(field.email, 'email'),
      code: rule(field.code, 'code'),
      phone: optionalRule(field.phone, 'phone'),
      terms: termsRule,
    },
    onValuesChange: (values) => keepDraft(draft, values, ['name', 'language', 'username', 'email', 'phone']),
  })
  const create = useSubmit({
    form,
    send: ({ name, language: spoken, username, password, email, code, phone }) =>
      call(createActivationWorkspace, {
        body: {
          requestKey: keyFor(JSON.stringify([view.site, name, spoken, username, email])),
          name,
          language: spoken as Language,
          acceptTerms: view.terms.version,
          owner: { kind: 'new', username, password, email, code, phone: orAbsent(phone) },
        },
      }),
    onDone,
    refused,
    fieldOf: termsField,
  })
  return { form, create }
}

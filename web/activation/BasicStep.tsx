import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveBasic, sendBasicCode } from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import { call } from '../api.ts'
import { optionalRule, orAbsent, rule, useSubmit } from '../forms.tsx'
import { EmailField, NewUsernameField, PhoneField } from '../parts/AccountFields.tsx'
import { CodeInput } from '../parts/CodeInput.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PasswordField } from '../parts/PasswordField.tsx'
import { SiteName, SitePicker } from '../parts/SitePicker.tsx'
import { useActivation } from './activation-context.ts'
import { draftOr, keepDraft } from '../drafts.ts'
import { PastStep } from './PastStep.tsx'
import { StepForm } from './StepForm.tsx'

/** Basic information: site, username, password, e-mail with its code, phone. */
export function BasicStep() {
  const { opening, view } = useActivation()
  const { t } = useTranslation()
  const [past, setPast] = useState(opening.as === 'past')
  if (!past) return <BasicForm />
  const known = view.basic ?? view.account
  const changeable = opening.as === 'past' && opening.changeable
  return (
    <PastStep
      step="basic"
      lead={t(changeable ? 'activation.basic.doneLead' : 'activation.basic.doneFixed')}
      facts={[
        { name: t('parts.site.label'), value: <SiteName code={view.basic?.site ?? view.site} sites={view.sites} /> },
        { name: t('parts.username'), value: known?.username },
        { name: t('activation.basic.password'), value: t('activation.basic.passwordKept') },
        { name: t('parts.email'), value: known?.email },
        ...(view.basic?.phone ? [{ name: t('parts.phone'), value: view.basic.phone }] : []),
      ]}
      {...(changeable ? { onChange: () => setPast(false) } : {})}
    />
  )
}

function BasicForm() {
  const { t } = useTranslation()
  const { view, refused } = useActivation()
  const { form, save } = useBasicForm()
  const { site, email } = form.values
  return (
    <>
      <PageTitle lead={t('activation.basic.lead')}>{t('activation.basic.title')}</PageTitle>
      <StepForm
        step="basic"
        submit={t('activation.next')}
        onSubmit={save.submit}
        problem={save.problem}
        pending={save.pending}
      >
        <SitePicker sites={view.sites} description={t('activation.basic.siteHelp')} {...form.getInputProps('site')} />
        <NewUsernameField {...form.getInputProps('username')} />
        <PasswordField kind="new" label={t('activation.basic.password')} {...form.getInputProps('password')} />
        <EmailField {...form.getInputProps('email')} />
        <CodeInput
          purpose={`${view.id}/basic/${site}/${email.trim().toLowerCase()}`}
          ready={() => !form.validateField('email').hasError}
          send={() => call(sendBasicCode, { body: { email, site } })}
          onProblem={refused}
          {...form.getInputProps('code')}
        />
        <PhoneField {...form.getInputProps('phone')} />
      </StepForm>
    </>
  )
}

function useBasicForm() {
  const { view, proceed, refused } = useActivation()
  const draft = `${view.id}/basic`
  const form = useForm({
    initialValues: draftOr(draft, {
      site: view.basic?.site ?? view.site,
      username: view.basic?.username ?? '',
      password: '',
      email: view.basic?.email ?? '',
      code: '',
      phone: view.basic?.phone ?? '',
    }),
    validate: {
      site: rule(field.siteCode, 'choose'),
      username: rule(field.username, 'username'),
      password: rule(field.newPassword, 'password'),
      email: rule(field.email, 'email'),
      code: rule(field.code, 'code'),
      phone: optionalRule(field.phone, 'phone'),
    },
    onValuesChange: (values) => keepDraft(draft, values, ['site', 'username', 'email', 'phone']),
  })
  const save = useSubmit({
    form,
    send: (values) => call(saveBasic, { body: { ...values, phone: orAbsent(values.phone) } }),
    onDone: proceed,
    refused,
  })
  return { form, save }
}

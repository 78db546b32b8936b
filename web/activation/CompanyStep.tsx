import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveCompany } from '../../contract/activation.ts'
import { company as companySchema } from '../../contract/accounts.ts'
import * as field from '../../contract/fields.ts'
import { call } from '../api.ts'
import { optionalRule, orAbsent, rule, termsField, termsRule, useSubmit } from '../forms.tsx'
import { FaqNote } from '../parts/FaqNote.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { TermsCheckbox } from '../parts/TermsCheckbox.tsx'
import { useActivation } from './activation-context.ts'
import { draftOr, keepDraft } from '../drafts.ts'
import { PastStep } from './PastStep.tsx'
import { StepForm } from './StepForm.tsx'
import classes from './StepForm.module.css'

/** Company information and the terms; afterwards both accounts exist. */
export function CompanyStep() {
  const { opening, view } = useActivation()
  const { t } = useTranslation()
  const [past] = useState(opening.as === 'past')
  if (!past) return <CompanyForm />
  const more = (['industry', 'region', 'introduction', 'contactName'] as const).flatMap((name) => {
    const value = view.company?.[name]
    return value ? [{ name: t(`activation.company.${name}`), value }] : []
  })
  const name = view.company?.name ?? view.account?.companyName
  return (
    <PastStep
      step="company"
      lead={t('activation.company.doneLead')}
      facts={[...(name ? [{ name: t('activation.company.name'), value: name }] : []), ...more]}
    />
  )
}

function CompanyForm() {
  const { t } = useTranslation()
  const { form, save } = useCompanyForm()
  return (
    <>
      <PageTitle lead={t('activation.company.lead')}>{t('activation.company.title')}</PageTitle>
      <StepForm
        step="company"
        submit={t('activation.next')}
        onSubmit={save.submit}
        problem={save.problem}
        pending={save.pending}
      >
        <TextInput
          label={t('activation.company.name')}
          autoComplete="organization"
          maxLength={200}
          {...form.getInputProps('name')}
        />
        <FaqNote question={t('parts.optional', { label: t('activation.company.more') })}>
          <div className={classes['pair']}>
            <TextInput label={t('activation.company.industry')} maxLength={100} {...form.getInputProps('industry')} />
            <TextInput label={t('activation.company.region')} maxLength={100} {...form.getInputProps('region')} />
            <TextInput
              label={t('activation.company.contactName')}
              autoComplete="name"
              maxLength={100}
              {...form.getInputProps('contactName')}
            />
            <Textarea
              label={t('activation.company.introduction')}
              maxLength={2000}
              {...form.getInputProps('introduction')}
            />
          </div>
        </FaqNote>
        <TermsCheckbox {...form.getInputProps('terms', { type: 'checkbox' })} />
        <p className={classes['note']}>{t('activation.company.after')}</p>
      </StepForm>
    </>
  )
}

function useCompanyForm() {
  const { view, proceed, refused } = useActivation()
  const draft = `${view.id}/company`
  const form = useForm({
    initialValues: draftOr(draft, {
      name: '',
      industry: '',
      region: '',
      introduction: '',
      contactName: '',
      terms: false,
    }),
    validate: {
      name: rule(field.companyName, 'companyName'),
      industry: optionalRule(companySchema.shape.industry, 'shortText'),
      region: optionalRule(companySchema.shape.region, 'shortText'),
      contactName: optionalRule(companySchema.shape.contactName, 'shortText'),
      introduction: optionalRule(companySchema.shape.introduction, 'longText'),
      terms: termsRule,
    },
    onValuesChange: (values) => keepDraft(draft, values, ['name', 'industry', 'region', 'introduction', 'contactName']),
  })
  const save = useSubmit({
    form,
    send: (values) =>
      call(saveCompany, {
        body: {
          company: {
            name: values.name,
            industry: orAbsent(values.industry),
            region: orAbsent(values.region),
            introduction: orAbsent(values.introduction),
            contactName: orAbsent(values.contactName),
          },
          acceptTerms: view.terms.version,
        },
      }),
    onDone: proceed,
    refused,
    fieldOf: termsField,
  })
  return { form, save }
}

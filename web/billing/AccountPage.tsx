import { Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Company, company as companySchema, readBillingOverview, updateCompany } from '../../contract/accounts.ts'
import * as field from '../../contract/fields.ts'
import { readSession } from '../../contract/identity.ts'
import { ask, call, keyOf } from '../api.ts'
import { optionalRule, orAbsent, rule, useSubmit } from '../forms.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageForm } from '../parts/PageForm.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useSay } from '../parts/say.ts'
import { CardsSkeleton } from '../parts/Skeletons.tsx'

/** Who pays, and the company details on the bills. */
export function AccountPage() {
  const { t } = useTranslation()
  const query = useQuery(ask(readBillingOverview))
  return (
    <>
      <PageTitle lead={t('billing.account.lead')}>{t('billing.account.title')}</PageTitle>
      <Loaded query={query} skeleton={<CardsSkeleton />}>
        {({ account, company }) => (
          <CardColumns>
            <Card title={t('billing.account.company')}>
              <CompanyForm company={company} />
            </Card>
            <Card title={t('billing.overview.account')}>
              <Facts
                facts={[
                  { name: t('billing.overview.username'), value: account.username },
                  { name: t('billing.overview.email'), value: account.email },
                  { name: t('billing.overview.currency'), value: account.currency },
                  { name: t('parts.language'), value: t(`parts.languages.${account.language}`) },
                ]}
              />
            </Card>
          </CardColumns>
        )}
      </Loaded>
    </>
  )
}

function CompanyForm({ company }: { company: Company }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const say = useSay()
  const { name, industry = '', region = '', introduction = '', contactName = '' } = company
  const form = useForm({
    initialValues: { name, industry, region, introduction, contactName },
    validate: {
      name: rule(field.companyName, 'companyName'),
      industry: optionalRule(companySchema.shape.industry, 'shortText'),
      region: optionalRule(companySchema.shape.region, 'shortText'),
      contactName: optionalRule(companySchema.shape.contactName, 'shortText'),
      introduction: optionalRule(companySchema.shape.introduction, 'longText'),
    },
  })
  const save = useSubmit({
    form,
    send: (values) =>
      call(updateCompany, {
        body: {
          name: values.name,
          industry: orAbsent(values.industry),
          region: orAbsent(values.region),
          introduction: orAbsent(values.introduction),
          contactName: orAbsent(values.contactName),
        },
      }),
    onDone: async () => {
      await Promise.all(
        [readBillingOverview, readSession].map((read) => client.invalidateQueries({ queryKey: keyOf(read) })),
      )
      say(t('billing.account.saved'))
    },
  })
  const optional = (label: string) => t('parts.optional', { label })
  return (
    <PageForm onSubmit={save.submit} problem={save.problem} pending={save.pending} submit={t('billing.account.save')}>
      <TextInput
        label={t('activation.company.name')}
        autoComplete="organization"
        maxLength={200}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={optional(t('activation.company.industry'))}
        maxLength={100}
        {...form.getInputProps('industry')}
      />
      <TextInput label={optional(t('activation.company.region'))} maxLength={100} {...form.getInputProps('region')} />
      <TextInput
        label={optional(t('activation.company.contactName'))}
        autoComplete="name"
        maxLength={100}
        {...form.getInputProps('contactName')}
      />
      <Textarea
        label={optional(t('activation.company.introduction'))}
        maxLength={2000}
        {...form.getInputProps('introduction')}
      />
    </PageForm>
  )
}

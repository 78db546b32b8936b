import { Select } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as field from '../../contract/fields.ts'
import type { Language } from '../../contract/problems.ts'
import { createConsoleWorkspace, listMyWorkspaces, type WorkspaceRow } from '../../contract/workspaces.ts'
import { ask, call, keyOf } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { useInLanguage, useLanguage } from '../language.ts'
import { Crumbs } from '../layout/Crumbs.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { WorkspaceFields } from '../parts/WorkspaceFields.tsx'
import { useSay } from '../parts/say.ts'
import { paths } from '../paths.ts'
import { useRequestKey } from '../request-key.ts'
import { useSite } from './console-site.ts'
import { PageForm } from '../parts/PageForm.tsx'
import { SiteShell } from './SiteShell.tsx'

const nobody = 'nobody'

/** Create another workspace on this site, paid like one the person owns, or by nobody yet. */
export function NewWorkspacePage() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  const { form, create } = useNewWorkspace()
  const list = paths.console.workspaces(site.code)
  return (
    <SiteShell>
      <PageTitle
        above={
          <Crumbs
            trail={[{ name: t('console.workspaces.title'), path: list }]}
            here={t('console.newWorkspace.title')}
          />
        }
        lead={t('console.newWorkspace.lead', { site: inLanguage(site.name) })}
      >
        {t('console.newWorkspace.title')}
      </PageTitle>
      <PageForm
        onSubmit={create.submit}
        problem={create.problem}
        pending={create.pending}
        submit={t('console.newWorkspace.submit')}
        cancelTo={list}
      >
        <WorkspaceFields form={form} />
        <PayLike {...form.getInputProps('payLike')} />
      </PageForm>
    </SiteShell>
  )
}

/** Only workspaces somebody pays for and the person owns can lend their payer. */
function lendsItsPayer(workspace: WorkspaceRow): boolean {
  return workspace.role === 'owner' && workspace.plan === 'commercial' && workspace.standing !== 'dissolved'
}

function PayLike(props: object) {
  const { t } = useTranslation()
  const site = useSite()
  const mine = useQuery(ask(listMyWorkspaces, { params: { site: site.code }, query: { limit: 100 } }))
  const lending = mine.data?.items.filter(lendsItsPayer) ?? []
  return (
    <Select
      label={t('console.newWorkspace.payer')}
      description={t('console.newWorkspace.payerHelp')}
      data={[
        { value: nobody as string, label: t('console.newWorkspace.payerNobody') },
        ...lending.map((one) => ({ value: one.id, label: t('console.newWorkspace.payerLike', { name: one.name }) })),
      ]}
      {...props}
    />
  )
}

function useNewWorkspace() {
  const { t } = useTranslation()
  const site = useSite()
  const language = useLanguage()
  const keyFor = useRequestKey()
  const client = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { name: '', language: language as string, payLike: nobody as string },
    validate: {
      name: rule(field.workspaceName, 'workspaceName'),
      language: rule(field.language, 'choose'),
    },
  })
  const create = useSubmit({
    form,
    send: ({ name, language: spoken, payLike }) =>
      call(createConsoleWorkspace, {
        params: { site: site.code },
        body: {
          requestKey: keyFor(JSON.stringify([name, spoken, payLike])),
          name,
          language: spoken as Language,
          ...(payLike === nobody ? {} : { payLike: payLike as WorkspaceRow['id'] }),
        },
      }),
    onDone: async (workspace) => {
      await client.invalidateQueries({ queryKey: keyOf(listMyWorkspaces) })
      say(t('console.newWorkspace.created', { name: workspace.name }))
      await navigate({ to: paths.console.workspace(site.code, workspace.id) })
    },
  })
  return { form, create }
}

import { useTranslation } from 'react-i18next'
import { listMyWorkspaces } from '../../contract/workspaces.ts'
import { askPages } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { StandingBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'
import { SiteShell } from './SiteShell.tsx'

/** The workspaces of this site that the signed-in account belongs to. */
export function WorkspacesPage() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  const create = <ButtonLink to={paths.console.newWorkspace(site.code)}>{t('console.workspaces.create')}</ButtonLink>
  return (
    <SiteShell>
      <PageTitle lead={t('console.workspaces.lead', { site: inLanguage(site.name) })} action={create}>
        {t('console.workspaces.title')}
      </PageTitle>
      <ListTable
        label={t('console.workspaces.label')}
        pages={askPages(listMyWorkspaces, { params: { site: site.code } })}
        rowKey={(workspace) => workspace.id}
        rowPath={(workspace) => paths.console.workspace(site.code, workspace.id)}
        columns={[
          { name: t('console.workspaces.name'), cell: (workspace) => workspace.name },
          {
            name: t('console.workspaces.standing'),
            onCard: true,
            cell: (workspace) => <StandingBadge standing={workspace.standing} />,
          },
          {
            name: t('console.workspaces.plan'),
            onCard: true,
            cell: (workspace) => t(`console.plans.${workspace.plan}`),
          },
          { name: t('console.workspaces.role'), cell: (workspace) => t(`console.roles.${workspace.role}`) },
          {
            name: t('console.workspaces.created'),
            cell: (workspace) => <When instant={workspace.createdAt} timeZone={site.timeZone} show="date" />,
          },
        ]}
        empty={
          <EmptyState title={t('console.workspaces.emptyTitle')} action={create}>
            {t('console.workspaces.empty')}
          </EmptyState>
        }
      />
    </SiteShell>
  )
}

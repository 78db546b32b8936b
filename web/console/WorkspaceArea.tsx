import { IconChartBar, IconCreditCard, IconHome, IconKey } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readWorkspace, type WorkspaceHome } from '../../contract/workspaces.ts'
import { ask } from '../api.ts'
import { AppShell } from '../layout/AppShell.tsx'
import { NotFoundPage } from '../layout/NotFoundPage.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { ConsoleAccountCorner } from './ConsoleAccountCorner.tsx'
import { useSite } from './console-site.ts'
import { CountdownBanner } from './CountdownBanner.tsx'
import { SiteShell } from './SiteShell.tsx'
import { WorkspaceContext } from './workspace-context.ts'
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'

/** Everything about one workspace: switcher, navigation, what needs attention, and the page itself. */
export function WorkspaceArea() {
  const { workspaceId } = useParams({ strict: false }) as { workspaceId?: string }
  const site = useSite()
  // The id in a URL is free text; one that is no workspace id is answered like one that is not yours.
  const query = useQuery(ask(readWorkspace, { params: { workspaceId: (workspaceId ?? '') as WorkspaceHome['id'] } }))
  if (query.isError && [400, 404].includes((query.error as { status?: number }).status ?? 0)) return <NotFoundPage />
  if (query.data && query.data.site !== site.code) return <NotFoundPage />
  if (!query.data) {
    return (
      <SiteShell>
        <Loaded query={query} skeleton={<PageSkeleton />}>
          {() => null}
        </Loaded>
      </SiteShell>
    )
  }
  return (
    <WorkspaceContext value={query.data}>
      <Shell workspace={query.data} />
    </WorkspaceContext>
  )
}

function Shell({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const { site, id } = workspace
  const living = workspace.standing !== 'dissolved'
  return (
    <AppShell
      area={t('console.area')}
      home={paths.console.workspace(site, id)}
      nav={[
        { path: paths.console.workspace(site, id), name: t('console.nav.home'), icon: IconHome, exact: true },
        ...(living ? [{ path: paths.console.usage(site, id), name: t('console.nav.usage'), icon: IconChartBar }] : []),
        ...(living && workspace.role === 'owner'
          ? [{ path: paths.console.apiKeys(site, id), name: t('console.nav.keys'), icon: IconKey }]
          : []),
        { path: paths.console.planAndBilling(site, id), name: t('console.nav.planAndBilling'), icon: IconCreditCard },
      ]}
      switcher={<WorkspaceSwitcher workspace={workspace} />}
      account={<ConsoleAccountCorner />}
      banner={<CountdownBanner workspace={workspace} />}
    >
      <Outlet />
    </AppShell>
  )
}

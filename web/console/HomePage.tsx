import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { ButtonLink, TextLink } from '../parts/ButtonLink.tsx'
import { Card } from '../parts/Card.tsx'
import { CardColumns } from '../parts/CardColumns.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { Facts } from '../parts/Facts.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { StandingBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { useSite } from './console-site.ts'
import { LockedNotice } from './LockedNotice.tsx'
import { PayerFacts } from './PayerFacts.tsx'
import { useWorkspace } from './workspace-context.ts'

/** Home of a workspace: what it is, who pays, and what to do when nobody does or it is locked. */
export function HomePage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  return (
    <>
      <PageTitle lead={t('console.home.lead')}>{workspace.name}</PageTitle>
      <LockedNotice workspace={workspace} />
      <CardColumns>
        <About workspace={workspace} />
        <Payer workspace={workspace} />
      </CardColumns>
    </>
  )
}

function About({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  const { timeZone } = useSite()
  return (
    <Card title={t('console.home.about')}>
      <Facts
        facts={[
          { name: t('console.home.name'), value: workspace.name },
          { name: t('console.home.id'), value: <CopyableId value={workspace.id} what={t('console.home.id')} /> },
          { name: t('console.home.site'), value: <SiteName code={workspace.site} sites={sites} /> },
          { name: t('console.home.language'), value: t(`parts.languages.${workspace.language}`) },
          { name: t('console.home.plan'), value: t(`console.plans.${workspace.plan}`) },
          { name: t('console.home.standing'), value: <StandingBadge standing={workspace.standing} /> },
          { name: t('console.home.role'), value: t(`console.roles.${workspace.role}`) },
          {
            name: t('console.home.created'),
            value: <When instant={workspace.createdAt} timeZone={timeZone} />,
          },
        ]}
      />
    </Card>
  )
}

function Payer({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const plan = paths.console.planAndBilling(workspace.site, workspace.id)
  if (workspace.payer === null) {
    return (
      <Card title={t('console.home.paidBy')}>
        <EmptyState
          title={t('console.home.nobodyTitle')}
          action={
            <ButtonLink to={plan} variant="default">
              {t('console.home.manage')}
            </ButtonLink>
          }
        >
          {t('console.home.nobody')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card title={t('console.home.paidBy')} action={<TextLink to={plan}>{t('console.home.manage')}</TextLink>}>
      <PayerFacts payer={workspace.payer} />
    </Card>
  )
}

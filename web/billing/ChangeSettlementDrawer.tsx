import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listCloudAccounts, readBillingOverview, readCloudAccount } from '../../contract/accounts.ts'
import {
  changeSettlement,
  listPaidWorkspaces,
  type PaidWorkspace,
  readPaidWorkspace,
} from '../../contract/workspaces.ts'
import { ask, call, keyOf } from '../api.ts'
import { BillingMethodForm } from '../parts/BillingMethodForm.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { FormSkeleton } from '../parts/Skeletons.tsx'
import { useSay } from '../parts/say.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'

/** Change Billing Method of one workspace, from the Billing Center. */
export function ChangeSettlementDrawer() {
  const { t } = useTranslation()
  const { workspaceId } = useParams({ strict: false }) as { workspaceId: PaidWorkspace['id'] }
  const client = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const { sites } = useSession()
  const back = paths.billing.workspace(workspaceId)
  const query = useQuery(ask(readPaidWorkspace, { params: { workspaceId } }))
  return (
    <SideDrawer title={t('billing.workspaces.change')} onClose={() => void navigate({ to: back })}>
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {(workspace) => (
          <BillingMethodForm
            current={workspace.settlement}
            changeableFrom={workspace.changeableFrom}
            timeZone={sites.find((site) => site.code === workspace.site)?.timeZone}
            change={(body) => call(changeSettlement, { params: { workspaceId }, body })}
            onDone={async () => {
              await Promise.all(
                [readPaidWorkspace, listPaidWorkspaces, readBillingOverview, listCloudAccounts, readCloudAccount].map(
                  (read) => client.invalidateQueries({ queryKey: keyOf(read) }),
                ),
              )
              say(t('billing.workspaces.changed', { name: workspace.name }))
              await navigate({ to: back })
            }}
            cancelTo={back}
          />
        )}
      </Loaded>
    </SideDrawer>
  )
}

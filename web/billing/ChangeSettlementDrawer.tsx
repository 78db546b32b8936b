import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
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

/** Change Billing Method of one workspace, from the Billing Center. */
export function ChangeSettlementDrawer() {
  const { t } = useTranslation()
  const { workspaceId } = useParams({ strict: false }) as { workspaceId: PaidWorkspace['id'] }
  const client = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const back = paths.billing.workspace(workspaceId)
  const query = useQuery(ask(readPaidWorkspace, { params: { workspaceId } }))
  return (
    <SideDrawer title={t('billing.workspaces.change')} onClose={() => void navigate({ to: back })}>
      <Loaded query={query} skeleton={<FormSkeleton />}>
        {(workspace) => (
          <BillingMethodForm
            current={workspace.settlement}
            change={(body) => call(changeSettlement, { params: { workspaceId }, body })}
            onDone={async () => {
              await Promise.all([
                client.invalidateQueries({ queryKey: keyOf(readPaidWorkspace) }),
                client.invalidateQueries({ queryKey: keyOf(listPaidWorkspaces) }),
              ])
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

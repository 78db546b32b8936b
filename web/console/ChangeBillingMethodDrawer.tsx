import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { changeBillingMethod, readWorkspace } from '../../contract/workspaces.ts'
import { call, keyOf } from '../api.ts'
import { BillingMethodForm } from '../parts/BillingMethodForm.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { useSay } from '../parts/say.ts'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'
import { useWorkspace } from './workspace-context.ts'

/** Change Billing Method, at the side of Plan & Billing and under its own URL. */
export function ChangeBillingMethodDrawer() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const { timeZone } = useSite()
  const client = useQueryClient()
  const say = useSay()
  const navigate = useNavigate()
  const plan = paths.console.planAndBilling(workspace.site, workspace.id)
  const close = () => void navigate({ to: plan })
  return (
    <SideDrawer title={t('console.plan.change')} onClose={close}>
      <BillingMethodForm
        current={workspace.payer?.settlement ?? null}
        changeableFrom={workspace.payer?.changeableFrom ?? null}
        timeZone={timeZone}
        change={(body) => call(changeBillingMethod, { params: { workspaceId: workspace.id }, body })}
        onDone={async () => {
          await client.invalidateQueries({ queryKey: keyOf(readWorkspace) })
          say(t('console.plan.changed'))
          await navigate({ to: plan })
        }}
        cancelTo={plan}
      />
    </SideDrawer>
  )
}

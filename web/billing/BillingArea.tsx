import { IconBuilding, IconCloud, IconHome, IconReceipt2, IconStack2, IconWallet } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type BillingAccount, signOutOfBilling } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { AccountCorner } from '../layout/AccountCorner.tsx'
import { AppShell } from '../layout/AppShell.tsx'
import { useLastKnown } from '../layout/last-known.ts'
import { SignedOutBanner } from '../layout/SignedOutBanner.tsx'
import { SignInFirst } from '../layout/SignInFirst.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './BillingArea.module.css'

/** Everything for a signed-in Billing Center account; everybody else signs in first. */
export function BillingArea() {
  const { billing } = useSession()
  const here = useRouterState({ select: (state) => state.location.href })
  const { account, gone } = useLastKnown(billing)
  if (billing && !account) return null
  if (!account) return <SignInFirst signIn={paths.billing.signIn} />
  return (
    <>
      {gone ? <SignedOutBanner signIn={paths.billing.signIn(here)} /> : null}
      <Shell account={account} />
    </>
  )
}

function Shell({ account }: { account: BillingAccount }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { home, workspaces, bills, wallet, cloudAccounts, account: accountPath, signIn } = paths.billing
  return (
    <AppShell
      area={t('billing.area')}
      home={home()}
      nav={[
        { path: home(), name: t('billing.nav.overview'), icon: IconHome, exact: true },
        { path: workspaces(), name: t('billing.nav.workspaces'), icon: IconStack2 },
        { path: bills(), name: t('money.nav.bills'), icon: IconReceipt2 },
        { path: wallet(), name: t('money.nav.wallet'), icon: IconWallet },
        { path: cloudAccounts(), name: t('billing.nav.cloudAccounts'), icon: IconCloud },
        { path: accountPath(), name: t('billing.nav.account'), icon: IconBuilding },
      ]}
      switcher={
        <div className={classes['who']}>
          <span className={classes['company']} title={account.companyName}>
            {account.companyName}
          </span>
          <span className={classes['currency']}>{account.currency}</span>
        </div>
      }
      account={
        <AccountCorner
          username={account.username}
          email={account.email}
          signOut={() => call(signOutOfBilling)}
          onSignedOut={async () => {
            await navigate({ to: signIn() })
            await client.resetQueries()
          }}
        />
      }
    >
      <Outlet />
    </AppShell>
  )
}

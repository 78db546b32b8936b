import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { billsFilterOf } from './bills-filter.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** The Billing Center's part of the map. */
export function billingRoutes(parent: AnyRoute) {
  const area = createRoute({ getParentRoute: () => parent, path: '/billing' })
  const signIn = createRoute({
    getParentRoute: () => area,
    path: 'sign-in',
    validateSearch: (search: Record<string, unknown>) => ({ next: textOf(search['next']) }),
    component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
  })
  const resetPassword = createRoute({
    getParentRoute: () => area,
    path: 'reset-password',
    validateSearch: (search: Record<string, unknown>) => ({ next: textOf(search['next']) }),
    component: lazyRouteComponent(() => import('./ResetPasswordPage.tsx'), 'ResetPasswordPage'),
  })
  const signedIn = createRoute({
    getParentRoute: () => area,
    id: 'signed-in',
    component: lazyRouteComponent(() => import('./BillingArea.tsx'), 'BillingArea'),
  })
  return area.addChildren([signIn, resetPassword, signedIn.addChildren(signedInRoutes(signedIn))])
}

function signedInRoutes(parent: AnyRoute) {
  const overview = createRoute({
    getParentRoute: () => parent,
    path: '/',
    component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
  })
  const workspaces = createRoute({
    getParentRoute: () => parent,
    path: 'workspaces',
    component: lazyRouteComponent(() => import('./WorkspacesPage.tsx'), 'WorkspacesPage'),
  })
  const workspace = createRoute({
    getParentRoute: () => workspaces,
    path: '$workspaceId',
    component: lazyRouteComponent(() => import('./WorkspaceDrawer.tsx'), 'WorkspaceDrawer'),
  })
  const change = createRoute({
    getParentRoute: () => workspaces,
    path: '$workspaceId/change',
    component: lazyRouteComponent(() => import('./ChangeSettlementDrawer.tsx'), 'ChangeSettlementDrawer'),
  })
  const cloudAccounts = createRoute({
    getParentRoute: () => parent,
    path: 'cloud-accounts',
    component: lazyRouteComponent(() => import('./CloudAccountsPage.tsx'), 'CloudAccountsPage'),
  })
  const cloudAccount = createRoute({
    getParentRoute: () => cloudAccounts,
    path: '$cloudAccountId',
    component: lazyRouteComponent(() => import('./CloudAccountDrawer.tsx'), 'CloudAccountDrawer'),
  })
  const account = createRoute({
    getParentRoute: () => parent,
    path: 'account',
    component: lazyRouteComponent(() => import('./AccountPage.tsx'), 'AccountPage'),
  })
  return [
    ...moneyRoutes(parent),
    overview,
    workspaces.addChildren([workspace, change]),
    cloudAccounts.addChildren([cloudAccount]),
    account,
  ]
}

function moneyRoutes(parent: AnyRoute) {
  const bills = createRoute({
    getParentRoute: () => parent,
    path: 'bills',
    validateSearch: billsFilterOf,
    component: lazyRouteComponent(() => import('./BillsPage.tsx'), 'BillsPage'),
  })
  const bill = createRoute({
    getParentRoute: () => bills,
    path: '$dailyBillId',
    component: lazyRouteComponent(() => import('./BillDrawer.tsx'), 'BillDrawer'),
  })
  const line = createRoute({
    getParentRoute: () => bills,
    path: '$dailyBillId/lines/$position',
    component: lazyRouteComponent(() => import('./BillLineDrawer.tsx'), 'BillLineDrawer'),
  })
  const monthly = createRoute({
    getParentRoute: () => bills,
    path: 'monthly/$monthlyBillId',
    component: lazyRouteComponent(() => import('./MonthlyBillDrawer.tsx'), 'MonthlyBillDrawer'),
  })
  const wallet = createRoute({
    getParentRoute: () => parent,
    path: 'wallet',
    validateSearch: (search: Record<string, unknown>) => ({ topUp: textOf(search['topUp']) }),
    component: lazyRouteComponent(() => import('./WalletPage.tsx'), 'WalletPage'),
  })
  return [bills.addChildren([bill, line, monthly]), wallet]
}

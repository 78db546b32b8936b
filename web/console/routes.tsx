import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** The console's part of the map. */
export function consoleRoutes(parent: AnyRoute) {
  const area = createRoute({ getParentRoute: () => parent, path: '/console' })
  const start = createRoute({
    getParentRoute: () => area,
    path: '/',
    component: lazyRouteComponent(() => import('./StartPage.tsx'), 'StartPage'),
  })
  const site = createRoute({
    getParentRoute: () => area,
    path: '$site',
    component: lazyRouteComponent(() => import('./SiteGate.tsx'), 'SiteGate'),
  })
  const signIn = createRoute({
    getParentRoute: () => site,
    path: 'sign-in',
    validateSearch: (search: Record<string, unknown>) => ({
      username: textOf(search['username']),
      next: textOf(search['next']),
    }),
    component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
  })
  const resetPassword = createRoute({
    getParentRoute: () => site,
    path: 'reset-password',
    validateSearch: (search: Record<string, unknown>) => ({ next: textOf(search['next']) }),
    component: lazyRouteComponent(() => import('./ResetPasswordPage.tsx'), 'ResetPasswordPage'),
  })
  const signedIn = createRoute({
    getParentRoute: () => site,
    id: 'signed-in',
    component: lazyRouteComponent(() => import('./SignedInGate.tsx'), 'SignedInGate'),
  })
  return area.addChildren([
    start,
    site.addChildren([signIn, resetPassword, signedIn.addChildren(signedInRoutes(signedIn))]),
  ])
}

function signedInRoutes(parent: AnyRoute) {
  const workspaces = createRoute({
    getParentRoute: () => parent,
    path: 'workspaces',
    component: lazyRouteComponent(() => import('./WorkspacesPage.tsx'), 'WorkspacesPage'),
  })
  const newWorkspace = createRoute({
    getParentRoute: () => parent,
    path: 'new-workspace',
    component: lazyRouteComponent(() => import('./NewWorkspacePage.tsx'), 'NewWorkspacePage'),
  })
  const workspace = createRoute({
    getParentRoute: () => parent,
    path: 'workspaces/$workspaceId',
    component: lazyRouteComponent(() => import('./WorkspaceArea.tsx'), 'WorkspaceArea'),
  })
  const home = createRoute({
    getParentRoute: () => workspace,
    path: '/',
    component: lazyRouteComponent(() => import('./HomePage.tsx'), 'HomePage'),
  })
  const usage = createRoute({
    getParentRoute: () => workspace,
    path: 'usage',
    validateSearch: (search: Record<string, unknown>) => ({ meter: textOf(search['meter']) }),
    component: lazyRouteComponent(() => import('./UsagePage.tsx'), 'UsagePage'),
  })
  const apiKeys = createRoute({
    getParentRoute: () => workspace,
    path: 'api-keys',
    component: lazyRouteComponent(() => import('./ApiKeysPage.tsx'), 'ApiKeysPage'),
  })
  const planAndBilling = createRoute({
    getParentRoute: () => workspace,
    path: 'plan-and-billing',
    component: lazyRouteComponent(() => import('./PlanAndBillingPage.tsx'), 'PlanAndBillingPage'),
  })
  const change = createRoute({
    getParentRoute: () => planAndBilling,
    path: 'change',
    component: lazyRouteComponent(() => import('./ChangeBillingMethodDrawer.tsx'), 'ChangeBillingMethodDrawer'),
  })
  return [workspaces, newWorkspace, workspace.addChildren([home, usage, apiKeys, planAndBilling.addChildren([change])])]
}

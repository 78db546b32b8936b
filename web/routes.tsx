import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { billingRoutes } from './billing/routes.tsx'
import { consoleRoutes } from './console/routes.tsx'
import { CrashPage } from './layout/CrashPage.tsx'
import { NotFoundPage } from './layout/NotFoundPage.tsx'
import { RootLayout } from './layout/RootLayout.tsx'
import { operatorRoutes } from './operator/routes.tsx'
import { paths } from './paths.ts'

/** The whole map: activation here, the other areas in their own `routes.tsx`. Every screen is loaded when it is first opened. */
export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootLayout,
  notFoundComponent: NotFoundPage,
})

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: paths.billing.home() })
  },
})

const termsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/terms',
  component: lazyRouteComponent(() => import('./activation/TermsPage.tsx'), 'TermsPage'),
})

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/register',
  component: lazyRouteComponent(() => import('./activation/RegisterPage.tsx'), 'RegisterPage'),
})

const refusedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activate/refused',
  validateSearch: (search: Record<string, unknown>) => ({
    reason: typeof search['reason'] === 'string' ? search['reason'] : '',
  }),
  component: lazyRouteComponent(() => import('./activation/RefusedPage.tsx'), 'RefusedPage'),
})

const activationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activate',
  component: lazyRouteComponent(() => import('./activation/ActivationLayout.tsx'), 'ActivationLayout'),
})

const activationSteps = [
  createRoute({
    getParentRoute: () => activationRoute,
    path: '/',
    component: lazyRouteComponent(() => import('./activation/LandingStep.tsx'), 'LandingStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'basic',
    component: lazyRouteComponent(() => import('./activation/BasicStep.tsx'), 'BasicStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'company',
    component: lazyRouteComponent(() => import('./activation/CompanyStep.tsx'), 'CompanyStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'method',
    component: lazyRouteComponent(() => import('./activation/MethodStep.tsx'), 'MethodStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'account',
    component: lazyRouteComponent(() => import('./activation/AccountStep.tsx'), 'AccountStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'prove',
    component: lazyRouteComponent(() => import('./activation/ProveStep.tsx'), 'ProveStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'workspaces',
    component: lazyRouteComponent(() => import('./activation/WorkspacesStep.tsx'), 'WorkspacesStep'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'workspaces/new',
    component: lazyRouteComponent(() => import('./activation/NewWorkspacePage.tsx'), 'NewWorkspacePage'),
  }),
  createRoute({
    getParentRoute: () => activationRoute,
    path: 'done',
    component: lazyRouteComponent(() => import('./activation/DoneStep.tsx'), 'DoneStep'),
  }),
]

const routeTree = rootRoute.addChildren([
  startRoute,
  termsRoute,
  registerRoute,
  refusedRoute,
  activationRoute.addChildren(activationSteps),
  billingRoutes(rootRoute),
  consoleRoutes(rootRoute),
  operatorRoutes(rootRoute),
])

/** The router of the web; `queryClient` is there for loaders. */
export function createWebRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    scrollRestoration: true,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: NotFoundPage,
  })
}

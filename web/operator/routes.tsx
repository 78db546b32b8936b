import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { paths } from '../paths.ts'

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** The operator desk's part of the map. */
export function operatorRoutes(parent: AnyRoute) {
  const area = createRoute({ getParentRoute: () => parent, path: '/operator' })
  const signIn = createRoute({
    getParentRoute: () => area,
    path: 'sign-in',
    validateSearch: (search: Record<string, unknown>) => ({ next: textOf(search['next']) }),
    component: lazyRouteComponent(() => import('./SignInPage.tsx'), 'SignInPage'),
  })
  const signedIn = createRoute({
    getParentRoute: () => area,
    id: 'signed-in',
    component: lazyRouteComponent(() => import('./OperatorArea.tsx'), 'OperatorArea'),
  })
  return area.addChildren([signIn, signedIn.addChildren(signedInRoutes(signedIn))])
}

function signedInRoutes(parent: AnyRoute) {
  const home = createRoute({
    getParentRoute: () => parent,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: paths.operator.reports() })
    },
  })
  const reports = createRoute({
    getParentRoute: () => parent,
    path: 'reports',
    validateSearch: (search: Record<string, unknown>) => ({ state: textOf(search['state']) }),
    component: lazyRouteComponent(() => import('./ReportsPage.tsx'), 'ReportsPage'),
  })
  const report = createRoute({
    getParentRoute: () => reports,
    path: '$usageRecordId',
    component: lazyRouteComponent(() => import('./ReportDrawer.tsx'), 'ReportDrawer'),
  })
  const payers = createRoute({
    getParentRoute: () => parent,
    path: 'payers',
    validateSearch: (search: Record<string, unknown>) => ({ search: textOf(search['search']) }),
    component: lazyRouteComponent(() => import('./PayersPage.tsx'), 'PayersPage'),
  })
  const payer = createRoute({
    getParentRoute: () => payers,
    path: '$billingAccountId',
    component: lazyRouteComponent(() => import('./PayerDrawer.tsx'), 'PayerDrawer'),
  })
  return [home, reports.addChildren([report]), payers.addChildren([payer]), ...plainRoutes(parent)]
}

/** Pages without drawers. */
function plainRoutes(parent: AnyRoute) {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: 'activations',
      validateSearch: (search: Record<string, unknown>) => ({ state: textOf(search['state']) }),
      component: lazyRouteComponent(() => import('./ActivationsPage.tsx'), 'ActivationsPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'audit',
      validateSearch: (search: Record<string, unknown>) => ({ by: textOf(search['by']) }),
      component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'records/$recordId',
      component: lazyRouteComponent(() => import('./RecordPage.tsx'), 'RecordPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'differences',
      component: lazyRouteComponent(() => import('./DifferencesPage.tsx'), 'DifferencesPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'bills',
      component: lazyRouteComponent(() => import('./DailyClosePage.tsx'), 'DailyClosePage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'price-books',
      component: lazyRouteComponent(() => import('./PriceBooksPage.tsx'), 'PriceBooksPage'),
    }),
    createRoute({
      getParentRoute: () => parent,
      path: 'clock',
      component: lazyRouteComponent(() => import('./ClockPage.tsx'), 'ClockPage'),
    }),
  ]
}

import { type AnyRoute, createRoute } from '@tanstack/react-router'

/** The Billing Center's part of the map. */
export function billingRoutes(parent: AnyRoute) {
  const area = createRoute({ getParentRoute: () => parent, path: '/billing' })
  return area
}

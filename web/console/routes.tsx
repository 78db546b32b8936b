import { type AnyRoute, createRoute } from '@tanstack/react-router'

/** The console's part of the map. */
export function consoleRoutes(parent: AnyRoute) {
  const area = createRoute({ getParentRoute: () => parent, path: '/console' })
  return area
}

import type { Config } from '../config.ts'

/** Addresses mails lead to. The web builds the same ones in web/paths.ts; a test holds the two together. */
export function linksFrom(config: Pick<Config, 'publicUrl'>) {
  const at = (path: string) => `${config.publicUrl}${path}`
  return {
    workspace: (site: string, workspaceId: string) => at(`/console/${site}/workspaces/${workspaceId}`),
    planAndBilling: (site: string, workspaceId: string) =>
      at(`/console/${site}/workspaces/${workspaceId}/plan-and-billing`),
    paidWorkspace: (workspaceId: string) => at(`/billing/workspaces/${workspaceId}`),
    consoleReset: (site: string) => at(`/console/${site}/reset-password`),
    billingReset: () => at('/billing/reset-password'),
  }
}
export type Links = ReturnType<typeof linksFrom>

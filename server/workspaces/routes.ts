import { listMyWorkspaces as listMyWorkspacesEndpoint } from '../../contract/workspaces.ts'
import { consoleActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { listMyWorkspaces } from './list-my-workspaces.ts'

export const workspacesRoutes: readonly Route[] = [
  route(listMyWorkspacesEndpoint, (ctx, { params, query }) =>
    listMyWorkspaces(ctx, { site: params.site, accountId: consoleActor(ctx).accountId, ...query }),
  ),
]

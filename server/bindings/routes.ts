import * as accounts from '../../contract/accounts.ts'
import * as workspaces from '../../contract/workspaces.ts'
import { billingActor, consoleActor } from '../platform/actors.ts'
import { route } from '../platform/http/serve.ts'
import type { Route } from '../platform/http/serve.ts'
import { changeBillingMethod } from './change-billing-method.ts'
import { createConsoleWorkspace } from './create-console-workspace.ts'
import { listCloudAccounts, readCloudAccount } from './list-cloud-accounts.ts'
import { listPaidWorkspaces, readPaidWorkspace } from './list-paid-workspaces.ts'
import { readWorkspaceHome } from './read-workspace-home.ts'

export const bindingsRoutes: readonly Route[] = [
  route(workspaces.readWorkspace, (ctx, { params }) =>
    readWorkspaceHome(ctx, { workspaceId: params.workspaceId, accountId: consoleActor(ctx).accountId }),
  ),
  route(workspaces.createConsoleWorkspace, (ctx, { params, body }) =>
    createConsoleWorkspace(ctx, {
      site: params.site,
      name: body.name,
      language: body.language,
      owner: consoleActor(ctx).accountId,
      requestKey: body.requestKey,
      payLike: body.payLike ?? null,
    }),
  ),
  route(workspaces.changeBillingMethod, async (ctx, { params, body }) => {
    const { accountId, billingAccountId } = consoleActor(ctx)
    await changeBillingMethod(ctx, { workspaceId: params.workspaceId, choice: body, billingAccountId })
    return readWorkspaceHome(ctx, { workspaceId: params.workspaceId, accountId })
  }),
  route(workspaces.listPaidWorkspaces, (ctx, { query }) =>
    listPaidWorkspaces(ctx, { billingAccountId: billingActor(ctx).accountId, ...query }),
  ),
  route(workspaces.readPaidWorkspace, (ctx, { params }) =>
    readPaidWorkspace(ctx, { billingAccountId: billingActor(ctx).accountId, workspaceId: params.workspaceId }),
  ),
  route(workspaces.changeSettlement, async (ctx, { params, body }) => {
    const paid = { billingAccountId: billingActor(ctx).accountId, workspaceId: params.workspaceId }
    await readPaidWorkspace(ctx, paid)
    await changeBillingMethod(ctx, { ...paid, choice: body })
    return readPaidWorkspace(ctx, paid)
  }),
  route(accounts.listCloudAccounts, (ctx, { query }) =>
    listCloudAccounts(ctx, { billingAccountId: billingActor(ctx).accountId, ...query }),
  ),
  route(accounts.readCloudAccount, (ctx, { params }) =>
    readCloudAccount(ctx, { billingAccountId: billingActor(ctx).accountId, cloudAccountId: params.cloudAccountId }),
  ),
]

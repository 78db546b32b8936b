import type { WorkspaceId } from '../../contract/ids.ts'
import type { TxCtx } from '../context.ts'
import { updatePlanToCommercial } from './queries.ts'

/** A workspace somebody pays for is on the commercial plan; irreversible. */
export async function makeCommercial(ctx: TxCtx, workspaceId: WorkspaceId): Promise<void> {
  await updatePlanToCommercial(ctx.db, workspaceId)
}

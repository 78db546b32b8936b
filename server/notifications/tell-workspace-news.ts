import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import type { Id } from '../../contract/ids.ts'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { readWorkspaceHome } from '../bindings/read-workspace-home.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { Mails } from '../mails.ts'
import { sendMail } from '../platform/mail/send-mail.ts'
import { readEvent } from '../platform/read-event.ts'
import { findLivingWorkspace, ownersOf } from '../workspaces/find-workspace.ts'
import { mailIdFor, workspaceReaders } from './workspace-readers.ts'

const aboutWorkspace = z.object({ workspaceId: idOf('workspace') })

type NewsTemplate = 'activated' | 'countdown-started' | 'countdown-over' | 'locked' | 'dissolution-near'

/** What a mail of a kind says about a workspace as it stands now; null when the news is over and nobody is told. */
type Telling<T extends NewsTemplate> = (home: WorkspaceHome, happenedAt: Date) => Omit<Mails[T], 'reader'> | null

/** An activation is complete: who pays, which workspace, which site. */
export async function tellActivated(ctx: Ctx, eventId: Id<'event'>): Promise<void> {
  await tell(ctx, eventId, 'activated', (home) => ({ ...workspaceOf(home), payer: payerIn(home) }))
}

/** The 14 days began; not told when they have ended meanwhile. */
export async function tellCountdown(ctx: Ctx, eventId: Id<'event'>): Promise<void> {
  await tell(ctx, eventId, 'countdown-started', (home) => {
    const { countdownEndsAt: endsAt, countdownReason: reason } = home
    return endsAt && reason ? { ...workspaceOf(home), endsAt, reason } : null
  })
}

/** The countdown or lock ended; not told when another began meanwhile. */
export async function tellCountdownOver(ctx: Ctx, eventId: Id<'event'>): Promise<void> {
  await tell(ctx, eventId, 'countdown-over', (home) =>
    home.standing === 'active' ? { ...workspaceOf(home), payer: payerIn(home) } : null,
  )
}

/** The 14 days ran out; not told when the workspace was unlocked meanwhile. */
export async function tellLocked(ctx: Ctx, eventId: Id<'event'>): Promise<void> {
  await tell(ctx, eventId, 'locked', (home, happenedAt) => {
    const { dissolvesAt } = home
    return dissolvesAt ? { ...workspaceOf(home), lockedAt: happenedAt.toISOString(), dissolvesAt } : null
  })
}

/** A locked workspace is dissolved in 7 days; not told when it was unlocked meanwhile. */
export async function tellDissolutionNear(ctx: Ctx, eventId: Id<'event'>): Promise<void> {
  await tell(ctx, eventId, 'dissolution-near', (home) => {
    const { dissolvesAt } = home
    return dissolvesAt ? { ...workspaceOf(home), dissolvesAt } : null
  })
}

/** Queues one mail for each reader of the workspace; running again queues nothing more. */
async function tell<T extends NewsTemplate>(
  ctx: Ctx,
  eventId: Id<'event'>,
  template: T,
  telling: Telling<T>,
): Promise<void> {
  const event = await readEvent(ctx, eventId)
  const { workspaceId } = aboutWorkspace.parse(event.about)
  const [owner] = await ownersOf(ctx, workspaceId)
  if (!owner || !(await findLivingWorkspace(ctx, workspaceId))) return
  const params = telling(await readWorkspaceHome(ctx, { workspaceId, accountId: owner }), event.at)
  if (params === null) return
  const readers = await workspaceReaders(ctx, workspaceId)
  await inTransaction(ctx, async (tx) => {
    for (const { reader, email, language } of readers) {
      const id = mailIdFor(eventId, email)
      await sendMail(tx, { id, template, recipient: email, language, params: { ...params, reader } as Mails[T] })
    }
  })
}

function workspaceOf(home: WorkspaceHome) {
  return { workspaceId: home.id, workspaceName: home.name, site: home.site }
}

function payerIn({ payer }: WorkspaceHome): Mails['activated']['payer'] {
  if (payer === null) return null
  const { billingUsername, companyName, settlement } = payer
  return {
    billingUsername,
    companyName,
    instanceRef: settlement.method === 'marketplace' ? settlement.instanceRef : null,
  }
}

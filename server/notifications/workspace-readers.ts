import { createHash } from 'node:crypto'
import { idOf, idPrefixes } from '../../contract/ids.ts'
import type { Id, WorkspaceId } from '../../contract/ids.ts'
import type { Language } from '../../contract/problems.ts'
import { payerOf } from '../bindings/payer-of.ts'
import type { Ctx } from '../context.ts'
import { readBillingAccount, readConsoleAccount } from '../identity/find-account.ts'
import { ownersOf } from '../workspaces/find-workspace.ts'

/** Somebody to be told about a workspace. */
export interface WorkspaceReader {
  reader: 'owner' | 'payer'
  email: string
  language: Language
}

/** The owner of a workspace and who pays it; once where both have the same e-mail. */
export async function workspaceReaders(ctx: Ctx, workspaceId: WorkspaceId): Promise<WorkspaceReader[]> {
  const owners = await Promise.all((await ownersOf(ctx, workspaceId)).map((id) => readConsoleAccount(ctx, id)))
  const payerId = await payerOf(ctx, workspaceId)
  const payers = payerId ? [await readBillingAccount(ctx, payerId)] : []
  return onePerAddress([
    ...owners.map(({ email, language }) => ({ reader: 'owner' as const, email, language })),
    ...payers.map(({ email, language }) => ({ reader: 'payer' as const, email, language })),
  ])
}

/** Keeps the first reader of each address, compared without regard to case. */
export function onePerAddress(readers: WorkspaceReader[]): WorkspaceReader[] {
  const first = new Map<string, WorkspaceReader>()
  for (const reader of readers) {
    const address = reader.email.toLowerCase()
    if (!first.has(address)) first.set(address, reader)
  }
  return [...first.values()]
}

/** The id of the mail that tells one address about one event: telling twice queues the same mail. */
export function mailIdFor(eventId: Id<'event'>, email: string): Id<'mail'> {
  const digest = createHash('sha256').update(`${eventId} ${email.toLowerCase()}`).digest('hex').slice(0, 32)
  return idOf('mail').parse(`${idPrefixes.mail}_${digest}`)
}

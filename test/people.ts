import { saveCompany } from '../server/accounts/save-company.ts'
import { inTransaction } from '../server/context.ts'
import type { Ctx } from '../server/context.ts'
import { hashPassword } from '../server/identity/passwords.ts'
import { registerBillingAccount } from '../server/identity/register-billing-account.ts'
import type { NewBillingAccount } from '../server/identity/register-billing-account.ts'
import { registerConsoleAccount } from '../server/identity/register-console-account.ts'
import type { NewConsoleAccount } from '../server/identity/register-console-account.ts'
import type { BillingAccountRow, ConsoleAccountRow } from '../server/identity/find-account.ts'

/** Everybody's password in tests; hashed once, since hashing is slow on purpose. */
export const testPassword = 'calm-harbour-at-dusk'
let hashed: Promise<string> | undefined
const testPasswordHash = () => (hashed ??= hashPassword(testPassword))

let counter = 0

/** A console account with a name of its own; on cn1 unless told otherwise. */
export async function aConsoleAccount(ctx: Ctx, over: Partial<NewConsoleAccount> = {}): Promise<ConsoleAccountRow> {
  const username = over.username ?? `console${counter++}`
  const passwordHash = await testPasswordHash()
  return inTransaction(ctx, (tx) =>
    registerConsoleAccount(tx, {
      site: 'cn1',
      username,
      email: `${username}@acme.test`,
      passwordHash,
      phone: null,
      language: 'en',
      ...over,
    }),
  )
}

/** A Billing Center account with its company; in CNY unless told otherwise. */
export async function aBillingAccount(
  ctx: Ctx,
  over: Partial<NewBillingAccount> & { companyName?: string } = {},
): Promise<BillingAccountRow> {
  const { companyName = 'Acme Ltd', ...account } = over
  const username = account.username ?? `payer${counter++}`
  const passwordHash = await testPasswordHash()
  return inTransaction(ctx, async (tx) => {
    const registered = await registerBillingAccount(tx, {
      username,
      email: `${username}@acme.test`,
      passwordHash,
      phone: null,
      language: 'en',
      currency: 'CNY',
      ...account,
    })
    await saveCompany(tx, registered.id, { name: companyName })
    return registered
  })
}

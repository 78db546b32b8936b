import { randomBytes } from 'node:crypto'
import { newPassword, username as usernameField } from '../contract/fields.ts'
import { Problem } from '../contract/problems.ts'
import type { Ctx } from '../server/context.ts'
import { addOperator } from '../server/identity/add-operator.ts'
import { disableOperator, enableOperator, resetOperatorPassword } from '../server/identity/change-operator.ts'
import { Refused } from './terminal.ts'
import type { Terminal } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/** Adds somebody to the operator desk; the password comes from OPERATOR_PASSWORD, or is made up and said once. */
export async function addOperatorNamed(terminal: Terminal, username: string, name: string | undefined): Promise<void> {
  const parsed = usernameField.safeParse(username)
  if (!parsed.success) throw new Refused(`The username ${parsed.error.issues[0]?.message ?? 'cannot be used'}.`)
  const chosen = choosePassword(terminal)
  await work(terminal, parsed.data, async (ctx) => {
    await addOperator(ctx, { username: parsed.data, name: name?.trim() || parsed.data, password: chosen.password })
    terminal.say(`${parsed.data} can sign in at /operator.${chosen.words}`)
  })
}

/** Gives an operator a new password, as for a new one; whoever is signed in with the old one is not any more. */
export async function resetPasswordOf(terminal: Terminal, username: string): Promise<void> {
  const chosen = choosePassword(terminal)
  await work(terminal, username, async (ctx) => {
    await resetOperatorPassword(ctx, { username, password: chosen.password })
    terminal.say(`${username} has a new password and is signed out everywhere.${chosen.words}`)
  })
}

/** Bars an operator at once, on every device. */
export async function disableOperatorNamed(terminal: Terminal, username: string): Promise<void> {
  await work(terminal, username, async (ctx) => {
    await disableOperator(ctx, username)
    terminal.say(`${username} can no longer sign in.`)
  })
}

/** Lets a barred operator in again. */
export async function enableOperatorNamed(terminal: Terminal, username: string): Promise<void> {
  await work(terminal, username, async (ctx) => {
    await enableOperator(ctx, username)
    terminal.say(`${username} can sign in again.`)
  })
}

function choosePassword({ env }: Terminal): { password: string; words: string } {
  const given = env['OPERATOR_PASSWORD']
  if (given === undefined) {
    const password = randomBytes(15).toString('base64url')
    return { password, words: ` Password, said this once: ${password}` }
  }
  const parsed = newPassword.safeParse(given)
  if (!parsed.success) throw new Refused(`OPERATOR_PASSWORD ${parsed.error.issues[0]?.message ?? 'cannot be used'}.`)
  return { password: parsed.data, words: '' }
}

async function work(terminal: Terminal, username: string, change: (ctx: Ctx) => Promise<void>): Promise<void> {
  await withDatabase(terminal, 'cli.operators', async (ctx) => {
    try {
      await change(ctx)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      throw new Refused(reasons[error.code]?.(username) ?? error.message, { cause: error })
    }
  })
}

const reasons: Record<string, (username: string) => string> = {
  username_taken: (username) => `There is an operator ${username} already. Nothing was changed.`,
  not_found: (username) => `There is no operator ${username}.`,
  password_too_common: () => 'That password is too easily guessed; please choose another.',
}

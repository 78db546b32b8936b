export const commands = ['all', 'api', 'worker', 'migrate'] as const
export type Command = (typeof commands)[number]

/** Raised when the program is called with a word it does not know. */
export class UnknownCommandError extends Error {
  override readonly name = 'UnknownCommandError'
}

/** Reads the first argument; nothing means `all`. */
export function readCommand(word: string | undefined): Command {
  const command = commands.find((known) => known === (word ?? 'all'))
  if (!command) throw new UnknownCommandError(`purser knows ${commands.join(', ')}, not "${word}".`)
  return command
}

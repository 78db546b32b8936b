/** What a command knows of its surroundings: settings, and where its words go. */
export interface Terminal {
  env: Record<string, string | undefined>
  /** Writes one line (or several) of what was asked for. */
  say(text: string): void
  /** Writes why something was not done. */
  complain(text: string): void
}

/** Ends a command that was refused for reasons already told; the program ends with code 1. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

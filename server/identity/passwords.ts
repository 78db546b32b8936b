import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'
import { Problem } from '../../contract/problems.ts'

/** argon2id (the library's default algorithm) with OWASP's first recommendation: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Among the most used passwords, those long enough to be allowed at all. */
const commonPasswords = new Set(
  dictionary['passwords-common'].filter((password) => password.length >= 10).map((password) => password.toLowerCase()),
)

/** The argon2id hash to keep, in its own text form with salt and cost. Takes tens of milliseconds: never inside a transaction. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password, cost)
}

let hashOfNobody: Promise<string> | undefined

/**
 * Whether the password belongs to the hash. For `null` (no such account) it works as long and answers false,
 * so that nobody learns from the time which names exist.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  hashOfNobody ??= hashPassword('a password nobody has')
  const matches = await verify(passwordHash ?? (await hashOfNobody), password)
  return passwordHash !== null && matches
}

/**
 * Refuses a new password that is among the most used ones, repeats one short piece, or is the person's own name.
 * Throws `password_too_common` on the field, `password` unless told otherwise.
 */
export function refuseCommonPassword(password: string, ownNames: readonly string[] = [], field = 'password'): void {
  const plain = password.toLowerCase()
  const own = ownNames.flatMap((name) => [name.toLowerCase(), name.toLowerCase().split('@')[0]])
  if (commonPasswords.has(plain) || repeatsOnePiece(plain) || own.includes(plain)) {
    throw new Problem('password_too_common', {}, field)
  }
}

/** `aaaaaaaaaa`, `1212121212`, `abcabcabcabc`: one piece of at most three characters, again and again. */
function repeatsOnePiece(text: string): boolean {
  return [1, 2, 3].some(
    (length) =>
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length),
  )
}

import { z } from 'zod'
import { addressOf } from './addresses.ts'
import { advanceClock, codeEveryMs, lastAdvance } from './clock.ts'

const mail = z.object({ id: z.string(), subject: z.string(), text: z.string(), receivedAt: z.iso.datetime() })
type Mail = z.output<typeof mail>

/**
 * Does what sends a code to this address, waits for the mail, and reads the code from it. Where the address had a code less than a
 * minute ago, a minute passes first, as a person would have to wait.
 */
export async function codeSentTo(address: string, send: () => Promise<unknown>): Promise<string> {
  const mails = await mailsTo(address)
  const lastCode = mails.find((one) => codeIn(one) !== undefined)
  if (lastCode && lastCode.receivedAt > lastAdvance()) await advanceClock(codeEveryMs)
  await send()
  const arrived = await nextMail(address, mails[0])
  const code = codeIn(arrived)
  if (!code) throw new Error(`The mail to ${address} holds no code:\n${arrived.text}`)
  return code
}

/** The first mail to this address after one that was there before; throws when none comes. */
async function nextMail(address: string, after: Mail | undefined): Promise<Mail> {
  const query = new URLSearchParams({ to: address, timeoutSeconds: '20', ...(after ? { after: after.id } : {}) })
  const answer = await fetch(`${addressOf('inbox')}/api/mails/next?${query}`)
  if (!answer.ok) throw new Error(`No mail to ${address} came within 20 s.`)
  const next = mail.parse(await answer.json())
  // Notices come when they come: the code is what was asked for.
  return codeIn(next) === undefined ? nextMail(address, next) : next
}

/** Mails to this address, newest first. */
async function mailsTo(address: string): Promise<Mail[]> {
  const listed = await fetch(`${addressOf('inbox')}/api/mails?${new URLSearchParams({ to: address, limit: '20' })}`)
  return z.object({ mails: z.array(mail) }).parse(await listed.json()).mails
}

function codeIn({ text }: Mail): string | undefined {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]
}

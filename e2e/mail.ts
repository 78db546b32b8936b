import { z } from 'zod'
import { addressOf } from './addresses.ts'

const mail = z.object({ id: z.string(), subject: z.string(), text: z.string() })

/** Does what sends a code to this address, waits for the mail, and reads the code from it. */
export async function codeSentTo(address: string, send: () => Promise<unknown>): Promise<string> {
  const listed = await fetch(`${addressOf('inbox')}/api/mails?${new URLSearchParams({ to: address, limit: '1' })}`)
  const [newest] = z.object({ mails: z.array(mail) }).parse(await listed.json()).mails
  await send()
  const query = new URLSearchParams({ to: address, timeoutSeconds: '20', ...(newest ? { after: newest.id } : {}) })
  const answer = await fetch(`${addressOf('inbox')}/api/mails/next?${query}`)
  if (!answer.ok) throw new Error(`No mail to ${address} came within 20 s.`)
  const { text } = mail.parse(await answer.json())
  const code = /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0]
  if (!code) throw new Error(`The mail to ${address} holds no code:\n${text}`)
  return code
}

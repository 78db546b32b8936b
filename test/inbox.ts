import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface TestInbox {
  smtpUrl: string
  /** Everything that arrived, oldest first. */
  mails: ParsedMail[]
  /** Mails to one address. */
  to(address: string): ParsedMail[]
  /** The six digits of the newest mail to an address that has any. */
  codeFor(address: string): string
  /** Says how recipients are answered from now on: taken, or refused with this SMTP status. */
  refuseWith(status: number | null): void
  close(): Promise<void>
}

/** A real SMTP server on a free loopback port that keeps what it is given. */
export async function testInbox(): Promise<TestInbox> {
  const mails: ParsedMail[] = []
  let refusal: number | null = null
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, callback) {
      callback(refusal === null ? null : Object.assign(new Error('told to refuse'), { responseCode: refusal }))
    },
    onData(stream, _session, callback) {
      simpleParser(stream, (error: Error | null, mail) => {
        if (!error) mails.push(mail)
        callback(error)
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const to = (address: string) => mails.filter((mail) => recipientOf(mail) === address.toLowerCase())
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    mails,
    to,
    codeFor(address) {
      const digits = to(address)
        .map((mail) => /^\d{6}$/m.exec(mail.text ?? '')?.[0])
        .findLast((found) => found !== undefined)
      if (!digits) throw new Error(`No code was mailed to ${address}.`)
      return digits
    },
    refuseWith(status) {
      refusal = status
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function recipientOf(mail: ParsedMail): string | undefined {
  const to = Array.isArray(mail.to) ? mail.to[0] : mail.to
  return to?.value[0]?.address?.toLowerCase()
}

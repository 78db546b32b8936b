import pino from 'pino'
import type { DestinationStream, Logger } from 'pino'

export type Log = Logger

/** Names under which a secret could travel; their values never reach a log line, at whatever depth we log them. */
const secretNames = [
  'password',
  'code',
  'token',
  'authorization',
  'cookie',
  'key',
  'secret',
  'set-cookie',
  'password_hash',
]
const redactedPaths = secretNames.flatMap((name) => {
  const last = name.includes('-') ? `["${name}"]` : `.${name}`
  return [name.includes('-') ? `["${name}"]` : name, `*${last}`, `*.*${last}`]
})

/** Structured log, one JSON object a line, secrets redacted by name. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = { level, redact: { paths: redactedPaths, censor: '[redacted]' }, base: undefined }
  return destination ? pino(options, destination) : pino(options)
}

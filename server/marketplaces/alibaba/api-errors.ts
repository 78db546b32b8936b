/**
 * What an error of the vendor's API means for us. Decided by `Code`, never by the HTTP status: the vendor answers permanent
 * faults of the caller with 500 ("PushMeteringData", error codes in the official API metadata).
 */
export type ApiMeaning =
  /** The product looked at the request and refused it. */
  | 'refused'
  /** Refused for the moment; certainly not carried out. */
  | 'throttled'
  /** Our keys, clock or permission were refused, before anybody looked at what was asked. */
  | 'not-admitted'
  /** No connection was made; the request was never sent. */
  | 'not-sent'
  /** Sent, and nobody knows whether it was carried out. */
  | 'unknown'

const throttled = /^(Service\.Flow\.Control|Throttling(\..*)?)$/
const notAdmitted =
  /^(Permission\.Denied|MissingAccessKeyId|InvalidAccessKeyId.*|InvalidAccessKeySecret|SignatureDoesNotMatch|IncompleteSignature|SignatureNonceUsed|InvalidTimeStamp\..*|InvalidCredentials|InvalidSecurityToken.*|MissingSecurityToken|Forbidden.*|NoPermission|InvalidA(pi|ction)\..*|InvalidVersion)$/
const ambiguous = /^(UnknownError|InternalError.*|ServiceUnavailable.*|undefined|null|)$/
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

export interface ReadError {
  meaning: ApiMeaning
  /** The vendor's `Code`, or the network's; fit for a log. */
  code: string
  message: string
  /** How long the vendor asks to wait, when it says so. */
  retryAfterSeconds: number | null
}

/** Reads whatever a call threw. What is not a coded answer of the vendor is unknown, unless no connection was made. */
export function meaningOf(error: unknown): ReadError {
  const code = textOf(error, 'code')
  const answered = fieldOf(error, 'statusCode') !== undefined
  return {
    meaning: answered ? meaningOfCode(code) : notSent.has(code) ? 'not-sent' : 'unknown',
    code: code === '' || code === 'undefined' ? textOf(error, 'name') || 'NoCode' : code,
    message: answered ? textOf(error, 'message').slice(0, 300) : '',
    retryAfterSeconds: secondsOf(fieldOf(error, 'retryAfter')),
  }
}

function meaningOfCode(code: string): ApiMeaning {
  if (throttled.test(code)) return 'throttled'
  if (notAdmitted.test(code)) return 'not-admitted'
  return ambiguous.test(code) ? 'unknown' : 'refused'
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined
}

function textOf(error: unknown, name: string): string {
  const value = fieldOf(error, name)
  return typeof value === 'string' ? value : ''
}

/** The SDK gives milliseconds. */
function secondsOf(value: unknown): number | null {
  return typeof value === 'number' && value > 0 ? Math.ceil(value / 1000) : null
}

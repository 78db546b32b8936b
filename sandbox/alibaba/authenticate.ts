import { timingSafeEqual } from 'node:crypto'
import type { Db } from '../context.ts'
import { acs3Signature, sha256Hex } from './acs3-signature.ts'
import { ApiError } from './api-error.ts'
import { deleteNoncesBefore, insertNonce } from './queries.ts'
import { rpcSignature } from './rpc-signature.ts'

/** A call of the API as it came, parameters decoded. */
export interface ApiRequest {
  method: string
  path: string
  query: Record<string, string>
  form: Record<string, string>
  rawBody: string
  /** By lower-case name. */
  headers: Record<string, string>
}

const MOST_SKEW_MS = 15 * 60_000

/**
 * Checks who calls: RPC V1 (HMAC-SHA1) or ACS3 (HMAC-SHA256), the access key, 15 minutes of clock skew, and that the nonce is new.
 * Times are real time, for the caller's SDK stamps with its real clock. Throws ApiError. Answers the action and version asked for.
 */
export async function authenticate(
  db: Db,
  request: ApiRequest,
  accessKey: { id: string; secret: string },
): Promise<{ action: string; version: string }> {
  const claimed = 'authorization' in request.headers ? claimOfAcs3(request) : claimOfRpc(request)
  if (claimed.accessKeyId !== accessKey.id) throw new ApiError('accessKeyNotFound')
  const stamped = Date.parse(claimed.timestamp)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(claimed.timestamp) || Number.isNaN(stamped))
    throw new ApiError('timeFormat')
  if (Math.abs(Date.now() - stamped) > MOST_SKEW_MS) throw new ApiError('timeExpired')
  if (!sameText(claimed.sign(accessKey.secret), claimed.signature)) throw new ApiError('signature')
  await spendNonce(db, claimed.nonce)
  return { action: claimed.action, version: claimed.version }
}

interface Claim {
  accessKeyId: string
  timestamp: string
  nonce: string
  signature: string
  action: string
  version: string
  /** The signature the call should have. */
  sign(secret: string): string
}

function claimOfRpc(request: ApiRequest): Claim {
  const params = { ...request.query, ...request.form }
  if (!params['AccessKeyId']) throw new ApiError('accessKeyMissing')
  const { SignatureMethod: method, SignatureVersion: version, SignatureNonce: nonce, Signature: signature } = params
  if (!signature || !nonce || method !== 'HMAC-SHA1' || version !== '1.0') throw new ApiError('signatureIncomplete')
  return {
    accessKeyId: params['AccessKeyId'],
    timestamp: params['Timestamp'] ?? '',
    nonce,
    signature,
    action: params['Action'] ?? '',
    version: params['Version'] ?? '',
    sign: (secret) => rpcSignature({ method: request.method, params, secret }),
  }
}

const authorization = /^ACS3-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/

function claimOfAcs3(request: ApiRequest): Claim {
  const { headers } = request
  const [, accessKeyId, signedText, signature] = authorization.exec(headers['authorization'] ?? '') ?? []
  if (!accessKeyId || !signedText || !signature) throw new ApiError('signatureIncomplete')
  const signedHeaders = signedText.split(';')
  const mustBeSigned = Object.keys(headers).filter((name) => name === 'host' || name.startsWith('x-acs-'))
  const unsigned = mustBeSigned.filter((name) => !signedHeaders.includes(name))
  if (unsigned.length > 0) throw new ApiError('signatureIncomplete', `Not signed: ${unsigned.join(', ')}.`)
  const nonce = headers['x-acs-signature-nonce']
  if (!nonce) throw new ApiError('signatureIncomplete', 'x-acs-signature-nonce is missing.')
  const payloadHash = sha256Hex(request.rawBody)
  if (headers['x-acs-content-sha256'] !== payloadHash) {
    throw new ApiError('signature', 'x-acs-content-sha256 is not that of the body.')
  }
  return {
    accessKeyId,
    timestamp: headers['x-acs-date'] ?? '',
    nonce,
    signature,
    action: headers['x-acs-action'] ?? '',
    version: headers['x-acs-version'] ?? '',
    sign: (secret) => acs3Signature({ ...request, headers, signedHeaders, payloadHash, secret }),
  }
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

async function spendNonce(db: Db, nonce: string): Promise<void> {
  const now = Date.now()
  if (!(await insertNonce(db, nonce, new Date(now)))) throw new ApiError('nonceUsed')
  // Past twice the skew the timestamp alone refuses a replay.
  await deleteNoncesBefore(db, new Date(now - 2 * MOST_SKEW_MS))
}

/** What came back from one call of the SPI. */
export type SpiResult =
  | { kind: 'answered'; httpStatus: number; body: string }
  | { kind: 'timeout' }
  | { kind: 'unreachable'; reason: string }

export type Outcome =
  | 'ok'
  | 'instance-id-zero'
  | 'instance-id-missing'
  | 'not-successful'
  | 'not-json'
  | 'http-error'
  | 'timeout'
  | 'unreachable'
  | 'answer-lost'
  | 'interrupted'

export interface Verdict {
  outcome: Outcome
  /** Set when createInstance succeeded. */
  vendorInstanceId: string | null
  appInfo: Record<string, unknown> | null
  hostInfo: Record<string, unknown> | null
  remarks: Record<string, unknown> | null
}

/**
 * Judges an answer as the SPI pages do: createInstance succeeded when it carries an instance id that is not 0; any other action
 * when `success` is true, as boolean or as text. Everything else is sent again.
 */
export function judgeAnswer(action: string, result: SpiResult): Verdict {
  if (result.kind !== 'answered') return failed(result.kind)
  if (result.httpStatus < 200 || result.httpStatus > 299) return failed('http-error')
  const body = parseObject(result.body)
  if (!body) return failed('not-json')
  if (action !== 'createInstance') {
    const success = body['success'] === true || body['success'] === 'true'
    return success ? succeeded(null, body) : failed('not-successful')
  }
  const id = body['instanceId']
  if (id === 0 || (typeof id === 'string' && /^\s*0*\s*$/.test(id) && id.includes('0')))
    return failed('instance-id-zero')
  if (typeof id === 'number' && Number.isSafeInteger(id)) return succeeded(String(id), body)
  if (typeof id === 'string' && id.trim() !== '') return succeeded(id, body)
  return failed('instance-id-missing')
}

function failed(outcome: Outcome): Verdict {
  return { outcome, vendorInstanceId: null, appInfo: null, hostInfo: null, remarks: null }
}

function succeeded(vendorInstanceId: string | null, body: Record<string, unknown>): Verdict {
  return {
    outcome: 'ok',
    vendorInstanceId,
    appInfo: objectOrNull(body['appInfo']),
    hostInfo: objectOrNull(body['hostInfo']),
    remarks: objectOrNull(body['info']),
  }
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    return objectOrNull(JSON.parse(text))
  } catch {
    return null
  }
}

function objectOrNull(value: unknown): Record<string, unknown> | null {
  return isObject(value) ? value : null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

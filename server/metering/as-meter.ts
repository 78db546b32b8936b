import { Problem } from '../../contract/problems.ts'
import { meterCode, meters } from './meters.ts'
import type { MeterCode } from './meters.ts'

/** A meter code as a caller sent it; throws `unknown_meter` naming the ones there are. */
export function asMeter(text: string): MeterCode {
  const parsed = meterCode.safeParse(text)
  if (!parsed.success)
    throw new Problem('unknown_meter', { allowed: meters.map(({ code }) => code).join(', ') }, 'meter')
  return parsed.data
}

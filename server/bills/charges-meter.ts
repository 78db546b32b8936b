import type { LogMeter } from '../../contract/log-charging.ts'
import type { MeterCode } from '../metering/meters.ts'

/** Whether usage of a meter is charged where logs are charged by one of the two log meters: it is never both. */
export function chargesMeter(meter: MeterCode, logsBy: LogMeter): boolean {
  return (meter !== 'logs' && meter !== 'log_ingest') || meter === logsBy
}

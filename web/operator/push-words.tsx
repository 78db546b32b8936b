import { useTranslation } from 'react-i18next'
import type { Push, PushState } from '../../contract/settlement.ts'
import type { Tone } from '../parts/Notice.tsx'
import { StatusBadge } from '../parts/StatusBadge.tsx'

const tones: Record<PushState, Tone> = {
  OPEN: 'calm',
  SEALED: 'calm',
  SENDING: 'calm',
  ACCEPTED: 'done',
  DUPLICATE: 'done',
  CARRIED: 'done',
  REJECTED: 'harm',
  UNKNOWN: 'attention',
  EXPIRED: 'harm',
}

/** State of a report as shape and word. */
export function PushBadge({ state }: { state: PushState }) {
  const { t } = useTranslation()
  return <StatusBadge tone={tones[state]}>{t(`operator.pushStates.${state}`)}</StatusBadge>
}

/** What is measured, with its unit: money in a currency, or a meter. */
export function measuredIn(push: Pick<Push, 'measures'>): string {
  return push.measures.of === 'amount' ? push.measures.currency : push.measures.meter
}

import type { UsageVerdict } from '../marketplaces/connector.ts'
import type { PushStep } from './push-states.ts'

/** What follows from the marketplace's word about one record. */
export interface Decision {
  step: Extract<PushStep, 'accepted' | 'duplicate' | 'rejected' | 'put_back' | 'lost'>
  /** Not sent again before this; null where it is not sent again. */
  sendAfter: Date | null
  /** From now on in a call of its own. */
  alone: boolean
  /** A person has to mend something, here or at the marketplace. */
  operator: boolean
}

/**
 * Refusals that say nothing about the record itself: an operator has the account put on the vendor's list, or waits for it ("Permission.Denied:
 * add your account to the API user whitelist", page PushMeteringData). Nothing was counted, so trying again until the deadline is safe.
 */
const aboutUs = new Set(['Permission.Denied'])
const aboutUsRetrySeconds = 300

/** Retries that mean our keys, not the traffic: somebody has to know. The connector's word for traffic is a throttling code. */
const traffic = /^(Service\.Flow\.Control|Throttling.*|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/

/**
 * Decides by the verdict's kind and `code`. A marketplace that answers for the whole call refuses a hundred records for one: after a
 * refusal each is sent in a call of its own, so that only the bad one ends REJECTED. `together` is how many the call held.
 */
export function decideVerdict(verdict: UsageVerdict, of: { now: Date; together: number }): Decision {
  const after = (seconds: number) => new Date(of.now.getTime() + seconds * 1000)
  switch (verdict.kind) {
    case 'accepted':
      return { step: 'accepted', sendAfter: null, alone: false, operator: false }
    case 'duplicate':
      return { step: 'duplicate', sendAfter: null, alone: false, operator: false }
    case 'retry':
      return {
        step: 'put_back',
        sendAfter: after(verdict.afterSeconds),
        alone: false,
        operator: !traffic.test(verdict.code),
      }
    case 'rejected':
      if (aboutUs.has(verdict.code)) {
        return { step: 'put_back', sendAfter: after(aboutUsRetrySeconds), alone: false, operator: true }
      }
      if (of.together > 1) return { step: 'put_back', sendAfter: of.now, alone: true, operator: false }
      return { step: 'rejected', sendAfter: null, alone: false, operator: true }
    case 'unknown':
      return { step: 'lost', sendAfter: null, alone: false, operator: true }
    default:
      return verdict satisfies never
  }
}

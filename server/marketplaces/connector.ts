/**
 * The one interface every marketplace is spoken to through. A connector translates and never decides: it checks that a
 * message is genuine, puts it into our words, says our answer in theirs, and asks or tells the marketplace on our behalf.
 * It writes nothing. What follows from a message is decided in `instance.ts` and done by the verbs of this room.
 */
export interface MarketplaceConnector {
  readonly marketplace: string
  readonly meterRules: MeterRules

  /** Checks that the message is genuine and normalises it. Pure; nothing is believed before the check. */
  parseInbound(params: Params): Inbound

  /** Our answer in the marketplace's own form. */
  renderReply(action: string, reply: Reply): Record<string, unknown>

  /** Reads the browser's arrival by the marketplace's sign-on link (Alibaba: Direct Login). Pure. */
  readHandOff(params: Params, now: Date): HandOff

  /** Asks the marketplace what is true of one instance. Null where no API keys are configured. */
  fetchState: ((instanceRef: string) => Promise<Finding<InstanceState>>) | null

  /** Asks the marketplace which cloud account an order belongs to. Null where no API keys are configured. */
  fetchOrderOwner: ((orderRef: string) => Promise<Finding<OrderOwner>>) | null

  /** The period an instant's usage is billed in: an hour, or a day of the marketplace. `until` is excluded. Pure. */
  meterPeriod(at: Date, granularity: 'hourly' | 'daily'): { from: Date; until: Date }

  /** The last instant at which usage that began at `usageFrom` is still taken. Pure; drives the alarms. */
  meterDeadline(usageFrom: Date, granularity: 'hourly' | 'daily'): Date

  /**
   * Reports usage in one call. One verdict per record, in their order. Never throws for anything the marketplace or the
   * network does. Null where no API keys are configured.
   */
  pushUsage: ((records: readonly UsageToPush[]) => Promise<UsageVerdict[]>) | null

  /** The marketplace's day an instant belongs to, such as `2026-03-10`. Pure. */
  dayOf(at: Date): string

  /**
   * What the marketplace says it counted and billed for usage that began in a span. Null where the marketplace has no such call; its
   * statement is imported from a file then.
   */
  fetchStatement: ((span: { from: Date; until: Date }) => Promise<Finding<StatementLine[]>>) | null
}

/** What a marketplace counted of one instance's dimension on one of its days. */
export interface StatementLine {
  productCode: string
  instanceRef: string
  dimension: string
  /** Empty where the product has none. */
  item: string
  /** The marketplace's day, such as `2026-03-10`. */
  day: string
  /** Whole units it took, as text. */
  accepted: string
  /** Of these, what it billed. */
  billed: string
  /** What it billed for them. */
  amount: string
  currency: string
}

/** Decoded parameters of a message as they arrived, the unknown ones too: they are part of what was signed. */
export type Params = Readonly<Record<string, string>>

/** A lifecycle message in our words. */
export type Notification =
  | {
      kind: 'purchased'
      instanceRef: string
      orderRef: string
      accountRef: string
      productCode: string
      sku: string
      /** Billable items named by the marketplace, e.g. `{ Count: '2' }`. */
      items: Record<string, string>
      trial: boolean
      /** Null for pay-as-you-go. */
      expiresOn: Date | null
    }
  /** Renewed, or restored after arrears were paid. */
  | { kind: 'renewed'; instanceRef: string; orderRef: string | null; expiresOn: Date | null }
  | { kind: 'upgraded'; instanceRef: string; orderRef: string | null; sku: string; items: Record<string, string> }
  | { kind: 'suspended'; instanceRef: string }
  | { kind: 'released'; instanceRef: string; orderRef: string | null; refund: boolean }
export type NotificationKind = Notification['kind']

export type Inbound =
  | { kind: 'lifecycle'; action: string; notification: Notification; dedupeKey: string | null }
  /** Not genuine: no live key explains its signature. */
  | { kind: 'rejected'; action: string }
  | { kind: 'unknown-action'; action: string }
  /** Genuine, but a parameter is missing or unreadable. */
  | { kind: 'malformed'; action: string; field: string; allowed: string }

export type Reply =
  /** A purchase is taken: the instance exists at our side under this name. */
  | { kind: 'provisioned'; instanceRef: string }
  | { kind: 'done' }
  /** The marketplace is to try again, or to show the words to its operator. */
  | { kind: 'refused'; message: string }

export type HandOff =
  | { kind: 'genuine'; instanceRef: string; fingerprint: string }
  | { kind: 'tampered' }
  | { kind: 'expired' }

/** What asking the marketplace brought. */
export type Finding<Value> =
  | { kind: 'found'; value: Value }
  /** The marketplace knows no such thing, or not of this seller. */
  | { kind: 'absent'; code: string }
  /** No answer, or one that says nothing about the question: time-out, throttling, our keys refused. */
  | { kind: 'unreachable'; code: string }

export interface InstanceState {
  /** `opening`: the marketplace still waits for our answer to the purchase. */
  status: 'opening' | 'active' | 'suspended' | 'released'
  orderRef: string
  productCode: string
  /** Every name the marketplace has for the specification in force, the one notifications use first. */
  skus: string[]
  trial: boolean
  expiresOn: Date | null
}

export interface OrderOwner {
  accountRef: string
  /** Instances of the order; empty where the marketplace does not list them. */
  instanceRefs: string[]
  /** False when the order was refunded or voided. */
  standing: boolean
}

/** What a marketplace asks of usage reports. */
export interface MeterRules {
  recordsPerCall: number
  /** Least time between two calls for one instance. */
  secondsBetweenCalls: number
  /** A record's interval must be longer than this. */
  intervalLongerThanSeconds: number
  /** All instances of one call must be of one product. */
  oneProductPerCall: boolean
  /** Decimals a quantity may have. */
  decimals: number
  /** `none`: a call whose answer was lost must never be sent again blindly. */
  idempotency: 'none' | 'natural-hour' | 'client-key'
  /** Whether what was reported can be asked for again. */
  readBack: boolean
}

/** Usage of one instance over one interval. */
export interface UsageToPush {
  instanceRef: string
  /** Start of the interval; whole seconds. */
  from: Date
  /** End of the interval, exclusive; whole seconds. */
  until: Date
  quantities: {
    /** The marketplace's name of the unit, e.g. `Unit`, `PeriodMin`. */
    dimension: string
    /** Whole number as text. */
    quantity: string
    /** Which of several items with that unit (Alibaba: `meteringAssit`); null where the product has none. */
    item: string | null
  }[]
}

export type UsageVerdict =
  | { kind: 'accepted'; receipt: string }
  /** Counted before: the marketplace knows this record by its own key. */
  | { kind: 'duplicate'; code: string }
  /** Refused for good: sending the same again would be refused again. */
  | { kind: 'rejected'; code: string; message: string }
  /** Certainly not counted; may be sent again after so long. */
  | { kind: 'retry'; afterSeconds: number; code: string }
  /** May or may not have been counted. */
  | { kind: 'unknown'; code: string }

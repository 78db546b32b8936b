import { inTransaction } from '../context.ts'
import type { Ctx, TxCtx } from '../context.ts'
import type { Product } from '../config.ts'
import { sendMail } from '../platform/mail/send-mail.ts'
import { record } from '../platform/record.ts'
import { timingOf } from './periods.ts'
import { markWarned, selectNearDeadline } from './queries.ts'
import type { UsageRecordRow } from './queries.ts'

const atOnce = 500

/**
 * Tells, once for each record and in good time, that its deadline is near: an event each, one mail to the operators for all of a
 * product, and the log. Unknown ones are told too: an answer found before the deadline still lets them be sent. Returns how many
 * were told.
 */
export async function warnOfDeadlines(ctx: Ctx): Promise<number> {
  let told = 0
  for (const product of ctx.services.config.catalogue.products) {
    const by = new Date(ctx.now().getTime() + timingOf(product).alarmBeforeSeconds * 1000)
    const near = await selectNearDeadline(ctx.db, product, by, atOnce)
    if (near.length > 0) await inTransaction(ctx, (tx) => tell(tx, product, near))
    told += near.length
  }
  return told
}

async function tell(ctx: TxCtx, product: Product, near: readonly UsageRecordRow[]): Promise<void> {
  for (const row of near) {
    const about = { usageRecordId: row.id, instanceId: row.instance_id }
    const detail = { state: row.state, units: row.units, deadline: row.deadline.toISOString(), code: row.code }
    ctx.log.warn({ ...about, ...detail }, 'A usage report is near its deadline')
    await record(ctx, { kind: 'push.near_deadline', about, detail })
  }
  await markWarned(
    ctx.db,
    near.map((row) => row.id),
    ctx.now(),
  )
  const { catalogue } = ctx.services.config
  for (const recipient of catalogue.operatorMail ?? []) {
    await sendMail(ctx, {
      template: 'reports-near-deadline',
      recipient,
      language: catalogue.defaultLanguage,
      params: {
        productName: product.name[catalogue.defaultLanguage],
        productCode: product.productCode,
        count: near.length,
        unknown: near.filter((row) => row.state === 'UNKNOWN').length,
        // Soonest first, as they were read.
        firstDeadline: (near[0]?.deadline ?? ctx.now()).toISOString(),
        codes: [...new Set(near.flatMap((row) => row.code ?? []))].toSorted(),
      },
    })
  }
}

import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { buyerById, buyerByRequest, insertBuyer, renameBuyer } from './queries.ts'
import type { Buyer } from './queries.ts'

export interface NewBuyer {
  name: string | null
  /** 16 digits, first digit 1–8, so that the number survives being read as a JavaScript number by the official SDK. */
  accountId: string | null
  language: 'en' | 'zh' | null
  /** The form it came from: sent twice, it is one buyer. */
  requestId: string | null
}

/** Opens a cloud account. With an account id that exists already, answers that buyer (renamed when a name is given). */
export async function createBuyer(ctx: Ctx, input: NewBuyer): Promise<Buyer> {
  const now = ctx.clock.now()
  const created = await insertBuyer(ctx.db, { ...input, name: input.name ?? '', now })
  const buyer = created ?? (await present(ctx, input))
  const name = input.name ?? (buyer.name === '' ? `buyer-${buyer.accountId.slice(-6)}` : buyer.name)
  if (name === buyer.name) return buyer
  await renameBuyer(ctx.db, buyer.accountId, name)
  return { ...buyer, name }
}

async function present(ctx: Ctx, input: NewBuyer): Promise<Buyer> {
  const byRequest = input.requestId === null ? null : await buyerByRequest(ctx.db, input.requestId)
  const byId = input.accountId === null ? null : await buyerById(ctx.db, input.accountId)
  const buyer = byId ?? byRequest
  if (!buyer) throw new Refusal(409, 'account_id_taken', 'The next account id is taken, please try again.')
  return buyer
}

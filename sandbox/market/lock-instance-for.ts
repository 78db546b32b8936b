import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { mayDo } from './instance.ts'
import type { BuyerAction, Instance } from './instance.ts'
import { lockInstance } from './queries.ts'

/** Locks the instance for a buyer's action. Throws Refusal not_found, or not_allowed_now when its state forbids the action. */
export async function lockInstanceFor(ctx: Ctx, action: BuyerAction, instanceId: string): Promise<Instance> {
  const instance = await lockInstance(ctx.db, instanceId)
  if (!instance) throw new Refusal(404, 'not_found', `There is no instance ${instanceId}.`)
  if (mayDo(action, instance)) return instance
  const arrears = instance.inArrearsSince === null ? 'not in arrears' : 'in arrears'
  throw new Refusal(
    409,
    'not_allowed_now',
    `Instance ${instanceId} is ${instance.status} and ${arrears}: ${action} is not possible now.`,
  )
}

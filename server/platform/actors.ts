import { Problem } from '../../contract/problems.ts'
import type { Actor, Ctx } from '../context.ts'

type ActorOf<K extends Actor['kind']> = Extract<Actor, { kind: K }>

/** The actor as an activation browser; the endpoint's access rule has already admitted it. */
export function activationActor(ctx: Ctx): ActorOf<'activation'> {
  if (ctx.actor.kind !== 'activation') throw new Problem('signed_out')
  return ctx.actor
}

export function consoleActor(ctx: Ctx): ActorOf<'console'> {
  if (ctx.actor.kind !== 'console') throw new Problem('signed_out')
  return ctx.actor
}

export function billingActor(ctx: Ctx): ActorOf<'billing'> {
  if (ctx.actor.kind !== 'billing') throw new Problem('signed_out')
  return ctx.actor
}

export function operatorActor(ctx: Ctx): ActorOf<'operator'> {
  if (ctx.actor.kind !== 'operator') throw new Problem('signed_out')
  return ctx.actor
}

export function usageKeyActor(ctx: Ctx): ActorOf<'usage-key'> {
  if (ctx.actor.kind !== 'usage-key') throw new Problem('api_key_wrong')
  return ctx.actor
}

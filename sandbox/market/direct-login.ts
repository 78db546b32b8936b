import { chinaTimeText } from '../clock.ts'
import { Refusal } from '../context.ts'
import type { Ctx } from '../context.ts'
import { spiToken } from '../alibaba/spi-token.ts'
import type { Parameter } from '../alibaba/spi-token.ts'
import { loginAddress } from './instance.ts'
import { instanceById } from './queries.ts'

/**
 * The address behind Direct Login: the vendor's authUrl with `action=verify`, the vendor's instance id, a fresh `timeStamp` (UTC+8)
 * and the token. A query string in authUrl is signed too. `ageMs` and `spoil` make stale and tampered ones for tests.
 * Source: SPI page verify ("免登"). Throws Refusal.
 */
export async function directLogin(
  ctx: Ctx,
  input: { instanceId: string; ageMs?: number; spoil?: 'token' | 'instanceId' },
): Promise<string> {
  const instance = await instanceById(ctx.db, input.instanceId)
  if (!instance) throw new Refusal(404, 'not_found', `There is no instance ${input.instanceId}.`)
  const address = loginAddress(instance)
  if (!address) {
    throw new Refusal(409, 'not_allowed_now', `The vendor has given no login address for instance ${input.instanceId}.`)
  }
  const url = new URL(address)
  const added: Parameter[] = [
    ['action', 'verify'],
    ['instanceId', instance.vendorInstanceId ?? instance.instanceId],
    ['timeStamp', chinaTimeText(new Date(ctx.clock.now().getTime() - (input.ageMs ?? 0)))],
  ]
  const token = spiToken([...url.searchParams.entries(), ...added], ctx.options.spiKey)
  for (const [name, value] of added) url.searchParams.append(name, value)
  url.searchParams.append('token', input.spoil === 'token' ? token.split('').toReversed().join('') : token)
  if (input.spoil === 'instanceId') url.searchParams.set('instanceId', String(Number(instance.instanceId) + 1))
  return url.toString()
}

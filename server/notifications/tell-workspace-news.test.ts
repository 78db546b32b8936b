import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Id, WorkspaceId } from '../../contract/ids.ts'
import { aBillingAccount, aConsoleAccount } from '../../test/people.ts'
import { testServices } from '../../test/services.ts'
import type { TestServices } from '../../test/services.ts'
import { setSettlement } from '../bindings/set-settlement.ts'
import { inTransaction } from '../context.ts'
import type { Ctx } from '../context.ts'
import type { EventKind } from '../events.ts'
import { sendMail } from '../platform/mail/send-mail.ts'
import { record } from '../platform/record.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { endCountdown } from '../workspaces/end-countdown.ts'
import { lockOverdue } from '../workspaces/lock-overdue.ts'
import { startCountdown } from '../workspaces/start-countdown.ts'
import { warnOfDissolution } from '../workspaces/warn-of-dissolution.ts'
import { deliverMail } from './deliver-mail.ts'
import { tellCountdown, tellDissolutionNear } from './tell-workspace-news.ts'

let world: TestServices
let ctx: Ctx
let counter = 0

beforeAll(async () => {
  world = await testServices()
  ctx = world.ctx()
})
afterAll(() => world.close())

interface Told {
  workspaceId: WorkspaceId
  owner: string
  payer: string
}

/** A workspace in the charge of two people who read different languages. */
async function aWorkspace(over: { payerEmail?: string } = {}): Promise<Told> {
  const name = `told${counter++}`
  const owner = await aConsoleAccount(ctx, { username: name, email: `${name}@acme.test`, language: 'zh' })
  const payer = await aBillingAccount(ctx, {
    username: `${name}-pays`,
    email: over.payerEmail ?? `${name}-pays@acme.test`,
    companyName: 'Acme Ltd',
  })
  const workspaceId = await inTransaction(ctx, async (tx) => {
    const { id } = await createWorkspace(tx, { site: 'cn1', name, language: 'en', owner: owner.id, requestKey: null })
    await setSettlement(tx, { workspaceId: id, billingAccountId: payer.id, instance: null })
    return id
  })
  return { workspaceId, owner: owner.email, payer: payer.email }
}

/** The event of a kind about one workspace. */
async function eventOf(kind: EventKind, workspaceId: WorkspaceId): Promise<Id<'event'>> {
  const rows = await world.services.db.selectFrom('events').select(['id', 'about']).where('kind', '=', kind).execute()
  const found = rows.find((row) => row.about['workspaceId'] === workspaceId)
  if (!found) throw new Error(`No ${kind} of ${workspaceId}.`)
  return found.id
}

const newest = (address: string) => world.inbox.to(address).at(-1)

describe('a countdown', () => {
  it('is told to owner and payer, each in their language and with their way out', async () => {
    const { workspaceId, owner, payer } = await aWorkspace()
    await inTransaction(ctx, (tx) => startCountdown(tx, workspaceId, 'instance_released'))
    await world.runJobs()
    expect(newest(owner)?.text).toContain('为该工作空间付费的云市场服务已关闭。')
    expect(newest(owner)?.text).toContain('锁定时间：2026 年 3 月 24 日 12:00（UTC+8）')
    expect(newest(owner)?.text).toContain(`http://purser.test/console/cn1/workspaces/${workspaceId}/plan-and-billing`)
    expect(newest(payer)?.text).toContain('was closed in the cloud marketplace')
    expect(newest(payer)?.text).toContain(`http://purser.test/billing/workspaces/${workspaceId}`)
    expect(newest(payer)?.html).toContain('24 March 2026, 12:00')
    expect(newest(payer)?.headers.get('auto-submitted')).toBe('auto-generated')
  })

  it('is told once, however often its task runs, and once to a person who is both', async () => {
    const email = `both${counter}@acme.test`
    const owner = await aConsoleAccount(ctx, { username: `both${counter++}`, email })
    const payer = await aBillingAccount(ctx, { email: email.toUpperCase() })
    const workspaceId = await inTransaction(ctx, async (tx) => {
      const { id } = await createWorkspace(tx, {
        site: 'cn1',
        name: 'solo',
        language: 'en',
        owner: owner.id,
        requestKey: null,
      })
      await setSettlement(tx, { workspaceId: id, billingAccountId: payer.id, instance: null })
      await startCountdown(tx, id, 'arrears')
      return id
    })
    const eventId = await eventOf('workspace.countdown_started', workspaceId)
    await Promise.all([tellCountdown(ctx, eventId), tellCountdown(ctx, eventId)])
    await world.runJobs()
    expect(world.inbox.to(email)).toHaveLength(1)
    expect(newest(email)?.text).toContain(`/console/cn1/workspaces/${workspaceId}/plan-and-billing`)
  })

  it('that has ended before anybody was told is not told', async () => {
    const { workspaceId, owner } = await aWorkspace()
    await inTransaction(ctx, (tx) => startCountdown(tx, workspaceId, 'instance_suspended'))
    await inTransaction(ctx, (tx) => endCountdown(tx, workspaceId))
    await world.runJobs()
    expect(world.inbox.to(owner).map((mail) => mail.subject)).toEqual([expect.stringContaining('已恢复正常')])
  })

  it('that runs out locks the workspace and says how to unlock it', async () => {
    const { workspaceId, owner, payer } = await aWorkspace()
    await inTransaction(ctx, (tx) => startCountdown(tx, workspaceId, 'instance_released'))
    await world.runJobs()
    world.clock.advance(14 * 86_400_000)
    await lockOverdue(ctx)
    await world.runJobs()
    expect(newest(payer)?.subject).toMatch(/^told\d+ is locked$/)
    expect(newest(payer)?.text).toContain('kept for 30 more days')
    expect(newest(owner)?.text).toContain('继续保留 30 天')
    expect(newest(owner)?.text).toContain('删除时间：2026 年 4 月 23 日 12:00（UTC+8）')
    await inTransaction(ctx, (tx) => endCountdown(tx, workspaceId))
    await world.runJobs()
    expect(newest(payer)?.text).toContain('Who pays: Acme Ltd (Billing Center account')
    expect(newest(payer)?.text).toContain('Billing method: Balance')
  })
})

describe('the end of a locked workspace', () => {
  const day = 86_400_000

  async function aLockedOne(): Promise<Told> {
    const told = await aWorkspace()
    await inTransaction(ctx, (tx) => startCountdown(tx, told.workspaceId, 'arrears'))
    world.clock.advance(14 * day)
    await lockOverdue(ctx)
    await world.runJobs()
    return told
  }

  it('is told 7 days before, to owner and payer, each in their language, once', async () => {
    const { workspaceId, owner, payer } = await aLockedOne()
    world.clock.advance(23 * day - 1)
    await warnOfDissolution(ctx)
    await world.runJobs()
    expect(newest(payer)?.subject).toMatch(/is locked$/)
    world.clock.advance(1)
    await Promise.all([warnOfDissolution(ctx), warnOfDissolution(ctx)])
    await tellDissolutionNear(ctx, await eventOf('workspace.dissolution_near', workspaceId))
    await world.runJobs()
    const about = /will be deleted on|的数据即将删除/
    for (const address of [owner, payer]) {
      expect(world.inbox.to(address).filter(({ subject }) => about.test(subject ?? ''))).toHaveLength(1)
    }
    expect(newest(owner)?.text).toMatch(/删除时间：2026 年 \d+ 月 \d+ 日 12:00（UTC\+8）/)
    expect(newest(owner)?.html).toContain('API 密钥一并失效')
    expect(newest(owner)?.text).toContain(`http://purser.test/console/cn1/workspaces/${workspaceId}/plan-and-billing`)
    expect(newest(payer)?.text).toContain('export it before')
    expect(newest(payer)?.text).toContain(`http://purser.test/billing/workspaces/${workspaceId}`)
  })

  it('is not told where somebody paid before the mail was written', async () => {
    const { workspaceId, payer } = await aLockedOne()
    world.clock.advance(23 * day)
    await warnOfDissolution(ctx)
    await inTransaction(ctx, (tx) => endCountdown(tx, workspaceId))
    await world.runJobs()
    expect(newest(payer)?.subject).toMatch(/is in order again$/)
  })
})

describe('a complete activation', () => {
  it('is told to the owner and the payer: who pays, which workspace, which site', async () => {
    const { workspaceId, owner, payer } = await aWorkspace()
    await inTransaction(ctx, (tx) => record(tx, { kind: 'activation.confirmed', about: { workspaceId } }))
    await world.runJobs()
    expect(newest(payer)?.subject).toMatch(/is ready$/)
    expect(newest(payer)?.text).toContain('Site: China 1 (Hangzhou)')
    expect(newest(owner)?.text).toContain('付费方：Acme Ltd（费用中心账号 ')
  })
})

describe('the outbox', () => {
  async function aMail(recipient: string): Promise<Id<'mail'>> {
    const params = { site: null, username: 'li.wei', at: world.clock.now().toISOString() }
    await inTransaction(ctx, (tx) => sendMail(tx, { template: 'password-changed', recipient, language: 'en', params }))
    const row = await world.services.db
      .selectFrom('mails')
      .select('id')
      .where('recipient', '=', recipient)
      .executeTakeFirstOrThrow()
    return row.id
  }
  const rowOf = (id: Id<'mail'>) =>
    world.services.db.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  it('sends a mail once, however often its task runs', async () => {
    const id = await aMail('once@acme.test')
    await deliverMail(ctx, id)
    await deliverMail(ctx, id)
    expect(world.inbox.to('once@acme.test')).toHaveLength(1)
    expect(newest('once@acme.test')?.messageId).toBe(`<${id}@purser.test>`)
    expect((await rowOf(id)).sent_at).toEqual(world.clock.now())
  })

  it('tries again when the mail server asks to, and gives up when it refuses the address for good', async () => {
    const id = await aMail('slow@acme.test')
    world.inbox.refuseWith(451)
    await expect(deliverMail(ctx, id)).rejects.toThrow()
    expect(await rowOf(id)).toMatchObject({ sent_at: null, refusal: null })
    world.inbox.refuseWith(550)
    await deliverMail(ctx, id)
    expect(await rowOf(id)).toMatchObject({ sent_at: null, refusal: expect.stringContaining('550') })
    world.inbox.refuseWith(null)
    await deliverMail(ctx, id)
    expect(world.inbox.to('slow@acme.test')).toHaveLength(0)
  })

  it('keeps trying while no mail server answers', async () => {
    const id = await aMail('later@acme.test')
    const { config } = world.services
    const unreachable = { ...config, mail: { ...config.mail, smtpUrl: 'smtp://127.0.0.1:1' } }
    await expect(deliverMail({ ...ctx, services: { ...world.services, config: unreachable } }, id)).rejects.toThrow()
    await world.runJobs()
    expect(world.inbox.to('later@acme.test')).toHaveLength(1)
  })

  it('is left alone by a change that was rolled back', async () => {
    const failing = inTransaction(ctx, async (tx) => {
      const params = { site: null, username: 'x', at: tx.now().toISOString() }
      await sendMail(tx, { template: 'password-changed', recipient: 'never@acme.test', language: 'en', params })
      throw new Error('something else failed')
    })
    await expect(failing).rejects.toThrow('something else failed')
    await world.runJobs()
    expect(world.inbox.to('never@acme.test')).toHaveLength(0)
  })
})

import { describe, expect, it } from 'vitest'
import { dueMoments } from './due-moments.ts'
import type { TimedTask } from './task.ts'

const timed = (name: string, crontab: string): TimedTask => ({ task: { name, run: async () => {} }, crontab })
const often = timed('often', '*/5 * * * *')
const daily = timed('daily', '30 16 * * *')
const at = (text: string) => new Date(`2026-03-10T${text}Z`)

describe('what falls due while the clock is advanced', () => {
  it('is each task at its own moments, in order, beginning after the present one', () => {
    const moments = dueMoments([daily, often], at('16:25:00'), at('16:35:30'))
    expect(
      moments.map((one) => [one.at.toISOString().slice(11, 16), one.tasks.map((entry) => entry.task.name)]),
    ).toEqual([
      ['16:30', ['daily', 'often']],
      ['16:35', ['often']],
    ])
  })

  it('is once an hour for frequent tasks in a long advance; nothing rarer is left out', () => {
    const moments = dueMoments([daily, often], at('00:00:00'), new Date('2026-03-12T00:00:00Z'))
    expect(moments.filter((one) => one.tasks.includes(often))).toHaveLength(49)
    expect(moments.filter((one) => one.tasks.includes(daily)).map((one) => one.at.toISOString())).toEqual([
      '2026-03-10T16:30:00.000Z',
      '2026-03-11T16:30:00.000Z',
    ])
  })
})

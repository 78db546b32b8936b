import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import { task } from '../platform/jobs/task.ts'
import type { Task } from '../platform/jobs/task.ts'
import { readEvent } from '../platform/read-event.ts'
import { followInstance } from './follow-instance.ts'

const instanceEvent = z.object({ instanceId: idOf('instance') })

/** Woken by instance.suspended, instance.restored and instance.released. */
export const followInstanceTask = task(
  'bindings.follow-instance',
  z.object({ eventId: idOf('event') }),
  async (ctx, { eventId }) => {
    const event = await readEvent(ctx, eventId)
    await followInstance(ctx, instanceEvent.parse(event.about).instanceId)
  },
)

export const bindingsTasks: readonly Task[] = [followInstanceTask]

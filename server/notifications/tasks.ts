import { z } from 'zod'
import { idOf } from '../../contract/ids.ts'
import { task } from '../platform/jobs/task.ts'
import type { Task } from '../platform/jobs/task.ts'
import { sendMailTaskName } from '../platform/mail/send-mail.ts'
import { deliverMail } from './deliver-mail.ts'
import {
  tellActivated,
  tellCountdown,
  tellCountdownOver,
  tellDissolutionNear,
  tellLocked,
} from './tell-workspace-news.ts'

const anEvent = z.object({ eventId: idOf('event') })

/** Woken by activation.confirmed. */
export const tellActivatedTask = task('notifications.tell-activated', anEvent, (ctx, { eventId }) =>
  tellActivated(ctx, eventId),
)
/** Woken by workspace.countdown_started. */
export const tellCountdownTask = task('notifications.tell-countdown', anEvent, (ctx, { eventId }) =>
  tellCountdown(ctx, eventId),
)
/** Woken by workspace.countdown_ended. */
export const tellCountdownOverTask = task('notifications.tell-countdown-over', anEvent, (ctx, { eventId }) =>
  tellCountdownOver(ctx, eventId),
)
/** Woken by workspace.locked. */
export const tellLockedTask = task('notifications.tell-locked', anEvent, (ctx, { eventId }) => tellLocked(ctx, eventId))
/** Woken by workspace.dissolution_near. */
export const tellDissolutionNearTask = task('notifications.tell-dissolution-near', anEvent, (ctx, { eventId }) =>
  tellDissolutionNear(ctx, eventId),
)
/** Enqueued with every mail of the outbox. */
const sendMailTask = task(sendMailTaskName, z.object({ mailId: idOf('mail') }), (ctx, { mailId }) =>
  deliverMail(ctx, mailId),
)

export const notificationsTasks: readonly Task[] = [
  sendMailTask,
  tellActivatedTask,
  tellCountdownTask,
  tellCountdownOverTask,
  tellLockedTask,
  tellDissolutionNearTask,
]

import type { Db } from '../context.ts'
import type { Parameter } from '../alibaba/spi-token.ts'

export type NotificationState = 'waiting' | 'held' | 'delivered' | 'failed'

export interface Notification {
  id: string
  instanceId: string | null
  action: string
  params: Parameter[]
  state: NotificationState
  attempts: number
  nextAttemptAt: Date
  copyOf: string | null
  createdAt: Date
  settledAt: Date | null
}

const columns = `id, instance_id as "instanceId", action, params, state, attempts, next_attempt_at as "nextAttemptAt",
  copy_of as "copyOf", created_at as "createdAt", settled_at as "settledAt"`

export async function insertNotification(
  db: Db,
  notification: Pick<Notification, 'instanceId' | 'action' | 'params' | 'nextAttemptAt' | 'copyOf' | 'createdAt'> & {
    state: 'waiting' | 'held'
  },
): Promise<Notification> {
  const { rows } = await db.query<Notification>(
    `insert into marketplace_sandbox.notifications (instance_id, action, params, state, next_attempt_at, copy_of, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) returning ${columns}`,
    [
      notification.instanceId,
      notification.action,
      JSON.stringify(notification.params),
      notification.state,
      notification.nextAttemptAt,
      notification.copyOf,
      notification.createdAt,
    ],
  )
  const written = rows[0]
  if (!written) throw new Error('the notification was not written')
  return written
}

export async function notificationById(db: Db, id: string): Promise<Notification | null> {
  const { rows } = await db.query<Notification>(
    `select ${columns} from marketplace_sandbox.notifications where id = $1`,
    [id],
  )
  return rows[0] ?? null
}

export async function lockNotification(db: Db, id: string): Promise<Notification | null> {
  const { rows } = await db.query<Notification>(
    `select ${columns} from marketplace_sandbox.notifications where id = $1 for update`,
    [id],
  )
  return rows[0] ?? null
}

export async function setNotification(
  db: Db,
  id: string,
  change: { state: NotificationState; attempts: number; nextAttemptAt: Date; settledAt: Date | null },
): Promise<void> {
  await db.query(
    `update marketplace_sandbox.notifications set state = $2, attempts = $3, next_attempt_at = $4, settled_at = $5 where id = $1`,
    [id, change.state, change.attempts, change.nextAttemptAt, change.settledAt],
  )
}

/** Newest first; `before` is the last id seen. */
export async function listNotifications(
  db: Db,
  page: { instanceId: string | null; state: NotificationState | null; before: string | null; limit: number },
): Promise<Notification[]> {
  const { rows } = await db.query<Notification>(
    `select ${columns} from marketplace_sandbox.notifications
     where ($1::text is null or instance_id = $1) and ($2::text is null or state = $2) and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [page.instanceId, page.state, page.before, page.limit],
  )
  return rows
}

export interface DueWork {
  kind: 'timer' | 'notification'
  id: string
  dueAt: Date
}

/** Timers and notifications due by `until`, in order of time; at the same instant, timers first, then in the order written. */
export async function dueWork(db: Db, until: Date, limit: number): Promise<DueWork[]> {
  const { rows } = await db.query<DueWork>(
    `select kind, id, due_at as "dueAt" from (
       select 'timer' as kind, 0 as rank, id, due_at from marketplace_sandbox.timers
       union all
       select 'notification', 1, id, next_attempt_at from marketplace_sandbox.notifications where state = 'waiting'
     ) work
     where due_at <= $1 order by due_at, rank, work.id limit $2`,
    [until, limit],
  )
  return rows
}

/** When the next timer or notification is due; null when nothing waits. */
export async function nextDueAt(db: Db): Promise<Date | null> {
  const { rows } = await db.query<{ dueAt: Date | null }>(
    `select least(
       (select min(due_at) from marketplace_sandbox.timers),
       (select min(next_attempt_at) from marketplace_sandbox.notifications where state = 'waiting')) as "dueAt"`,
  )
  return rows[0]?.dueAt ?? null
}

export interface Attempt {
  id: string
  notificationId: string
  number: number
  method: 'GET' | 'POST'
  params: Parameter[]
  startedAt: Date
  durationMs: number | null
  httpStatus: number | null
  answer: string | null
  /** null while the call is under way. */
  outcome: string | null
}

const attemptColumns = `id, notification_id as "notificationId", number, method, params, started_at as "startedAt",
  duration_ms as "durationMs", http_status as "httpStatus", answer, outcome`

export async function insertAttempt(
  db: Db,
  attempt: Pick<Attempt, 'notificationId' | 'number' | 'method' | 'params' | 'startedAt'>,
): Promise<string> {
  const { rows } = await db.query<{ id: string }>(
    `insert into marketplace_sandbox.attempts (notification_id, number, method, params, started_at)
     values ($1, $2, $3, $4, $5) returning id`,
    [attempt.notificationId, attempt.number, attempt.method, JSON.stringify(attempt.params), attempt.startedAt],
  )
  const id = rows[0]?.id
  if (!id) throw new Error('the attempt was not written')
  return id
}

export async function finishAttempt(
  db: Db,
  id: string,
  result: { durationMs: number; httpStatus: number | null; answer: string | null; outcome: string },
): Promise<void> {
  await db.query(
    `update marketplace_sandbox.attempts set duration_ms = $2, http_status = $3, answer = $4, outcome = $5 where id = $1`,
    [id, result.durationMs, result.httpStatus, result.answer, result.outcome],
  )
}

/** Attempts that a killed process left open: nobody knows whether the vendor got them, so they count as not answered. */
export async function closeBrokenAttempts(db: Db): Promise<void> {
  await db.query(`update marketplace_sandbox.attempts set outcome = 'interrupted' where outcome is null`)
}

/** The latest attempts of each of these notifications, newest first, at most `limit` of each. */
export async function attemptsOf(db: Db, notificationIds: readonly string[], limit: number): Promise<Attempt[]> {
  const { rows } = await db.query<Attempt>(
    `select ${attemptColumns} from (
       select *, row_number() over (partition by notification_id order by id desc) as place
       from marketplace_sandbox.attempts where notification_id = any($1::bigint[])
     ) latest where place <= $2 order by id desc`,
    [notificationIds, limit],
  )
  return rows
}

import { Problem } from '../../contract/problems.ts'

/*
 * Group commit: what waits is written together, so that many small calls cost few commits. There is no timer; while a
 * commit is under way the next group gathers by itself.
 */

/** One call's share of a commit; `size` is its number of events. */
export interface Waiting<Request, Result> {
  request: Request
  size: number
  resolve(result: Result): void
  reject(error: unknown): void
}

export interface CommitQueue<Request, Result> {
  /** Resolves once the request is committed. Throws `usage_busy` when too much is waiting. */
  submit(request: Request, size: number): Promise<Result>
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>
}

export interface CommitQueueOptions<Request, Result> {
  /** Writes requests in one transaction and answers for each, in order. */
  write(requests: readonly Request[]): Promise<Result[]>
  /** Events in one commit; a request is never split. */
  eventsPerCommit: number
  commitsAtOnce: number
  /** Events that must be waiting for a commit beside another: a few of them are sooner done by waiting for company. */
  eventsForAnother: number
  /** Events that may wait, beyond those under way. */
  eventsWaiting: number
}

/** A bounded queue in front of `write`. */
export function commitQueue<Request, Result>(
  options: CommitQueueOptions<Request, Result>,
): CommitQueue<Request, Result> {
  let waiting: Waiting<Request, Result>[] = []
  let waitingEvents = 0
  let underWay = 0
  let whenIdle: (() => void)[] = []

  function takeGroup(): Waiting<Request, Result>[] {
    let events = 0
    const fitting = waiting.findIndex((entry) => (events += entry.size) > options.eventsPerCommit)
    const group = fitting === -1 ? waiting : waiting.slice(0, Math.max(1, fitting))
    waiting = waiting.slice(group.length)
    waitingEvents -= group.reduce((sum, entry) => sum + entry.size, 0)
    return group
  }

  function mayCommit(): boolean {
    if (underWay === 0) return waiting.length > 0
    return underWay < options.commitsAtOnce && waitingEvents >= options.eventsForAnother
  }

  function pump(): void {
    while (mayCommit()) {
      underWay += 1
      void commit(takeGroup(), options.write).finally(() => {
        underWay -= 1
        pump()
      })
    }
    if (underWay > 0) return
    for (const resolve of whenIdle) resolve()
    whenIdle = []
  }

  return {
    submit(request, size) {
      if (waitingEvents > 0 && waitingEvents + size > options.eventsWaiting)
        throw new Problem('usage_busy', { seconds: 1 })
      return new Promise((resolve, reject) => {
        waiting.push({ request, size, resolve, reject })
        waitingEvents += size
        pump()
      })
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  }
}

/** Writes a group; when that fails, each request alone, so that one that cannot be written fails nobody else's. */
async function commit<Request, Result>(
  group: readonly Waiting<Request, Result>[],
  write: CommitQueueOptions<Request, Result>['write'],
): Promise<void> {
  try {
    const results = await write(group.map((entry) => entry.request))
    group.forEach((entry, index) => entry.resolve(results[index] as Result))
  } catch (error) {
    const [only, ...others] = group
    if (only && others.length === 0) only.reject(error)
    else for (const entry of group) await commit([entry], write)
  }
}

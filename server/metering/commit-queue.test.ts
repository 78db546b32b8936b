import { expect, test } from 'vitest'
import { commitQueue } from './commit-queue.ts'

/** A writer whose commits end when told. */
function slowWriter() {
  const groups: { requests: readonly string[]; finish(): void }[] = []
  return {
    groups,
    write: (requests: readonly string[]) =>
      new Promise<string[]>((resolve) => {
        groups.push({ requests, finish: () => resolve(requests.map((request) => `${request}!`)) })
      }),
  }
}

/** Lets what follows from an answer happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

const sizes = { eventsPerCommit: 10, commitsAtOnce: 2, eventsForAnother: 1, eventsWaiting: 20 }

test('calls that come while commits are under way are committed together, whole and in order', async () => {
  const writer = slowWriter()
  const queue = commitQueue({ ...sizes, write: writer.write })
  const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => queue.submit(name, 4))
  expect(writer.groups.map(({ requests }) => requests)).toEqual([['a'], ['b']])
  writer.groups[0]?.finish()
  await answers[0]
  await settle()
  expect(writer.groups[2]?.requests).toEqual(['c', 'd'])
  writer.groups[1]?.finish()
  await answers[1]
  await settle()
  expect(writer.groups[3]?.requests).toEqual(['e', 'f'])
  writer.groups[2]?.finish()
  writer.groups[3]?.finish()
  expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!', 'f!'])
  await queue.idle()
})

test('a few small calls wait for the commit under way; as soon as they are many, another begins beside it', async () => {
  const writer = slowWriter()
  const queue = commitQueue({ ...sizes, eventsForAnother: 3, write: writer.write })
  const answers = [queue.submit('a', 1), queue.submit('b', 1), queue.submit('c', 1)]
  expect(writer.groups.map(({ requests }) => requests)).toEqual([['a']])
  answers.push(queue.submit('d', 1))
  expect(writer.groups[1]?.requests).toEqual(['b', 'c', 'd'])
  for (const { finish } of writer.groups) finish()
  expect(await Promise.all(answers)).toEqual(['a!', 'b!', 'c!', 'd!'])
  await queue.idle()
})

test('a call larger than a commit is committed alone, not split', async () => {
  const writer = slowWriter()
  const queue = commitQueue({ ...sizes, commitsAtOnce: 1, write: writer.write })
  const answers = [queue.submit('first', 1), queue.submit('large', 15), queue.submit('small', 1)]
  writer.groups[0]?.finish()
  await answers[0]
  await settle()
  expect(writer.groups[1]?.requests).toEqual(['large'])
  writer.groups[1]?.finish()
  await answers[1]
  await settle()
  writer.groups[2]?.finish()
  expect(await answers[2]).toBe('small!')
})

test('what would wait beyond the bound is refused at once, and taken again when there is room', async () => {
  const writer = slowWriter()
  const queue = commitQueue({ ...sizes, commitsAtOnce: 1, write: writer.write })
  const first = queue.submit('under way', 10)
  const second = queue.submit('waiting', 20)
  expect(() => queue.submit('too much', 1)).toThrow('usage_busy')
  writer.groups[0]?.finish()
  await first
  await settle()
  const third = queue.submit('again', 1)
  writer.groups[1]?.finish()
  await second
  await settle()
  writer.groups[2]?.finish()
  expect(await third).toBe('again!')
})

test('a call that cannot be written fails alone', async () => {
  const queue = commitQueue({
    ...sizes,
    commitsAtOnce: 1,
    write: async (requests: readonly string[]) => {
      if (requests.includes('bad')) throw new Error('broken')
      return requests.map((request) => `${request}!`)
    },
  })
  const answers = ['a', 'b', 'bad', 'c'].map((name) => queue.submit(name, 1))
  const settled = await Promise.allSettled(answers)
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  await queue.idle()
})

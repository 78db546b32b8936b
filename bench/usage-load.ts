import { once } from 'node:events'
import net from 'node:net'
import { performance } from 'node:perf_hooks'

/*
 * Sends usage over plain sockets, one call after the other on each, so that measuring costs the server's machine little.
 */

export interface Load {
  port: number
  token: string
  workspaceIds: readonly string[]
  eventsPerCall: number
  connections: number
  seconds: number
  /** Share of events that repeat an earlier one, 0 to 1. */
  duplicates?: number
}

export interface Measured {
  eventsPerSecond: number
  calls: number
  /** Milliseconds. */
  p50: number
  p99: number
}

const meters = ['logs', 'traces', 'page_views', 'triggers', 'profiles']
let counter = 0
/** The last ten minutes, written once: sending must cost the server's machine little. */
const instants = Array.from({ length: 600 }, (_none, second) => new Date(Date.now() - second * 1000).toISOString())

function event(load: Load): string {
  const fresh = Math.random() >= (load.duplicates ?? 0)
  const number = fresh || counter === 0 ? counter++ : Math.floor(Math.random() * counter)
  // What an event says follows from its number, so that a repeated one says the same.
  const workspaceId = load.workspaceIds[(number * 7919) % load.workspaceIds.length]
  const id = `${((number * 2654435761) % 4294967296).toString(16).padStart(8, '0')}-5c1e-4b7a-9d20-${number.toString(16).padStart(12, '0')}`
  const time = instants[number % instants.length]
  return `{"specversion":"1.0","type":"purser.usage.recorded","source":"bench/collector","id":"${id}","subject":"${workspaceId}","time":"${time}","data":{"meter":"${meters[number % 5]}","quantity":${1 + (number % 1000)}}}`
}

function request(load: Load): Buffer {
  const body = `[${Array.from({ length: load.eventsPerCall }, () => event(load)).join(',')}]`
  return Buffer.from(
    `POST /v1/usage HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${load.token}\r\n` +
      `Content-Type: application/cloudevents-batch+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** Sends for a while; an answer that is not 200 with nothing rejected ends the run. */
export async function sendLoad(load: Load): Promise<Measured> {
  const until = performance.now() + load.seconds * 1000
  const times: number[] = []
  const started = performance.now()
  await Promise.all(Array.from({ length: load.connections }, () => sendOn(load, until, times)))
  const seconds = (performance.now() - started) / 1000
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return {
    eventsPerSecond: (times.length * load.eventsPerCall) / seconds,
    calls: times.length,
    p50: at(0.5),
    p99: at(0.99),
  }
}

async function sendOn(load: Load, until: number, times: number[]): Promise<void> {
  const socket = net.connect(load.port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  let answered: (text: string) => void = () => {}
  let text = ''
  socket.on('data', (part: Buffer) => {
    text += part.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    const length = /content-length: (\d+)/i.exec(text)?.[1]
    if (head < 0 || length === undefined || text.length < head + 4 + Number(length)) return
    const whole = text
    text = ''
    answered(whole)
  })
  while (performance.now() < until) {
    const bytes = request(load)
    const before = performance.now()
    const answer = new Promise<string>((resolve) => (answered = resolve))
    socket.write(bytes)
    const whole = await answer
    times.push(performance.now() - before)
    if (!whole.startsWith('HTTP/1.1 200') || !whole.includes('"rejected":[]')) throw new Error(`Not taken: ${whole}`)
  }
  socket.destroy()
}

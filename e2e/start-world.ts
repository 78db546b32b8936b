import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { worldAddresses } from './addresses.ts'
import { advanceTo } from './clock.ts'
import { prepareCustomers } from './prepared.ts'

const root = path.join(import.meta.dirname, '..')

/**
 * Starts the demo world as `npm start` does, in a folder of its own on free ports; its addresses go to the journeys by environment.
 * Returns what stops it. An address already set (PURSER_URL and so on) means a world that runs elsewhere.
 */
// oxlint-disable-next-line import/no-default-export -- Playwright takes a set-up by its default export
export default async function startWorld(): Promise<() => Promise<void>> {
  if (process.env[worldAddresses.purser]) return async () => {}
  const program = path.join(root, 'dist', 'demo.mjs')
  if (!existsSync(program)) throw new Error('There is no built program to try. Run `npm run build` first.')
  const dataDir = mkdtempSync(path.join(tmpdir(), 'purser-journeys-'))
  const world = spawn(process.execPath, [program], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'warn',
      DATABASE_URL: process.env['JOURNEYS_DATABASE_URL'],
    },
  })
  const log = path.join(root, 'test-results', 'demo-world.log')
  mkdirSync(path.dirname(log), { recursive: true })
  const writing = createWriteStream(log)
  world.stderr?.pipe(writing)
  const stop = async () => {
    await ended(world)
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    const ready = await readyLine(world, (line) => writing.write(`${line}\n`))
    for (const [place, variable] of Object.entries(worldAddresses)) {
      const address = new RegExp(`${place}=(\\S+)`).exec(ready)?.[1]
      if (!address) throw new Error(`The demo world said it is ready without naming ${place}: ${ready}`)
      process.env[variable] = address
    }
    await prepareCustomers()
    // Their addresses had a code just now; a minute later they may have another. In the morning, so that no journey meets a midnight by chance.
    await advanceTo('10:00')
  } catch (error) {
    await stop()
    throw error
  }
  return stop
}

/** The line that says everything runs. The rest of what is printed goes to the log too: at LOG_LEVEL warn that is little. */
function readyLine(world: ChildProcess, keep: (line: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!world.stdout) return reject(new Error('The demo world has no output to read.'))
    const lines = createInterface({ input: world.stdout })
    lines.on('line', (line) => {
      keep(line)
      if (line.startsWith('ready ')) resolve(line)
    })
    world.once('error', reject)
    world.once('exit', (code) =>
      reject(new Error(`The demo world ended (${code}) before it was ready; see test-results/demo-world.log.`)),
    )
  })
}

function ended(world: ChildProcess): Promise<void> {
  if (world.exitCode !== null || world.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    world.once('exit', () => resolve())
    world.kill('SIGINT')
  })
}

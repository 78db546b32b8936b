import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../server/platform/project-root.ts'
import { ordersVariable } from './orders.ts'

/** A program that runs in a process of its own and is killed there. */
export interface MortalProgram<Orders> {
  /** Starts it; resolves with its first word, which it says when it has begun. */
  start(orders: Orders): Promise<Life>
  /** Deletes what was built. */
  remove(): void
}

/** One run of it. */
export interface Life {
  said: string
  /** Resolves when it is over, killed or not. */
  over: Promise<unknown>
  /** Kills it as a power cut would; resolves when it is dead. */
  kill(): Promise<void>
}

/** Builds one of the programs beside this file, named by its file. */
export async function mortalProgram<Orders>(name: string): Promise<MortalProgram<Orders>> {
  const folder = path.join(projectRoot, '.cache', `${name}-${process.pid}`)
  const program = path.join(folder, `${name}.mjs`)
  await build({
    entryPoints: [path.join(projectRoot, 'test', `${name}.ts`)],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return {
    async start(orders) {
      const child = spawn(process.execPath, [program], {
        env: { ...process.env, [ordersVariable]: JSON.stringify(orders) },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const over = once(child, 'exit')
      return { said: await firstWord(child), over, kill: () => kill(child, over) }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function firstWord(child: ChildProcess): Promise<string> {
  const [said] = (await once(child.stdout!, 'data')) as [Buffer]
  return String(said).trim()
}

async function kill(child: ChildProcess, over: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await over
}

// Makes a fresh clone ready: checks Node, installs dependencies when the lock file changed. Node built-ins only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))

/** Ends the program with a sentence when Node is too old, or dependencies cannot be installed. */
export function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Purser needs Node 20.19 or newer; this is ${process.versions.node}.`)
  }
  const stamp = path.join(root, 'node_modules', '.purser-lock')
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  console.log('Installing dependencies (once, and when they change) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const done = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
    // The tests' own tools are dependencies too, whatever the caller's NODE_ENV says.
    env: { ...process.env, NODE_ENV: 'development' },
  })
  if (done.status !== 0) fail('Dependencies could not be installed; npm says why above. Try again when it is mended.')
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, lock)
}

export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

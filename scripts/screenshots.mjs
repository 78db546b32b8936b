// `npm run screenshots`: every screen in English and Chinese, wide and narrow, light and dark, as pictures in screenshots/.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from './build.mjs'
import { root, setUp } from './setup.mjs'

setUp()
await build()
const folder = path.join(root, 'screenshots')
rmSync(folder, { recursive: true, force: true })
const { status } = spawnSync('npx', ['--no-install', 'playwright', 'test', '--config', 'screenshots.config.ts'], {
  cwd: root,
  stdio: ['ignore', 'inherit', 'inherit'],
})
if (status === 0) console.log(`${readdirSync(folder).length} pictures in ${folder}`)
process.exitCode = status ?? 1

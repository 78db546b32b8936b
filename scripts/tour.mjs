// `npm run tour [-- --seed N]`: sets up, builds, and runs the tour; its exit code says whether everything held.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { build } from './build.mjs'
import { root, setUp } from './setup.mjs'

setUp()
await build()
const program = path.join(root, 'dist', 'tour.mjs')
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
process.exitCode = status ?? 1

// `npm run bench -- NAME [flags]`: bundles bench/NAME.ts and runs it.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { bundle } from './build.mjs'
import { fail, root, setUp } from './setup.mjs'

setUp()
const [name = '', ...flags] = process.argv.slice(2)
if (!existsSync(path.join(root, 'bench', `${name}.ts`))) {
  const known = readdirSync(path.join(root, 'bench')).filter((file) => /^[a-z-]+\.ts$/.test(file))
  fail(`Say which: npm run bench -- ${known.map((file) => path.basename(file, '.ts')).join(' | ')}`)
}
await bundle({ [name]: `bench/${name}.ts` }, 'dist/bench')
const done = spawnSync(process.execPath, [path.join(root, 'dist', 'bench', `${name}.mjs`), ...flags], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = done.status ?? 1

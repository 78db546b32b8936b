// `npm run check`: types, lint with the walls between rooms, format. Runs all three and fails if any does.
import { spawnSync } from 'node:child_process'
import { root, setUp } from './setup.mjs'

setUp()
const checks = [
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check', '.'] },
]
const failed = checks.filter(({ name, command }) => {
  console.log(`Checking ${name} …`)
  return spawnSync('npx', ['--no-install', ...command], { cwd: root, stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`Not right: ${failed.map(({ name }) => name).join(', ')}.`)
  process.exitCode = 1
}

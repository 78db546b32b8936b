// `npm run check`: types, lint with the walls between rooms, format. Runs all three and fails if any does.
import { spawnSync } from 'node:child_process'
import { root, setUp } from './setup.mjs'

setUp()
const checks = [
  ['types', ['tsc', '--noEmit']],
  ['lint', ['oxlint', '--type-aware', '--deny-warnings']],
  ['format', ['oxfmt', '--check', '.']],
]
const failed = checks.filter(([name, [program, ...args]]) => {
  console.log(`Checking ${name} …`)
  return spawnSync('npx', ['--no-install', program, ...args], { cwd: root, stdio: 'inherit' }).status !== 0
})
if (failed.length > 0) {
  console.error(`Not right: ${failed.map(([name]) => name).join(', ')}.`)
  process.exitCode = 1
}

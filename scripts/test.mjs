// `npm test`: sets up, builds, runs all tests, then the browser journeys; ends with one line `N passed, N failed`.
// `npm test -- unit [filter]` or `npm test -- e2e [filter]` runs one half.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from './build.mjs'
import { root, setUp } from './setup.mjs'

setUp()
await build()

const [half = 'all', ...filter] = process.argv.slice(2)
const reports = path.join(root, 'test-results')
mkdirSync(reports, { recursive: true })

const runs = []
if (half !== 'e2e') runs.push(runUnit(filter))
if (half !== 'unit') runs.push(runJourneys(filter))

const passed = sum('passed')
const failed = sum('failed')
const skipped = sum('skipped')
// A runner that ended badly without naming a failed test (it could not even start) is a failure all the same.
const broken = runs.filter((run) => run.status !== 0 && run.failed === 0).length
console.log(`${passed} passed, ${failed + broken} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed + broken > 0 || passed === 0 ? 1 : 0

function sum(kind) {
  return runs.reduce((total, run) => total + run[kind], 0)
}

function runUnit(args) {
  const report = freshReport('unit.json')
  const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args])
  const counted = readReport(report)
  return {
    status,
    passed: counted?.numPassedTests ?? 0,
    failed: counted?.numFailedTests ?? 0,
    skipped: counted?.numPendingTests ?? 0,
  }
}

function runJourneys(args) {
  const report = freshReport('journeys.json')
  const status = run('playwright', ['test', '--reporter=list,json', ...args], { PLAYWRIGHT_JSON_OUTPUT_NAME: report })
  const stats = readReport(report)?.stats
  // A test that only passed when tried again has not passed.
  return {
    status,
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  }
}

function run(program, args, env = {}) {
  const done = spawnSync('npx', ['--no-install', program, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  return done.status ?? 1
}

function freshReport(name) {
  const file = path.join(reports, name)
  rmSync(file, { force: true })
  return file
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

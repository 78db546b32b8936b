// Builds what changed since the last build: the pages into dist/web, the programs into dist/*.mjs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { root, setUp } from './setup.mjs'

/** Programs: name in dist/ and where each begins. */
const programs = { purser: 'cli/main.ts', demo: 'demo/main.ts', tour: 'tour/main.ts' }

/** Folders whose change means the pages, or the programs, are built again. */
const pageSources = ['web', 'contract', 'vite.config.ts', 'package-lock.json']
const programSources = [
  'server',
  'contract',
  'sandbox',
  'inbox',
  'demo',
  'tour',
  'cli',
  'scripts/build.mjs',
  'package-lock.json',
]

export async function build() {
  await unlessSame('pages', pageSources, 'dist/web/index.html', buildPages)
  await unlessSame('programs', programSources, 'dist/demo.mjs', () => bundle(existing(programs)))
}

async function unlessSame(name, sources, product, make) {
  const stamp = path.join(root, 'dist', `.${name}`)
  const now = fingerprint(sources)
  if (existsSync(path.join(root, product)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return
  console.error(`Building the ${name} …`)
  await make()
  mkdirSync(path.dirname(stamp), { recursive: true })
  writeFileSync(stamp, now)
}

async function buildPages() {
  const { build: viteBuild } = await import('vite')
  await viteBuild({ configFile: path.join(root, 'vite.config.ts'), logLevel: 'warn' })
}

/** Bundles TypeScript programs; packages stay outside, since some bring binaries of their own. */
export async function bundle(entries, outdir = 'dist') {
  const { build: esbuild, stop } = await import('esbuild')
  await esbuild({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  })
  // Its helper process would live as long as the program we go on to run.
  await stop()
}

function existing(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file))))
}

function fingerprint(sources) {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesBelow(path.join(root, source)))) {
    hash.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(place) {
  if (!existsSync(place)) return []
  if (!statSync(place).isDirectory()) return [place]
  return readdirSync(place, { withFileTypes: true })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => filesBelow(path.join(place, entry.name)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setUp()
  await build()
}

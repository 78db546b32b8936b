import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface BrowserLaunch {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

/** Nothing of the browser's own business: no look-ups, updates or sync while the journeys run. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * How the journeys start their browser: CHROMIUM_PATH, else the system's, else the one that came with the dev dependencies.
 * JOURNEYS_BROWSER=bundled takes that last one even where another is installed.
 */
export async function browserLaunch(): Promise<BrowserLaunch> {
  const named = process.env['CHROMIUM_PATH']
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which is not there.`)
    return { executablePath: named, args: quiet, env: environment() }
  }
  const found = process.env['JOURNEYS_BROWSER'] === 'bundled' ? undefined : installed.find((one) => existsSync(one))
  return found ? { executablePath: found, args: quiet, env: environment() } : unpackedLaunch()
}

function environment(of: NodeJS.ProcessEnv = process.env): Record<string, string> {
  return Object.fromEntries(Object.entries(of).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/**
 * The browser of the package, unpacked once into .cache with the libraries and fonts it wants. The package unpacks into the folder for
 * temporary files, and brings its libraries only where it believes to run on Amazon Linux: both are told to it here.
 */
async function unpackedLaunch(): Promise<BrowserLaunch> {
  const folder = path.join(import.meta.dirname, '..', '.cache', 'chromium')
  mkdirSync(folder, { recursive: true })
  const before = { ...process.env }
  process.env['TMPDIR'] = folder
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs20.x'
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const executablePath = await chromium.executablePath()
    const libraries = path.join(folder, 'al2023', 'lib')
    const env = { ...environment(before), LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: writeFontSettings(folder) }
    return { executablePath, args: [...quiet, '--no-zygote'], env }
  } finally {
    for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME', 'LD_LIBRARY_PATH', 'FONTCONFIG_PATH']) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

/** The package's own settings name folders of Amazon's machines only. Out: where ours were written. */
function writeFontSettings(folder: string): string {
  const directories = [path.join(folder, 'fonts'), '/usr/share/fonts'].map((one) => `<dir>${one}</dir>`).join('')
  const cache = `<cachedir>${path.join(folder, 'fonts-cache')}</cachedir>`
  const file = path.join(folder, 'fonts.conf')
  writeFileSync(file, `<?xml version="1.0"?>\n<fontconfig>${directories}${cache}</fontconfig>\n`)
  return file
}

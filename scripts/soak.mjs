// `npm run soak [-- --kills N]`: kills receivers, closers and senders of usage N times each (20 unless told) and looks whether anything
// is missing or doubled. The tests do the same with a few kills each.
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { fail, root, setUp } from './setup.mjs'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '20' } } })
if (!/^[1-9]\d{0,3}$/.test(values.kills)) fail(`--kills ${values.kills}: must be a whole number from 1 to 9999.`)
setUp()
console.log(`Killing ${values.kills} receivers, ${values.kills} closers and ${values.kills} senders …`)
const { status } = spawnSync(
  'npx',
  [
    '--no-install',
    'vitest',
    'run',
    'server/metering/killed-receiver',
    'server/bills/killed-closer',
    'server/settlement/killed-sender',
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, KILLS: values.kills } },
)
process.exitCode = status ?? 1

import { parseArgs } from 'node:util'
import { ConfigError } from './config.ts'
import { UnknownCommandError, readCommand } from './read-command.ts'
import { NewerSchemaError } from './platform/db/migrate.ts'
import { migrateToLatest } from './platform/db/migrate-to-latest.ts'
import { connectionOf } from './platform/db/open-database.ts'
import { readConfig } from './read-config.ts'
import { startPurser } from './start.ts'

const { positionals } = parseArgs({ allowPositionals: true })

try {
  const command = readCommand(positionals[0])
  const config = readConfig(process.env)
  if (command === 'migrate') {
    const applied = await migrateToLatest(connectionOf(config.database))
    console.log(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
  } else {
    const purser = await startPurser({ config, roles: command === 'all' ? ['api', 'worker'] : [command] })
    console.log(`ready  purser=${config.publicUrl}`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void purser.close())
  }
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NewerSchemaError || error instanceof UnknownCommandError))
    throw error
  console.error(error.message)
  process.exitCode = 1
}

import { migrateToLatest } from '../server/platform/db/migrate-to-latest.ts'
import { connectionOf } from '../server/platform/db/open-database.ts'
import { readConfig } from '../server/read-config.ts'
import { startPurser } from '../server/start.ts'
import type { Terminal } from './terminal.ts'

/** Runs Purser until it is told to stop: both halves, or one of them. Throws ConfigError when it must not start. */
export async function serve({ env, say }: Terminal, role: 'all' | 'api' | 'worker'): Promise<void> {
  const config = readConfig(env)
  const purser = await startPurser({ config, roles: role === 'all' ? ['api', 'worker'] : [role] })
  say(`ready  purser=${config.publicUrl}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void purser.close())
}

/** Brings the database up to date and ends. */
export async function migrate({ env, say }: Terminal): Promise<void> {
  const applied = await migrateToLatest(connectionOf(readConfig(env).database))
  say(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
}

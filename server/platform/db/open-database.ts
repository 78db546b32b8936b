import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Config } from '../../config.ts'
import type { Database } from '../../database.ts'

// Counts and sums arrive as bigint text; every one of ours fits a double's integer range. Numeric (money) stays text. Set for
// our own connections only: other users of `pg` in this process (the sandbox in the demo world) read bigints their own way.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text))

export interface OpenDatabase {
  db: Kysely<Database>
  pool: pg.Pool
}

/** Connection settings for `pg` from our config. */
export function connectionOf(database: Config['database']): pg.PoolConfig {
  return 'url' in database ? { connectionString: database.url } : database
}

/** Opens the pool and kysely over it. */
export function openDatabase(connection: pg.PoolConfig, connectionsMax = 12): OpenDatabase {
  const pool = new pg.Pool({ max: connectionsMax, types, ...connection })
  // A broken idle connection is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // The same for one in use: its query rejects, which is how whoever uses it hears of it.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('connect', planNamedOnce)
  return { pool, db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }) }
}

const named = /^\s*\/\* planned once: ([a-z.-]+) \*\//

/**
 * A statement that begins with the comment `planned once: NAME` is parsed and planned once per connection and kept under that name. For
 * large statements that run often on little: planning those takes longer than running them.
 */
function planNamedOnce(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (first: unknown, ...rest: unknown[]) => unknown
  const planning = (first: unknown, ...rest: unknown[]) => {
    const name = typeof first === 'string' ? named.exec(first)?.[1] : undefined
    return name === undefined ? query(first, ...rest) : query({ name, text: first, values: rest[0] })
  }
  client.query = planning as typeof client.query
}

import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../server/platform/db/embedded.ts'
import { migrateToLatest } from '../server/platform/db/migrate-to-latest.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: { host: string; port: number; user: string; template: string }
  }
}

/** One cluster per run, without fsync; one migrated template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'purser-test-'))
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } })
  const client = new pg.Client(postgres.connection)
  await client.connect()
  await client.query('create database template_purser')
  await client.end()
  await migrateToLatest({ ...postgres.connection, database: 'template_purser' })
  const { host, port, user } = postgres.connection
  project.provide('postgres', { host, port, user, template: 'template_purser' })
  return async () => {
    await postgres.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

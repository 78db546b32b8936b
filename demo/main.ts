import { z } from 'zod'
import { NewerSchemaError } from '../server/platform/db/migrate.ts'
import { EmbeddedPostgresError } from '../server/platform/db/embedded.ts'
import { FolderInUseError } from './lock-folder.ts'
import { PortTakenError, startDemo } from './start-demo.ts'

const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_532).default(4500),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')
    .optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
})

async function main(): Promise<void> {
  const parsed = environment.safeParse(process.env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    console.error(`The demo world cannot start, please check these settings:\n${lines.join('\n')}`)
    process.exitCode = 1
    return
  }
  const { PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL } = parsed.data
  // Asked to stop while still starting, it stops as soon as it has started.
  const stopAsked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  const demo = await startDemo({
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL ?? null,
    logLevel: LOG_LEVEL,
    pastDays: 7,
    say: (sentence) => console.log(sentence),
  })
  console.log(`
  Purser, the demo world

    Start here      ${demo.purser}/
    Marketplace     ${demo.sandbox}
    Inbox           ${demo.inbox}

  Stop with Ctrl-C; everything is kept in ${DATABASE_URL ? 'your database' : DATA_DIR}.
`)
  console.log(`ready  purser=${demo.purser}  sandbox=${demo.sandbox}  inbox=${demo.inbox}`)
  await stopAsked
  await demo.close()
}

main().catch((error: unknown) => {
  const foreseen = [PortTakenError, FolderInUseError, EmbeddedPostgresError, NewerSchemaError].some(
    (kind) => error instanceof kind,
  )
  console.error(foreseen && error instanceof Error ? error.message : error)
  process.exitCode = 1
})

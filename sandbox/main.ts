import { readFileSync } from 'node:fs'
import { pino } from 'pino'
import { z } from 'zod'
import { productSchema } from './options.ts'
import { startSandbox } from './start-sandbox.ts'

const environment = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  SPI_URL: z.url(),
  SPI_KEY: z.string().min(1),
  ACCESS_KEY_ID: z.string().min(1),
  ACCESS_KEY_SECRET: z.string().min(1),
  VENDOR_NAME: z.string().min(1),
  /** A JSON file with the array of products. */
  PRODUCTS_FILE: z.string().min(1),
  RETRY_INTERVAL_MS: z.coerce.number().int().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Runs the sandbox alone, from environment variables; see README.md. */
async function main(): Promise<void> {
  const parsed = environment.safeParse(process.env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The marketplace sandbox cannot start, please check these settings:\n${lines.join('\n')}`)
  }
  const env = parsed.data
  const log = pino({ level: env.LOG_LEVEL })
  const sandbox = await startSandbox({
    database: env.DATABASE_URL,
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL,
    spiUrl: env.SPI_URL,
    spiKey: env.SPI_KEY,
    accessKey: { id: env.ACCESS_KEY_ID, secret: env.ACCESS_KEY_SECRET },
    vendorName: env.VENDOR_NAME,
    products: z.array(productSchema).parse(JSON.parse(readFileSync(env.PRODUCTS_FILE, 'utf8'))),
    ...(env.RETRY_INTERVAL_MS === undefined ? {} : { retryIntervalMs: env.RETRY_INTERVAL_MS }),
    log,
  })
  process.stdout.write(`ready ${sandbox.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      sandbox.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { alibabaSettingsSchema, catalogueSchema, ConfigError, refusePretence } from './config.ts'
import type { Catalogue, Config } from './config.ts'

const environment = z.object({
  PURSER_MODE: z.enum(['production', 'sandbox']).default('production'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4500),
  HOST: z.string().default('0.0.0.0'),
  PUBLIC_URL: z.url(),
  PURSER_SECRET: z.string().min(32, 'must have at least 32 characters'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://'),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://'),
  MAIL_FROM: z.string().min(3),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  PURSER_CONFIG: z.string().min(1),
  ALIBABA_SPI_KEYS: z.string().optional(),
  ALIBABA_ACCESS_KEY_ID: z.string().optional(),
  ALIBABA_ACCESS_KEY_SECRET: z.string().optional(),
  ALIBABA_ENDPOINT: z.string().optional(),
  ALIBABA_PROTOCOL: z.enum(['https', 'http']).optional(),
})

/** Reads the environment and the catalogue file into a Config. Throws ConfigError with one sentence per wrong setting. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = environment.safeParse(env)
  if (!parsed.success) throw new ConfigError(describe('Purser cannot start, please check these settings', parsed.error))
  const settings = parsed.data
  const config: Config = {
    mode: settings.PURSER_MODE,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL.replace(/\/$/, ''),
    secret: settings.PURSER_SECRET,
    database: { url: settings.DATABASE_URL },
    mail: { smtpUrl: settings.SMTP_URL, from: settings.MAIL_FROM },
    logLevel: settings.LOG_LEVEL,
    catalogue: readCatalogue(settings.PURSER_CONFIG),
    marketplaces: { alibaba: readAlibaba(settings) },
  }
  refusePretence(config)
  return config
}

function readCatalogue(file: string): Catalogue {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new ConfigError(`PURSER_CONFIG names ${file}, which cannot be read.`)
  }
  const parsed = catalogueSchema.safeParse(JSON.parse(text))
  if (!parsed.success) throw new ConfigError(describe(`The catalogue ${file} is not right`, parsed.error))
  return parsed.data
}

function readAlibaba(settings: z.output<typeof environment>): Config['marketplaces']['alibaba'] {
  if (!settings.ALIBABA_SPI_KEYS) return null
  const parsed = alibabaSettingsSchema.safeParse({
    spiKeys: settings.ALIBABA_SPI_KEYS.split(',').map((key) => key.trim()),
    accessKeyId: settings.ALIBABA_ACCESS_KEY_ID ?? null,
    accessKeySecret: settings.ALIBABA_ACCESS_KEY_SECRET ?? null,
    endpoint: settings.ALIBABA_ENDPOINT,
    protocol: settings.ALIBABA_PROTOCOL,
  })
  if (!parsed.success) throw new ConfigError(describe('The ALIBABA_… settings are not right', parsed.error))
  return parsed.data
}

function describe(start: string, error: z.ZodError): string {
  return `${start}:\n${error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`
}

import { CommanderError } from 'commander'
import { ConfigError } from '../server/config.ts'
import { NewerSchemaError } from '../server/platform/db/migrate.ts'
import { createProgram } from './program.ts'
import { Refused } from './terminal.ts'

const terminal = {
  env: process.env,
  say: (text: string) => console.log(text),
  complain: (text: string) => console.error(text),
}

try {
  await createProgram(terminal).parseAsync(process.argv)
} catch (error) {
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1
  if (error instanceof ConfigError || error instanceof NewerSchemaError || error instanceof Refused) {
    console.error(error.message)
  } else if (!(error instanceof CommanderError)) throw error
}

import { Command } from 'commander'
import { advance, showClock } from './clock.ts'
import { createVendorKey, listVendorKeys, revokeVendorKey } from './keys.ts'
import { addOperatorNamed, disableOperatorNamed, enableOperatorNamed, resetPasswordOf } from './operators.ts'
import { applyPrices, diffPrices, showPrices } from './prices.ts'
import { migrate, serve } from './serve.ts'
import type { Terminal } from './terminal.ts'

/** The whole program: every word `purser` knows. Without a word it runs both halves of the server. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('purser')
    .description('The centre for selling a usage-billed SaaS through cloud marketplaces')
    .configureOutput({
      writeOut: (text) => terminal.say(text.trimEnd()),
      writeErr: (text) => terminal.complain(text.trimEnd()),
    })
    .exitOverride()
  program
    .command('all', { isDefault: true })
    .description('run the server: API, pages and background work')
    .allowExcessArguments(false)
    .action(() => serve(terminal, 'all'))
  for (const role of ['api', 'worker'] as const) {
    program
      .command(role)
      .description(role === 'api' ? 'run the API and pages only' : 'run background work only')
      .action(() => serve(terminal, role))
  }
  program
    .command('migrate')
    .description('bring the database up to date and end')
    .action(() => migrate(terminal))
  addPrices(program, terminal)
  addOperators(program, terminal)
  addKeys(program, terminal)
  addClock(program, terminal)
  return program
}

function addPrices(program: Command, terminal: Terminal): void {
  const prices = program.command('prices').description('price books, with the settings and the database of the server')
  prices
    .command('show')
    .description('print a price book as a file to edit, or the names of all')
    .argument('[book]', 'such as CN-CNY')
    .action((book: string | undefined) => showPrices(terminal, book))
  prices
    .command('diff')
    .description('say what an edited price book would change')
    .argument('<file>')
    .action((file: string) => diffPrices(terminal, file))
  prices
    .command('apply')
    .description('add the new versions of an edited price book')
    .argument('<file>')
    .action((file: string) => applyPrices(terminal, file))
}

function addOperators(program: Command, terminal: Terminal): void {
  const operator = program
    .command('operator')
    .description('who works at the operator desk; passwords come from OPERATOR_PASSWORD, or are made up and said once')
  operator
    .command('add')
    .description('add somebody')
    .argument('<username>')
    .option('--name <name>', 'what they are called; the username without it')
    .action((username: string, { name }: { name?: string }) => addOperatorNamed(terminal, username, name))
  operator
    .command('password')
    .description('give somebody a new password and sign them out everywhere')
    .argument('<username>')
    .action((username: string) => resetPasswordOf(terminal, username))
  operator
    .command('disable')
    .description('bar somebody at once; the audit keeps their name')
    .argument('<username>')
    .action((username: string) => disableOperatorNamed(terminal, username))
  operator
    .command('enable')
    .description('let somebody in again')
    .argument('<username>')
    .action((username: string) => enableOperatorNamed(terminal, username))
}

function addKeys(program: Command, terminal: Terminal): void {
  const keys = program.command('keys').description('API keys of the vendor, who reports usage for all workspaces')
  keys
    .command('create')
    .description('make a key; its token is said once')
    .argument('<name>', 'where it will be used')
    .action((name: string) => createVendorKey(terminal, name))
  keys
    .command('list')
    .description('list the keys that work')
    .action(() => listVendorKeys(terminal))
  keys
    .command('revoke')
    .description('end a key')
    .argument('<id>')
    .action((id: string) => revokeVendorKey(terminal, id))
}

function addClock(program: Command, terminal: Terminal): void {
  const address = terminal.env['PUBLIC_URL'] ?? 'http://127.0.0.1:4500'
  const clock = program.command('clock').description('the test clock of a sandbox')
  clock
    .command('show')
    .description('say where it stands')
    .option('--url <url>', 'where the sandbox is reached', address)
    .action(({ url }: { url: string }) => showClock(terminal, url))
  clock
    .command('advance')
    .description('move it ahead; what falls due on the way is done in order')
    .argument('<duration>', 'such as 90s, 15m, 36h, 2d or 1w')
    .option('--url <url>', 'where the sandbox is reached', address)
    .action((duration: string, { url }: { url: string }) => advance(terminal, url, duration))
}

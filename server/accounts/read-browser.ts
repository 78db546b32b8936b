import type { z } from 'zod'
import type { ConsoleAccount, readSession as readSessionEndpoint } from '../../contract/identity.ts'
import type { Ctx } from '../context.ts'
import { readConsoleAccount, readOperator } from '../identity/find-account.ts'
import { presentConsoleAccount } from '../identity/present-console-account.ts'
import { findBillingSession, findConsoleSession, findOperatorSession } from '../identity/find-session.ts'
import { presentOperator } from '../identity/present-operator.ts'
import type { TokenOf } from '../identity/find-session.ts'
import { presentBillingAccount } from './present-billing-account.ts'

type Session = z.input<typeof readSessionEndpoint.response>

/** Brand, sites, terms and who a browser is in each realm; `tokenOf` reads its cookies. */
export async function readBrowser(ctx: Ctx, browser: { tokenOf: TokenOf; holdsActivation: boolean }): Promise<Session> {
  const { catalogue, mode } = ctx.services.config
  const billing = await findBillingSession(ctx, browser.tokenOf)
  return {
    brand: catalogue.brand,
    mode,
    terms: catalogue.terms,
    sites: catalogue.sites.map(({ code, name, timeZone, currency }) => ({ code, name, timeZone, currency })),
    marketplaces: [...new Set(catalogue.products.map((product) => product.marketplace))].map((code) => ({
      code,
      productUrl:
        catalogue.products.find((product) => product.marketplace === code && product.url !== null)?.url ?? null,
    })),
    now: ctx.now().toISOString(),
    console: await consoleAccountsOf(ctx, browser.tokenOf),
    billing: billing ? await presentBillingAccount(ctx, billing.accountId) : null,
    operator: await operatorOf(ctx, browser.tokenOf),
    activation: browser.holdsActivation,
  }
}

async function operatorOf(ctx: Ctx, tokenOf: TokenOf): Promise<Session['operator']> {
  const session = await findOperatorSession(ctx, tokenOf)
  return session ? presentOperator(await readOperator(ctx, session.operatorId)) : null
}

/** One for each site this browser is signed in to, in the catalogue's order. */
async function consoleAccountsOf(ctx: Ctx, tokenOf: TokenOf): Promise<ConsoleAccount[]> {
  const accounts: ConsoleAccount[] = []
  for (const site of ctx.services.config.catalogue.sites) {
    const session = await findConsoleSession(ctx, tokenOf, site.code)
    if (session) accounts.push(presentConsoleAccount(await readConsoleAccount(ctx, session.accountId)))
  }
  return accounts
}

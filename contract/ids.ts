import { z } from 'zod'

/** The kinds of thing that carry an id, and the prefix that tells them apart in a log or a URL. */
export const idPrefixes = {
  activation: 'actv',
  activationBrowser: 'brws',
  apiKey: 'pkey',
  audit: 'audt',
  billingAccount: 'bact',
  cloudAccount: 'clac',
  code: 'code',
  consoleAccount: 'acnt',
  dailyBill: 'bill',
  billLine: 'line',
  difference: 'diff',
  event: 'evnt',
  handoff: 'hand',
  instance: 'inst',
  ledgerTransaction: 'ltxn',
  mail: 'mail',
  monthlyBill: 'mbil',
  notification: 'notf',
  operator: 'oper',
  prepaidCard: 'card',
  push: 'push',
  session: 'sess',
  topUp: 'topu',
  usageRecord: 'urec',
  voucher: 'vchr',
  workspace: 'wksp',
} as const

export type IdKind = keyof typeof idPrefixes

declare const brand: unique symbol
/** An id that knows its kind, in the value (`wksp_…`) and in the type. */
export type Id<K extends IdKind> = string & { readonly [brand]: K }

export type ActivationId = Id<'activation'>
export type BillingAccountId = Id<'billingAccount'>
export type CloudAccountId = Id<'cloudAccount'>
export type ConsoleAccountId = Id<'consoleAccount'>
export type InstanceId = Id<'instance'>
export type OperatorId = Id<'operator'>
export type WorkspaceId = Id<'workspace'>

/** Mints an id: prefix, underscore, 32 hex digits from the platform's secure random source. */
export function newId<K extends IdKind>(kind: K): Id<K> {
  return `${idPrefixes[kind]}_${crypto.randomUUID().replaceAll('-', '')}` as Id<K>
}

/** A schema for ids of one kind; anything else is refused with words that name the expected form. */
export function idOf<K extends IdKind>(kind: K) {
  const prefix = idPrefixes[kind]
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9a-f]{32}$`), `must look like ${prefix}_ followed by 32 hex digits`)
    .transform((text) => text as Id<K>)
}

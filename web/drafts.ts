/**
 * What was typed and not yet sent, so that going back and forth keeps it. In memory only, and never a password or a code: the callers
 * name the fields to keep.
 */
const drafts = new Map<string, Record<string, unknown>>()

/** Values to begin a form with: what was typed here before, else `initial`. */
export function draftOr<Values extends Record<string, unknown>>(key: string, initial: Values): Values {
  return { ...initial, ...(drafts.get(key) as Partial<Values> | undefined) }
}

/** Keeps the named fields of a form. */
export function keepDraft<Values extends Record<string, unknown>>(
  key: string,
  values: Values,
  fields: readonly (keyof Values & string)[],
): void {
  drafts.set(key, Object.fromEntries(fields.map((field) => [field, values[field]])))
}

/** Forgets what was typed here; when it has been sent. */
export function dropDraft(key: string): void {
  drafts.delete(key)
}

/** Forgets every draft; when the person starts over. */
export function forgetDrafts(): void {
  drafts.clear()
}

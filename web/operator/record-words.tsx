import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry, OperatorRecord } from '../../contract/operator.ts'
import { idPrefixes } from '../../contract/ids.ts'
import { recordKinds } from '../../contract/operator.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'

/** What happened, in the reader's words; the event's own name where the catalogue does not know it. */
export function useEventWords(): (what: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (what) => {
      const words: Record<string, string> = t('records.events', { returnObjects: true })
      return words[what.replace('.', '_')] ?? what
    },
    [t],
  )
}

/** A value that is one of our words, said in the reader's. */
export function useValueWords(): (value: string) => string {
  const { t } = useTranslation()
  return useCallback(
    (value) => {
      const words: Record<string, string> = {
        ...t('operator.pushStates', { returnObjects: true }),
        ...t('records.values', { returnObjects: true }),
      }
      return words[value] ?? value
    },
    [t],
  )
}

/** What tells a record from others of its name: our words in it are said in the reader's. */
export function useAboutWords(): (about: string) => string {
  const words = useValueWords()
  return useCallback((about) => about.split(' · ').map(words).join(' · '), [words])
}

/** One fact of a record as it is read: an instant, an id to copy, a word, or what people typed. */
export function FactValue({ fact }: { fact: OperatorRecord['facts'][number] }) {
  const { t } = useTranslation()
  const words = useValueWords()
  switch (fact.is) {
    case 'instant':
      return <When instant={fact.value} />
    case 'ref':
      return <CopyableId value={fact.value} what={t(`records.facts.${fact.name}`)} />
    case 'code':
      return words(fact.value)
    case 'text':
      return fact.value
  }
}

/** Who made a change: their name where there is one, else what kind of actor it was. */
export function Doer({ by }: { by: AuditEntry['by'] }) {
  const { t } = useTranslation()
  const kinds: Record<string, string> = t('records.actors', { returnObjects: true })
  const kind = kinds[by.kind] ?? by.kind
  const words = by.name ? `${by.name} · ${kind}` : by.kind === 'system' && by.id ? `${kind} · ${by.id}` : kind
  return by.id && isRecord(by.id) ? <TextLink to={paths.operator.record(by.id)}>{words}</TextLink> : words
}

/** The records a change concerns, each a link; not the one whose page this is. */
export function Concerns({ entry, except }: { entry: AuditEntry; except?: string }) {
  const { t } = useTranslation()
  const linked = Object.values(entry.about).filter((id) => id !== except && isRecord(id))
  if (linked.length === 0) return '–'
  return linked.map((id, at) => {
    const kind = recordKinds.find((each) => id.startsWith(`${idPrefixes[each]}_`))
    return (
      <span key={id}>
        {at > 0 ? ', ' : null}
        <TextLink to={paths.operator.record(id)}>{kind ? t(`records.kinds.${kind}`) : id}</TextLink>
      </span>
    )
  })
}

/** What else is known of a change, name by name. */
export function detailInWords(detail: AuditEntry['detail']): string {
  const said = Object.entries(detail)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name}: ${String(value)}`)
  return said.length > 0 ? said.join(' · ') : '–'
}

function isRecord(id: string): boolean {
  return recordKinds.some((kind) => id.startsWith(`${idPrefixes[kind]}_`))
}

import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../contract/operator.ts'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { When } from '../parts/When.tsx'
import { Concerns, detailInWords, Doer, useEventWords } from './record-words.tsx'
import classes from './AuditTable.module.css'

interface Props {
  label: string
  pages: ComponentProps<typeof ListTable<AuditEntry>>['pages']
  /** The record whose page this is: it is not named in every row. */
  except?: string
  emptyTitle: string
  empty: string
}

/** Changes, latest first: what happened, when, by whom, to what. */
export function AuditTable({ label, pages, except, emptyTitle, empty }: Props) {
  const { t } = useTranslation()
  const words = useEventWords()
  return (
    <ListTable
      label={label}
      pages={pages}
      rowKey={(entry) => entry.id}
      columns={[
        { name: t('records.audit.what'), cell: (entry) => words(entry.what) },
        { name: t('records.audit.when'), onCard: true, cell: (entry) => <When instant={entry.at} /> },
        { name: t('records.audit.who'), onCard: true, cell: (entry) => <Doer by={entry.by} /> },
        {
          name: t('records.audit.about'),
          onCard: true,
          cell: (entry) => <Concerns entry={entry} {...(except !== undefined && { except })} />,
        },
        {
          name: t('records.audit.detail'),
          cell: (entry) => <span className={classes['detail']}>{detailInWords(entry.detail)}</span>,
        },
      ]}
      empty={<EmptyState title={emptyTitle}>{empty}</EmptyState>}
    />
  )
}

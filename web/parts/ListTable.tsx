import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { askPages } from '../api.ts'
import { ErrorState } from './ErrorState.tsx'
import classes from './ListTable.module.css'
import { ListSkeleton } from './Skeletons.tsx'

/** One column. Numbers stand right; on narrow screens a card shows the first column as its title and those marked `onCard`. */
export interface Column<Item> {
  name: string
  /** Said in the header, so that cells hold figures only. */
  unit?: string
  align?: 'left' | 'right'
  onCard?: boolean
  cell: (item: Item) => ReactNode
}

interface Props<Item> {
  /** Names the table for those who cannot see it. */
  label: string
  /** `askPages(listSomething, { query })` */
  pages: ReturnType<typeof askPages<never, never, never, Item>>
  columns: readonly Column<Item>[]
  rowKey: (item: Item) => string
  /** Where a row leads; the first cell becomes the link and the whole row is its target. */
  rowPath?: (item: Item) => string
  empty: ReactNode
}

/** A list as the server pages it: skeleton, empty, error and more; a table on wide screens, cards on narrow ones. */
export function ListTable<Item>({ label, pages, columns, rowKey, rowPath, empty }: Props<Item>) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(pages)
  if (query.isPending) return <ListSkeleton />
  if (!query.data) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <>{empty}</>
  return (
    <div>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" data-align={column.align}>
                {column.name}
                {column.unit ? <span className={classes['unit']}> {column.unit}</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={rowKey(item)} data-opens={rowPath !== undefined}>
              {columns.map((column, at) => (
                <td
                  key={column.name}
                  data-align={column.align}
                  data-card={at === 0 ? 'title' : column.onCard ? 'fact' : 'none'}
                  className={column.align === 'right' ? 'figures' : undefined}
                >
                  <span className={classes['cardName']}>{at === 0 ? null : column.name}</span>
                  {at === 0 && rowPath ? (
                    <Link to={rowPath(item)} className={classes['open']}>
                      {column.cell(item)}
                    </Link>
                  ) : (
                    <span className={classes['cell']}>{column.cell(item)}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {query.isFetchNextPageError ? (
        <div style={{ marginTop: 12 }}>
          <ErrorState problem={query.error} onRetry={() => void query.fetchNextPage()} />
        </div>
      ) : null}
      {query.hasNextPage && !query.isFetchNextPageError ? (
        <Button mt={12} variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('parts.more')}
        </Button>
      ) : null}
    </div>
  )
}

import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { askPages } from '../api.ts'
import { ErrorState } from './ErrorState.tsx'
import { type Column, ItemTable } from './ItemTable.tsx'
import { ListSkeleton } from './Skeletons.tsx'

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
      <ItemTable label={label} items={items} columns={columns} rowKey={rowKey} rowPath={rowPath} />
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

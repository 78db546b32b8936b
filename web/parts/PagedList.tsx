import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { askPages } from '../api.ts'
import { ErrorState } from './ErrorState.tsx'
import classes from './PagedList.module.css'
import { ListSkeleton } from './Skeletons.tsx'

interface Props<Item> {
  /** Names the list for those who cannot see it. */
  label: string
  /** `askPages(listSomething, { query })` */
  pages: ReturnType<typeof askPages<never, never, never, Item>>
  itemKey: (item: Item) => string
  /** One item, as an `li`. */
  children: (item: Item) => ReactNode
  empty: ReactNode
}

/** A list as the server pages it, where a table has no room: skeleton, empty, error and more. */
export function PagedList<Item>({ label, pages, itemKey, children, empty }: Props<Item>) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(pages)
  if (query.isPending) return <ListSkeleton rows={2} />
  if (!query.data) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  const items = query.data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <>{empty}</>
  return (
    <>
      <ul className={classes['list']} aria-label={label}>
        {items.map((item) => (
          <Fragment key={itemKey(item)}>{children(item)}</Fragment>
        ))}
      </ul>
      {query.isFetchNextPageError ? (
        <div className={classes['after']}>
          <ErrorState problem={query.error} onRetry={() => void query.fetchNextPage()} />
        </div>
      ) : null}
      {query.hasNextPage && !query.isFetchNextPageError ? (
        <Button
          size="sm"
          variant="default"
          className={classes['after'] ?? ''}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('parts.more')}
        </Button>
      ) : null}
    </>
  )
}

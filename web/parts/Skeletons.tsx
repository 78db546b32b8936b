import { Skeleton } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CardColumns } from './CardColumns.tsx'

/** Shows its children only after 150 ms, so that a quick answer never flashes a skeleton. */
export function Patient({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [waited, setWaited] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), 150)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true">
      <output className="sr-only">{waited ? t('parts.loading') : ''}</output>
      {waited ? children : null}
    </div>
  )
}

/** Shape of a page with a title and a form. */
export function FormSkeleton({ fields = 3 }: { fields?: number }) {
  return (
    <Patient>
      <Skeleton height={34} width="60%" mb={12} />
      <Skeleton height={14} width="90%" mb={32} />
      {Array.from({ length: fields }, (_, at) => (
        <div key={at} style={{ marginBottom: 24 }}>
          <Skeleton height={14} width={120} mb={8} />
          <Skeleton height={40} />
        </div>
      ))}
      <Skeleton height={40} width={120} />
    </Patient>
  )
}

/** Shape of a list. */
export function ListSkeleton({ rows = 4 }: { rows?: number }) {
  return (
    <Patient>
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} height={44} mb={8} />
      ))}
    </Patient>
  )
}

/** Shape of cards side by side, below a title that stands already. */
export function CardsSkeleton({ cards = 2 }: { cards?: number }) {
  return (
    <Patient>
      <CardColumns>
        {Array.from({ length: cards }, (_, at) => (
          <Skeleton key={at} height={200} />
        ))}
      </CardColumns>
    </Patient>
  )
}

/** Shape of a page with a title and cards. */
export function PageSkeleton({ cards = 2 }: { cards?: number }) {
  return (
    <Patient>
      <Skeleton height={34} width={280} mb={24} />
      {Array.from({ length: cards }, (_, at) => (
        <Skeleton key={at} height={140} mb={24} />
      ))}
    </Patient>
  )
}

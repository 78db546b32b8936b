import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ErrorState } from './ErrorState.tsx'

interface Props<Value> {
  query: UseQueryResult<Value>
  skeleton: ReactNode
  children: (value: Value) => ReactNode
}

/** A query as a screen: skeleton, then the value, or why not and a way to try again. An older value stays when refreshing fails. */
export function Loaded<Value>({ query, skeleton, children }: Props<Value>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.isError) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  return <>{skeleton}</>
}

import { useRef } from 'react'
import { newRequestKey } from './forms.tsx'

/** One key per intent: pressing again after a lost answer makes nothing twice; changing what is asked for is a new intent. */
export function useRequestKey(): (intent: string) => string {
  const made = useRef<{ intent: string; key: string } | null>(null)
  return (intent) => {
    if (made.current?.intent !== intent) made.current = { intent, key: newRequestKey() }
    return made.current.key
  }
}

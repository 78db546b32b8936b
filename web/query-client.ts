import { QueryClient } from '@tanstack/react-query'
import { readSession } from '../contract/identity.ts'
import { isProblem, keyOf } from './api.ts'

/** One cache for the whole web. Only a missing answer is worth asking again by itself; a refusal is an answer. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, thrown) => isProblem(thrown, 'offline', 'unexpected') && failures < 2,
        retryDelay: (failures) => 400 * 2 ** failures,
        // The browser's own opinion of being offline is often wrong on loopback and VPNs; let the call decide.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

/** Forgets what the server answered to whoever was signed in before; brand, sites and session stay. */
export function forgetAnswers(client: QueryClient): void {
  const [session] = keyOf(readSession)
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session })
}

import { QueryClient } from '@tanstack/react-query'
import { isProblem } from './api.ts'

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

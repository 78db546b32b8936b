// First: the contract's schemas must find zod configured when they are made.
import './zod-without-eval.ts'
import '@fontsource-variable/inter/index.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import './styles.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, useMemo } from 'react'
import { createRoot } from 'react-dom/client'
import { readSession } from '../contract/identity.ts'
import { keyOf, onSignedOut } from './api.ts'
import { startLanguage } from './language.ts'
import { createQueryClient } from './query-client.ts'
import { createWebRouter } from './routes.tsx'
import { SessionGate, type Session } from './session.tsx'
import { colourRoles, themeFor } from './theme.ts'

const queryClient = createQueryClient()
// The session as the pages know it is out of date then; they say so.
onSignedOut(() => void queryClient.invalidateQueries({ queryKey: keyOf(readSession) }))
const router = createWebRouter(queryClient)

function Branded({ session }: { session: Session }) {
  const { accent } = session.brand
  const theme = useMemo(() => themeFor(accent), [accent])
  return (
    <MantineProvider theme={theme} cssVariablesResolver={colourRoles} defaultColorScheme="auto">
      <Notifications position="top-center" autoClose={8_000} />
      <RouterProvider router={router} />
    </MantineProvider>
  )
}

function Web() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={themeFor(null)} cssVariablesResolver={colourRoles} defaultColorScheme="auto">
        <SessionGate>{(session) => <Branded session={session} />}</SessionGate>
      </MantineProvider>
    </QueryClientProvider>
  )
}

const place = document.getElementById('root')
if (!place) throw new Error('index.html has no #root')
await startLanguage()
createRoot(place).render(
  <StrictMode>
    <Web />
  </StrictMode>,
)

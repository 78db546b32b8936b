import { Navigate, useRouterState } from '@tanstack/react-router'
import { useState } from 'react'

/** Leads to a sign-in page that comes back to the page asked for, with its filters. */
export function SignInFirst({ signIn }: { signIn: (next: string) => string }) {
  const here = useRouterState({ select: (state) => state.location.href })
  // Only the page that was asked for: the location is the sign-in page's own before this has left the screen.
  const [asked] = useState(here)
  return <Navigate to={signIn(asked)} replace />
}

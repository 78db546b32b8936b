import { Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { giveFocusTurn } from './focus-turn.ts'
import { OfflineBanner } from './OfflineBanner.tsx'
import classes from './RootLayout.module.css'

/** What every page has: the skip link, the offline banner, and the heading's turn at the focus after a navigation. */
export function RootLayout() {
  const { t } = useTranslation()
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', (moved) => {
        if (moved.fromLocation && moved.pathChanged) giveFocusTurn(moved.toLocation.pathname)
      }),
    [router],
  )
  return (
    <>
      <a className={classes['skip']} href="#content">
        {t('parts.skipToContent')}
      </a>
      <OfflineBanner />
      <Outlet />
    </>
  )
}

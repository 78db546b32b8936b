import { Drawer } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** One row of a list, opened at the side. The drawer has its own URL: closing it goes to the list's. */
export function SideDrawer({
  title,
  onClose,
  children,
}: {
  title: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  const { t } = useTranslation()
  useEffect(() => {
    const opener = document.activeElement
    return () => void setTimeout(() => giveBack(opener))
  }, [])
  return (
    <Drawer opened onClose={onClose} title={title} padding="xl" closeButtonProps={{ 'aria-label': t('parts.close') }}>
      {children}
    </Drawer>
  )
}

/** The row that opened the drawer has the focus again; where it is gone, the page's heading. Not when another drawer took its place. */
function giveBack(opener: Element | null): void {
  if (document.querySelector('[role=dialog]')) return
  const row = opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : null
  const target = row ?? document.querySelector<HTMLElement>('main h1')
  target?.focus({ preventScroll: row === null })
}

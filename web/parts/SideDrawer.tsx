import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
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
  return (
    <Drawer opened onClose={onClose} title={title} padding="xl" closeButtonProps={{ 'aria-label': t('parts.close') }}>
      {children}
    </Drawer>
  )
}

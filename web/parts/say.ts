import { notifications } from '@mantine/notifications'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/** Says in passing what has just been done, or what happened elsewhere; read aloud too, and closed by keyboard. */
export function useSay(): (message: string, tone?: 'done' | 'attention') => void {
  const { t } = useTranslation()
  return useCallback(
    (message, tone = 'done') => {
      notifications.show({
        message,
        color: tone === 'done' ? 'teal' : 'brass',
        closeButtonProps: { 'aria-label': t('parts.close') },
      })
    },
    [t],
  )
}

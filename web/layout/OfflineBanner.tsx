import { useNetwork } from '@mantine/hooks'
import { IconWifiOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './OfflineBanner.module.css'

/** While the browser has no network: what is shown may be out of date, and what is typed is kept. */
export function OfflineBanner() {
  const { t } = useTranslation()
  const { online } = useNetwork()
  return (
    <output className={classes['place']}>
      {online ? null : (
        <div className={classes['root']}>
          <IconWifiOff size={16} stroke={1.75} aria-hidden />
          {t('parts.offline.banner')}
        </div>
      )}
    </output>
  )
}

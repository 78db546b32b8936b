import { Anchor } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { IconLogout } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readSession } from '../../contract/identity.ts'
import { keyOf } from '../api.ts'
import classes from './SignedOutBanner.module.css'

/** While the session of this area has ended elsewhere: signing in happens in a new tab, so that what is typed here stays. */
export function SignedOutBanner({ signIn }: { signIn: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  // Back from the other tab: perhaps signed in again.
  useWindowEvent('focus', () => void client.invalidateQueries({ queryKey: keyOf(readSession) }))
  return (
    <div className={classes['root']} role="alert">
      <IconLogout size={16} stroke={1.75} aria-hidden />
      <span>
        {t('parts.signedOut.banner')}{' '}
        <Anchor href={signIn} target="_blank" rel="noopener">
          {t('parts.signedOut.signIn')}
        </Anchor>
      </span>
    </div>
  )
}

import { Button } from '@mantine/core'
import { IconLogout } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAction } from '../forms.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import classes from './AccountCorner.module.css'

interface Props {
  username: string
  email: string
  signOut: () => Promise<unknown>
  onSignedOut: () => void | Promise<void>
}

/** Below the navigation of an area: who is signed in, with the way out. */
export function AccountCorner({ username, email, signOut, onSignedOut }: Props) {
  const { t } = useTranslation()
  const leave = useAction({ send: signOut, onDone: onSignedOut })
  return (
    <div className={classes['root']}>
      <span className={classes['username']}>{username}</span>
      <span className={classes['email']} title={email}>
        {email}
      </span>
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes['leave'] ?? ''}
        leftSection={<IconLogout size={16} stroke={1.75} aria-hidden />}
        loading={leave.pending}
        onClick={() => void leave.run(undefined)}
      >
        {t('parts.signOut')}
      </Button>
      <FormProblem problem={leave.problem} />
    </div>
  )
}

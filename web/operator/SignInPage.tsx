import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signInToOperator } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { localPath } from '../local-path.ts'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SignInForm } from '../parts/SignInForm.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './SignInPage.module.css'

/** Sign in to the operator desk; leads on to the page that was asked for. */
export function SignInPage() {
  const { t } = useTranslation()
  const { operator } = useSession()
  const { next } = useSearch({ strict: false }) as { next?: string }
  return (
    <PlainLayout area={t('operator.area')} kind="card">
      <PageTitle lead={t('operator.signIn.lead')}>{t('operator.signIn.title')}</PageTitle>
      <SignInForm
        signIn={(body) => call(signInToOperator, { body })}
        known={operator !== null}
        next={localPath(next, paths.operator.reports())}
      />
      <p className={classes['below']}>{t('operator.signIn.forgotten')}</p>
    </PlainLayout>
  )
}

import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signInToBilling } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { localPath } from '../local-path.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SignInForm } from '../parts/SignInForm.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './SignInPage.module.css'

/** Sign in to the Billing Center; leads on to the page that was asked for. */
export function SignInPage() {
  const { t } = useTranslation()
  const { billing } = useSession()
  const { next } = useSearch({ strict: false }) as { next?: string }
  return (
    <PlainLayout area={t('billing.area')} kind="card">
      <PageTitle lead={t('billing.signIn.lead')}>{t('billing.signIn.title')}</PageTitle>
      <SignInForm
        signIn={(body) => call(signInToBilling, { body })}
        known={billing !== null}
        next={localPath(next, paths.billing.home())}
        resetPath={paths.billing.resetPassword(localPath(next, ''))}
      />
      <p className={classes['below']}>
        {t('billing.signIn.none')} <TextLink to={paths.register()}>{t('billing.signIn.register')}</TextLink>
      </p>
      <p className={classes['below']}>
        <TextLink to={paths.console.start()}>{t('billing.signIn.console')}</TextLink>
      </p>
    </PlainLayout>
  )
}

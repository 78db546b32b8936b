import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signInToConsole } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { localPath } from '../local-path.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SignInForm } from '../parts/SignInForm.tsx'
import { paths } from '../paths.ts'
import { useConsoleAccount, useSite } from './console-site.ts'
import classes from './StartPage.module.css'

/** Sign in to the console of one site; leads on to the page that was asked for. */
export function SignInPage() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  const account = useConsoleAccount()
  const { username, next } = useSearch({ strict: false }) as { username?: string; next?: string }
  return (
    <PlainLayout area={t('console.area')} kind="card">
      <PageTitle lead={t('console.signIn.lead', { site: `${inLanguage(site.name)} · ${site.code}` })}>
        {t('console.signIn.title')}
      </PageTitle>
      <SignInForm
        key={site.code}
        username={username ?? ''}
        signIn={(body) => call(signInToConsole, { params: { site: site.code }, body })}
        known={account !== null}
        next={localPath(next, paths.console.workspaces(site.code))}
        resetPath={paths.console.resetPassword(site.code, localPath(next, ''))}
      />
      <p className={classes['below']}>
        <TextLink to={paths.console.start()}>{t('console.signIn.otherSite')}</TextLink>
      </p>
    </PlainLayout>
  )
}

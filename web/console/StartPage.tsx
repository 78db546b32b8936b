import { useTranslation } from 'react-i18next'
import { useInLanguage } from '../language.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { Card } from '../parts/Card.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { TextLink } from '../parts/ButtonLink.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './StartPage.module.css'

/** Which site: accounts and data of sites are apart, so this comes before signing in. */
export function StartPage() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const session = useSession()
  return (
    <PlainLayout area={t('console.area')} kind="card">
      <PageTitle lead={t('console.start.lead')}>{t('console.start.title')}</PageTitle>
      <ul className={classes['sites']}>
        {session.sites.map((site) => {
          const account = session.console.find((one) => one.site === site.code)
          return (
            <li key={site.code}>
              <Card>
                <TextLink
                  to={account ? paths.console.workspaces(site.code) : paths.console.signIn(site.code)}
                  className={classes['site'] ?? ''}
                >
                  {inLanguage(site.name)} · {site.code}
                </TextLink>
                <p className={classes['note']}>
                  {account ? t('console.start.signedInAs', { username: account.username }) : t('console.start.signIn')}
                </p>
              </Card>
            </li>
          )
        })}
      </ul>
      <p className={classes['note']}>
        {t('console.start.none')} <TextLink to={paths.register()}>{t('console.start.register')}</TextLink>
      </p>
    </PlainLayout>
  )
}

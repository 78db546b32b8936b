import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import * as field from '../../contract/fields.ts'
import { resetConsolePassword, sendConsoleResetCode } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { localPath } from '../local-path.ts'
import { EmailField } from '../parts/AccountFields.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ResetPasswordForm } from '../parts/ResetPasswordForm.tsx'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'

/** A new console password by a code to the account's e-mail on this site; signing in after it leads on to the page that was asked for. */
export function ResetPasswordPage() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const params = { site: site.code }
  return (
    <PlainLayout area={t('console.area')} kind="card">
      <PageTitle lead={t('console.reset.lead', { site: inLanguage(site.name) })}>{t('console.reset.title')}</PageTitle>
      <ResetPasswordForm
        realm={`console/${site.code}`}
        who={{ schema: field.email, broken: 'email', render: (props) => <EmailField {...props} /> }}
        sendCode={(email) => call(sendConsoleResetCode, { params, body: { email } })}
        reset={({ who, code, password }) =>
          call(resetConsolePassword, { params, body: { email: who, code, password } })
        }
        signInPath={paths.console.signIn(site.code, { next: localPath(next, '') })}
      />
    </PlainLayout>
  )
}

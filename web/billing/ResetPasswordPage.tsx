import { TextInput } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { resetBillingPassword, sendBillingResetCode } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { localPath } from '../local-path.ts'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ResetPasswordForm } from '../parts/ResetPasswordForm.tsx'
import { paths } from '../paths.ts'

const anything = z.string().trim().min(1)

/** A new Billing Center password by a code to the account's e-mail; signing in after it leads on to the page that was asked for. */
export function ResetPasswordPage() {
  const { t } = useTranslation()
  const { next } = useSearch({ strict: false }) as { next?: string }
  return (
    <PlainLayout area={t('billing.area')} kind="card">
      <PageTitle lead={t('billing.reset.lead')}>{t('billing.reset.title')}</PageTitle>
      <ResetPasswordForm
        realm="billing"
        who={{
          schema: anything,
          broken: 'empty',
          render: (props) => (
            <TextInput
              label={t('billing.reset.username')}
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={254}
              {...props}
            />
          ),
        }}
        sendCode={(username) => call(sendBillingResetCode, { body: { username } })}
        reset={({ who, code, password }) => call(resetBillingPassword, { body: { username: who, code, password } })}
        signInPath={paths.billing.signIn(localPath(next, ''))}
      />
    </PlainLayout>
  )
}

import { useForm } from '@mantine/form'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import * as field from '../../contract/fields.ts'
import type { CodeSent } from '../../contract/identity.ts'
import { type RuleName, rule, useSubmit } from '../forms.tsx'
import { ButtonLink } from './ButtonLink.tsx'
import { CodeInput } from './CodeInput.tsx'
import { Notice } from './Notice.tsx'
import { PageForm } from './PageForm.tsx'
import { PasswordField } from './PasswordField.tsx'

interface Props {
  /** Begins the name under which a sent code is remembered, e.g. `console/cn1`. */
  realm: string
  /** What names the account: an e-mail in the console, a username in the Billing Center. */
  who: { schema: Parameters<typeof rule>[0]; broken: RuleName; render: (props: object) => ReactNode }
  sendCode: (who: string) => Promise<CodeSent>
  reset: (given: { who: string; code: string; password: string }) => Promise<unknown>
  signInPath: string
}

/** The form that had the focus is gone: what comes next has it. */
function takeFocus(link: HTMLAnchorElement | null): void {
  link?.focus()
}

/** A new password by a mailed code; for both realms. Never says whether the account exists. */
export function ResetPasswordForm({ realm, who, sendCode, reset, signInPath }: Props) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const form = useForm({
    initialValues: { who: '', code: '', password: '' },
    validate: {
      who: rule(who.schema, who.broken),
      code: rule(field.code, 'code'),
      password: rule(field.newPassword, 'password'),
    },
  })
  const submit = useSubmit({
    form,
    send: reset,
    onDone: () => setDone(true),
    fieldOf: (path) => (path === 'email' || path === 'username' ? 'who' : path),
  })
  if (done) {
    return (
      <Notice
        tone="done"
        live="status"
        action={
          <ButtonLink to={signInPath} ref={takeFocus}>
            {t('parts.signIn.submit')}
          </ButtonLink>
        }
      >
        {t('parts.reset.done')}
      </Notice>
    )
  }
  const named = form.values.who.trim()
  return (
    <PageForm
      onSubmit={submit.submit}
      problem={submit.problem}
      pending={submit.pending}
      submit={t('parts.reset.submit')}
      cancelTo={signInPath}
    >
      {who.render(form.getInputProps('who'))}
      <CodeInput
        purpose={`${realm}/reset/${named.toLowerCase()}`}
        maybe
        ready={() => !form.validateField('who').hasError}
        send={() => sendCode(named)}
        {...form.getInputProps('code')}
      />
      <PasswordField kind="new" label={t('parts.reset.newPassword')} {...form.getInputProps('password')} />
    </PageForm>
  )
}

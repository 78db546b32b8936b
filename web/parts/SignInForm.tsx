import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readSession } from '../../contract/identity.ts'
import { keyOf } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { forgetAnswers } from '../query-client.ts'
import { TextLink } from './ButtonLink.tsx'
import { PageForm } from './PageForm.tsx'
import { PasswordField } from './PasswordField.tsx'

interface Props {
  /** Filled in, where it is known who comes. */
  username?: string
  signIn: (given: { identifier: string; password: string }) => Promise<unknown>
  /** Whether the session knows somebody in this realm. */
  known: boolean
  /** Where the signed-in person goes. */
  next: string
  /** Absent where nobody resets a password by mail. */
  resetPath?: string
}

const anything = z.string().min(1)

/** Username or e-mail, and password; for every realm. */
export function SignInForm({ username, signIn, known, next, resetPath }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [signedIn, setSignedIn] = useState(false)
  const form = useForm({
    initialValues: { identifier: username ?? '', password: '' },
    validate: { identifier: rule(anything, 'empty'), password: rule(anything, 'empty') },
  })
  const submit = useSubmit({
    form,
    send: signIn,
    onDone: async () => {
      forgetAnswers(client)
      await client.refetchQueries({ queryKey: keyOf(readSession) })
      setSignedIn(true)
    },
  })
  // Not before the session knows: the next page would send a stranger back here.
  if (signedIn && known) return <Navigate to={next} replace />
  return (
    <PageForm
      onSubmit={submit.submit}
      problem={submit.problem}
      pending={submit.pending}
      submit={t('parts.signIn.submit')}
    >
      <TextInput
        label={t('parts.signIn.identifier')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        {...form.getInputProps('identifier')}
      />
      <PasswordField kind="current" {...form.getInputProps('password')} />
      {resetPath ? (
        <TextLink to={resetPath} style={{ justifySelf: 'start' }}>
          {t('parts.signIn.forgotten')}
        </TextLink>
      ) : null}
    </PageForm>
  )
}

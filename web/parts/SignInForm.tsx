import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { readSession } from '../../contract/identity.ts'
import { keyOf } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { TextLink } from './ButtonLink.tsx'
import { PageForm } from './PageForm.tsx'
import { PasswordField } from './PasswordField.tsx'

interface Props {
  /** Filled in, where it is known who comes. */
  username?: string
  signIn: (given: { identifier: string; password: string }) => Promise<unknown>
  /** Where the signed-in person goes. */
  next: string
  resetPath: string
}

const anything = z.string().min(1)

/** Username or e-mail, and password; for both realms. */
export function SignInForm({ username, signIn, next, resetPath }: Props) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({
    initialValues: { identifier: username ?? '', password: '' },
    validate: { identifier: rule(anything, 'empty'), password: rule(anything, 'empty') },
  })
  const submit = useSubmit({
    form,
    send: signIn,
    onDone: async () => {
      await client.refetchQueries({ queryKey: keyOf(readSession) })
      await navigate({ to: next, replace: true })
    },
  })
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
      <TextLink to={resetPath} style={{ justifySelf: 'start' }}>
        {t('parts.signIn.forgotten')}
      </TextLink>
    </PageForm>
  )
}

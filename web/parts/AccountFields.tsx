import { TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** A username being chosen, with its rule. */
export function NewUsernameField(props: TextInputProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      label={t('parts.username')}
      description={t('help.username')}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      {...props}
    />
  )
}

/** An e-mail address that a code will be sent to. */
export function EmailField(props: TextInputProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      type="email"
      label={t('parts.email')}
      description={t('help.email')}
      autoComplete="email"
      maxLength={254}
      {...props}
    />
  )
}

/** A phone number, optional. */
export function PhoneField(props: TextInputProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      type="tel"
      label={t('parts.optional', { label: t('parts.phone') })}
      autoComplete="tel"
      maxLength={24}
      {...props}
    />
  )
}

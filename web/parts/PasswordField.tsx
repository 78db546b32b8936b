import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'

interface Props extends PasswordInputProps {
  /** `new`: says the rule before it is broken and offers to suggest one; `again`: the repeat; `current`: signing in. */
  kind: 'new' | 'again' | 'current'
}

const completions = { new: 'new-password', again: 'new-password', current: 'current-password' } as const

/** A password, with the eye to check it and the right hint for the person's password store. */
export function PasswordField({ kind, ...props }: Props) {
  const { t } = useTranslation()
  return (
    <PasswordInput
      label={t('parts.passwordLabel')}
      description={kind === 'new' ? t('help.password') : undefined}
      autoComplete={completions[kind]}
      visibilityToggleButtonProps={{ 'aria-label': t('parts.showPassword'), tabIndex: 0 }}
      maxLength={200}
      {...props}
    />
  )
}

import { Checkbox, type CheckboxProps } from '@mantine/core'
import { Trans, useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'

/** Acceptance of the terms, with a link that opens them beside the form and the version they have. */
export function TermsCheckbox(props: CheckboxProps) {
  const { t } = useTranslation()
  const { terms } = useSession()
  return (
    <Checkbox
      {...props}
      label={
        <Trans
          t={t}
          i18nKey="parts.terms.label"
          // oxlint-disable-next-line jsx-a11y/anchor-has-content -- the text comes from the catalogue
          components={{ terms: <a href={paths.terms()} target="_blank" rel="noopener" style={{ color: 'var(--accent-text)' }} /> }}
        />
      }
      description={t('parts.terms.version', { version: terms.version })}
    />
  )
}

import { Checkbox, type CheckboxProps } from '@mantine/core'
import type { ReactNode } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'

/** Opens beside the form, so that nothing typed is lost; its words come from the catalogue. */
function TermsLink({ children }: { children?: ReactNode }) {
  return (
    <a href={paths.terms()} target="_blank" rel="noopener" style={{ color: 'var(--accent-text)' }}>
      {children}
    </a>
  )
}

/** Acceptance of the terms, with a link that opens them beside the form and the version they have. */
export function TermsCheckbox(props: CheckboxProps) {
  const { t } = useTranslation()
  const { terms } = useSession()
  return (
    <Checkbox
      {...props}
      label={<Trans t={t} i18nKey="parts.terms.label" components={{ terms: <TermsLink /> }} />}
      description={t('parts.terms.version', { version: terms.version })}
    />
  )
}

import { useTranslation } from 'react-i18next'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useSession } from '../session.tsx'

const sections = ['service', 'payment', 'accounts', 'ending', 'changes'] as const

/** The terms in force, with their version. */
export function TermsPage() {
  const { t } = useTranslation()
  const { terms } = useSession()
  return (
    <PlainLayout kind="text">
      <PageTitle lead={t('terms.version', { version: terms.version })}>{t('terms.title')}</PageTitle>
      <p>{t('terms.lead')}</p>
      {sections.map((section) => (
        <section key={section}>
          <h2 style={{ margin: '32px 0 8px', fontSize: '1rem' }}>{t(`terms.sections.${section}.title`)}</h2>
          <p style={{ margin: 0 }}>{t(`terms.sections.${section}.body`)}</p>
        </section>
      ))}
    </PlainLayout>
  )
}

import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PlainLayout } from './PlainLayout.tsx'

/** For every URL that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PlainLayout kind="card">
      <PageTitle lead={t('parts.notFound.body')}>{t('parts.notFound.title')}</PageTitle>
      <ButtonLink to="/" reloadDocument>
        {t('parts.notFound.home')}
      </ButtonLink>
    </PlainLayout>
  )
}

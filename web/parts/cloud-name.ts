import { useTranslation } from 'react-i18next'

/** Name of a cloud by its marketplace's code, in the reader's language; the code itself when it has none here. */
export function useCloudName(): (marketplace: string) => string {
  const { t } = useTranslation()
  return (marketplace) => (marketplace === 'alibaba' ? t('parts.marketplaces.alibaba') : marketplace)
}

import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Site } from '../../contract/identity.ts'
import { useInLanguage } from '../language.ts'

interface Props extends Omit<SelectProps, 'data'> {
  sites: readonly Site[]
}

/** Choice of a site, by name and code. */
export function SitePicker({ sites, ...props }: Props) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  return (
    <Select
      label={t('parts.site.label')}
      placeholder={t('parts.site.placeholder')}
      data={sites.map((site) => ({ value: site.code, label: `${inLanguage(site.name)} · ${site.code}` }))}
      {...props}
    />
  )
}

/** Name of a site by its code, in the reader's language; the code itself when the site is unknown here. */
export function SiteName({ code, sites }: { code: string; sites: readonly Site[] }) {
  const inLanguage = useInLanguage()
  const site = sites.find((one) => one.code === code)
  return <>{site ? `${inLanguage(site.name)} · ${code}` : code}</>
}

import { Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { languages } from '../../contract/problems.ts'

interface Props {
  form: { getInputProps: (name: 'name' | 'language') => object }
}

/** Name and language of a workspace to be created. */
export function WorkspaceFields({ form }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        label={t('parts.workspaceName')}
        description={t('help.workspaceName')}
        maxLength={128}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <Select
        label={t('parts.workspaceLanguage')}
        description={t('help.workspaceLanguage')}
        data={languages.map((each) => ({ value: each, label: t(`parts.languages.${each}`) }))}
        {...form.getInputProps('language')}
      />
    </>
  )
}

import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AccountIdNote, InstanceIdNote } from './FaqNote.tsx'

interface Props {
  form: { getInputProps: (name: 'cloudAccountRef' | 'instanceRef') => object }
  /** `locked`: filled in by Direct Login. `typed`: copied from the marketplace by hand, and verified. */
  kind: 'locked' | 'typed'
}

/** Account ID and Product Instance ID, with the answers to where they are found. */
export function InstanceIds({ form, kind }: Props) {
  const { t } = useTranslation()
  const locked = kind === 'locked'
  return (
    <>
      <div style={{ display: 'grid', gap: 6 }}>
        <TextInput
          label={t('parts.accountId')}
          description={t(locked ? 'parts.idsLocked' : 'help.cloudAccountRef')}
          classNames={{ input: 'mono' }}
          readOnly={locked}
          inputMode="numeric"
          autoComplete="off"
          maxLength={40}
          {...form.getInputProps('cloudAccountRef')}
        />
        <AccountIdNote />
      </div>
      <div style={{ display: 'grid', gap: 6 }}>
        <TextInput
          label={t('parts.instanceId')}
          description={t(locked ? 'parts.idsLocked' : 'help.instanceRef')}
          classNames={{ input: 'mono' }}
          readOnly={locked}
          spellCheck={false}
          autoComplete="off"
          maxLength={80}
          {...form.getInputProps('instanceRef')}
        />
        <InstanceIdNote />
      </div>
    </>
  )
}

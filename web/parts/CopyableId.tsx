import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './CopyableId.module.css'

/** An id or key in the mono face with one-click copy. `what` names it for the button: "Copy Product Instance ID". */
export function CopyableId({ value, what }: { value: string; what: string }) {
  const { t } = useTranslation()
  const clipboard = useClipboard({ timeout: 1_600 })
  const label = clipboard.copied ? t('parts.copied') : t('parts.copy', { what })
  return (
    <span className={classes['root']}>
      <span className={`mono ${classes['value'] ?? ''}`}>{value}</span>
      <Tooltip label={label}>
        <ActionIcon variant="subtle" size={24} aria-label={label} onClick={() => clipboard.copy(value)}>
          {clipboard.copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.75} />}
        </ActionIcon>
      </Tooltip>
      <output className="sr-only">{clipboard.copied ? t('parts.copied') : ''}</output>
    </span>
  )
}

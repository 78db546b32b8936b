import { Button, Group, Modal, TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api.ts'
import { FormProblem } from './FormProblem.tsx'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** The verb on the button, naming the thing when it destroys: "Dissolve workspace acme-prod". */
  confirm: string
  onConfirm: () => void
  pending: boolean
  problem: ApiProblem | null
  /** Set for what cannot be undone: its name must be typed, and the button is red. */
  destroys?: string
}

/** Asks before an action. What destroys asks for the thing's name. */
export function ConfirmDialog({
  opened,
  onClose,
  title,
  children,
  confirm,
  onConfirm,
  pending,
  problem,
  destroys,
}: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const close = () => {
    setTyped('')
    setWrong(false)
    onClose()
  }
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (destroys !== undefined && typed.trim() !== destroys) return setWrong(true)
          onConfirm()
        }}
        style={{ display: 'grid', gap: 16 }}
      >
        <div>{children}</div>
        {destroys === undefined ? null : (
          <TextInput
            label={t('parts.confirmName', { name: destroys })}
            value={typed}
            error={wrong ? t('parts.confirmNameWrong', { name: destroys }) : null}
            onChange={(event) => {
              setTyped(event.currentTarget.value)
              setWrong(false)
            }}
            autoComplete="off"
          />
        )}
        <FormProblem problem={problem} />
        <Group justify="flex-end" gap={8}>
          <Button type="button" variant="default" onClick={close}>
            {t('parts.cancel')}
          </Button>
          <Button
            type="submit"
            loading={pending}
            data-autofocus={destroys === undefined || undefined}
            {...(destroys === undefined ? {} : { color: 'red' })}
          >
            {confirm}
          </Button>
        </Group>
      </form>
    </Modal>
  )
}

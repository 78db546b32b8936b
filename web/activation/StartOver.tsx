import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { startOver } from '../../contract/activation.ts'
import { call } from '../api.ts'
import { useAction } from '../forms.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { useActivation } from './activation-context.ts'
import { forgetDrafts } from '../drafts.ts'

/** Forgets what was entered and begins again; only while no account exists. */
export function StartOver() {
  const { t } = useTranslation()
  const { proceed, refused } = useActivation()
  const [opened, dialog] = useDisclosure(false)
  const again = useAction({
    send: () => call(startOver),
    onDone: async (view) => {
      forgetDrafts()
      dialog.close()
      await proceed(view)
    },
    refused: (problem) => {
      const dealtWith = refused(problem)
      if (dealtWith) dialog.close()
      return dealtWith
    },
  })
  return (
    <>
      <Button type="button" variant="default" onClick={dialog.open}>
        {t('activation.startOver')}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={dialog.close}
        title={t('activation.startOverAsk')}
        confirm={t('activation.startOver')}
        onConfirm={() => void again.run(undefined)}
        pending={again.pending}
        problem={again.problem}
      >
        {t('activation.startOverBody')}
      </ConfirmDialog>
    </>
  )
}

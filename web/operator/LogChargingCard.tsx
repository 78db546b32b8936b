import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { WorkspaceId } from '../../contract/ids.ts'
import { chooseLogCharging, type LogCharging, readLogChargingOf } from '../../contract/log-charging.ts'
import { listTimeline } from '../../contract/operator.ts'
import { ask, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { Card } from '../parts/Card.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { LogChargingFacts, useLogPriceWords, useSiteDayWords } from '../parts/LogChargingFacts.tsx'
import { useSay } from '../parts/say.ts'
import { ListSkeleton } from '../parts/Skeletons.tsx'

interface Props {
  workspaceId: WorkspaceId
  name: string
  /** Nothing of a dissolved workspace changes any more. */
  dissolved: boolean
}

/** By what a workspace's logs are charged, and the operator's way to the other. */
export function LogChargingCard({ workspaceId, name, dissolved }: Props) {
  const { t } = useTranslation()
  const query = useQuery(ask(readLogChargingOf, { params: { workspaceId } }))
  return (
    <Card title={t('parts.logCharging.title')}>
      <Loaded query={query} skeleton={<ListSkeleton rows={3} />}>
        {(charging) => (
          <>
            <LogChargingFacts charging={charging} />
            {dissolved ? null : <Change workspaceId={workspaceId} name={name} charging={charging} />}
          </>
        )}
      </Loaded>
    </Card>
  )
}

function Change({ workspaceId, name, charging }: Omit<Props, 'dissolved'> & { charging: LogCharging }) {
  const { t } = useTranslation()
  const say = useSay()
  const client = useQueryClient()
  const dayOf = useSiteDayWords()
  const priceOf = useLogPriceWords(charging)
  const [asking, dialog] = useDisclosure(false)
  const other = (charging.next ?? charging).by === 'logs' ? 'log_ingest' : 'logs'
  const same = other === 'logs' ? 'log_ingest' : 'logs'
  const date = dayOf(charging.changeableFrom)
  const verb = t(`records.logCharging.change.${other}`)
  const choose = useAction({
    send: () => call(chooseLogCharging, { params: { workspaceId }, body: { by: other } }),
    onDone: async () => {
      say(t(`records.logCharging.chosen.${other}`, { date }))
      dialog.close()
      await Promise.all(
        [readLogChargingOf, listTimeline].map((read) => client.invalidateQueries({ queryKey: keyOf(read) })),
      )
    },
  })
  return (
    <>
      <Button mt={16} variant="default" onClick={dialog.open}>
        {verb}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => {
          choose.clearProblem()
          dialog.close()
        }}
        title={t(`records.logCharging.title.${other}`, { name })}
        confirm={t('records.logCharging.confirm', { date })}
        onConfirm={() => void choose.run(undefined)}
        pending={choose.pending}
        problem={choose.problem}
      >
        <p>{t(`records.logCharging.body.${other}`, { date, price: priceOf(other), instead: priceOf(same) })}</p>
        <p>{t('records.logCharging.running')}</p>
      </ConfirmDialog>
    </>
  )
}

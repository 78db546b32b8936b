import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { advanceClock, readClock } from '../../contract/clock.ts'
import { ask, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { Card } from '../parts/Card.tsx'
import { Facts } from '../parts/Facts.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { useSession } from '../session.tsx'
import classes from './ClockPage.module.css'

const hour = 3_600_000
const day = 24 * hour

/** The test clock of a sandbox: where it stands, and buttons that move it ahead. */
export function ClockPage() {
  const { t } = useTranslation()
  const { mode } = useSession()
  return (
    <>
      <PageTitle lead={t('operator.clock.lead')}>{t('operator.clock.title')}</PageTitle>
      {mode === 'sandbox' ? <Clock /> : <Notice tone="calm">{t('operator.clock.absent')}</Notice>}
    </>
  )
}

function Clock() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery({ ...ask(readClock), refetchInterval: 5_000 })
  const [at, setAt] = useState<{ done: number; of: number } | null>(null)
  const advance = useAction({
    send: async (milliseconds: number) => {
      // Day by day, so that a long way shows how far it has come.
      const days = Math.max(1, Math.round(milliseconds / day))
      for (let done = 0; done < days; done++) {
        setAt({ done, of: days })
        await call(advanceClock, { body: { milliseconds: Math.min(milliseconds, day) } })
        await client.invalidateQueries({ queryKey: keyOf(readClock) })
      }
    },
    // Everything shown may be different now.
    onDone: () => client.invalidateQueries(),
  })
  const button = (milliseconds: number, words: string) => (
    <Button variant="default" disabled={advance.pending} onClick={() => void advance.run(milliseconds)}>
      {words}
    </Button>
  )
  return (
    <Card>
      <Loaded query={query} skeleton={<ListSkeleton rows={2} />}>
        {({ now, aheadMilliseconds }) => (
          <Facts
            facts={[
              {
                name: t('operator.clock.now'),
                value: <span className="figures">{now.replace('T', ' ').slice(0, 19)} UTC</span>,
              },
              {
                name: t('operator.clock.ahead'),
                value: t('operator.clock.aheadDays', {
                  days: Math.floor(aheadMilliseconds / day),
                  hours: Math.floor((aheadMilliseconds % day) / hour),
                }),
              },
            ]}
          />
        )}
      </Loaded>
      <div className={classes['buttons']}>
        {button(hour, t('operator.clock.hour'))}
        {button(day, t('operator.clock.day'))}
        {button(7 * day, t('operator.clock.week'))}
      </div>
      <output>{advance.pending && at ? t('operator.clock.progress', { at: at.done + 1, of: at.of }) : ''}</output>
      <FormProblem problem={advance.problem} />
    </Card>
  )
}

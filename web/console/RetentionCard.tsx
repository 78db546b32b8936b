import { Button, Modal, Select } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseRetention, readRetention, type RetentionOfKind } from '../../contract/retention.ts'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { ask, call, keyOf } from '../api.ts'
import { useSubmit } from '../forms.tsx'
import { useInLanguage } from '../language.ts'
import { Card } from '../parts/Card.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageForm } from '../parts/PageForm.tsx'
import { useSay } from '../parts/say.ts'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { When } from '../parts/When.tsx'
import { serverNow } from '../session.tsx'
import classes from './RetentionCard.module.css'

/** How long each kind of data is kept, what that costs, and the way to choose otherwise. */
export function RetentionCard({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<RetentionOfKind | null>(null)
  const query = useQuery(ask(readRetention, { params: { workspaceId: workspace.id } }))
  const mayChoose = workspace.role === 'owner' && workspace.plan === 'commercial' && workspace.standing !== 'dissolved'
  return (
    <Card title={t('console.retention.title')}>
      <p className={classes['note']}>{t(`console.retention.${workspace.plan}`)}</p>
      <Loaded query={query} skeleton={<ListSkeleton rows={4} />}>
        {({ kinds, currency }) => (
          <>
            <Kinds kinds={kinds} currency={currency} onChange={mayChoose ? setChosen : null} />
            {chosen ? (
              <ChooseDialog workspace={workspace} kind={chosen} currency={currency} onClose={() => setChosen(null)} />
            ) : null}
          </>
        )}
      </Loaded>
    </Card>
  )
}

interface KindsProps {
  kinds: readonly RetentionOfKind[]
  currency: string
  /** Null where it is not this reader's to choose. */
  onChange: ((kind: RetentionOfKind) => void) | null
}

function Kinds({ kinds, currency, onChange }: KindsProps) {
  const { t } = useTranslation()
  const priceOf = usePriceWords(currency)
  return (
    <ItemTable
      label={t('console.retention.title')}
      items={kinds}
      rowKey={(kind) => kind.policy}
      columns={[
        { name: t('console.retention.kind'), cell: (kind) => t(`console.retention.policies.${kind.policy}`) },
        { name: t('console.retention.kept'), onCard: true, cell: (kind) => <Kept kind={kind} /> },
        {
          name: t('console.retention.price'),
          onCard: true,
          cell: (kind) => (
            <ul className={classes['prices']}>
              {priceOf(kind, kind.days).map((price) => (
                <li key={price}>{price}</li>
              ))}
            </ul>
          ),
        },
        ...(onChange === null
          ? []
          : [
              {
                name: t('console.retention.actions'),
                onCard: true as const,
                cell: (kind: RetentionOfKind) => (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('console.retention.changeOf', {
                      kind: t(`console.retention.policies.${kind.policy}`),
                    })}
                    onClick={() => onChange(kind)}
                  >
                    {t('console.retention.change')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  )
}

function Kept({ kind }: { kind: RetentionOfKind }) {
  const { t } = useTranslation()
  return (
    <>
      {t('console.retention.days', { days: kind.days })}
      {kind.next ? (
        <span className={classes['quiet']}>
          {t('console.retention.next', { days: kind.next.days })} <When instant={kind.next.from} show="date" />
        </span>
      ) : null}
    </>
  )
}

/** "Logs: 1.5 CNY per million", for each meter of the kind that has a price. */
function usePriceWords(currency: string) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  return (kind: RetentionOfKind, days: number) =>
    (kind.choices.find((choice) => choice.days === days)?.prices ?? []).map((price) =>
      t('console.retention.priceOf', {
        meter: inLanguage(price.meter),
        price: price.unitPrice,
        currency,
        unit: inLanguage(price.unitName),
      }),
    )
}

interface ChooseProps {
  workspace: WorkspaceHome
  kind: RetentionOfKind
  currency: string
  onClose: () => void
}

function ChooseDialog({ workspace, kind, currency, onClose }: ChooseProps) {
  const { t } = useTranslation()
  const say = useSay()
  const client = useQueryClient()
  const priceOf = usePriceWords(currency)
  const name = t(`console.retention.policies.${kind.policy}`)
  const form = useForm({ initialValues: { days: String((kind.next ?? kind).days) } })
  const choose = useSubmit({
    form,
    send: ({ days }) =>
      call(chooseRetention, {
        params: { workspaceId: workspace.id },
        body: { policy: kind.policy, days: Number(days) },
      }),
    onDone: async ({ from }) => {
      const later = Date.parse(from) > serverNow() + 1000
      say(
        t(later ? 'console.retention.chosenLater' : 'console.retention.chosen', { kind: name, days: form.values.days }),
      )
      await client.invalidateQueries({ queryKey: keyOf(readRetention) })
      onClose()
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('console.retention.changeOf', { kind: name })}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <PageForm
        onSubmit={choose.submit}
        problem={choose.problem}
        pending={choose.pending}
        submit={t('console.retention.save')}
      >
        <Select
          label={t('console.retention.kept')}
          description={t('console.retention.chooseHelp')}
          allowDeselect={false}
          data={kind.choices.map(({ days }) => ({
            value: String(days),
            label: [t('console.retention.days', { days }), ...priceOf(kind, days)].join(' · '),
          }))}
          {...form.getInputProps('days')}
        />
      </PageForm>
    </Modal>
  )
}

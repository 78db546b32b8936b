import { Button } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type ActivationWorkspace,
  bindActivationWorkspace,
  confirmActivation,
  listActivationWorkspaces,
  readActivation,
} from '../../contract/activation.ts'
import { ask, askPages, call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ErrorState } from '../parts/ErrorState.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { StatusBadge } from '../parts/StatusBadge.tsx'
import { paths } from '../paths.ts'
import { useActivation } from './activation-context.ts'
import { rememberEnding } from './ending.ts'
import classes from './WorkspacesStep.module.css'
import buttons from './StepForm.module.css'

/** The workspaces of the Billing Center account: Bind, Create Workspace, then Confirm. */
export function WorkspacesStep() {
  const { t } = useTranslation()
  const { view, proceed, refused } = useActivation()
  const client = useQueryClient()
  const [asking, setAsking] = useState<ActivationWorkspace | null>(null)
  const confirm = useAction({
    send: () => call(confirmActivation, { body: {} }),
    onDone: async ({ next }) => {
      rememberEnding(view.id, next)
      await proceed(await client.fetchQuery({ ...ask(readActivation), staleTime: 0 }))
    },
    refused,
  })
  return (
    <>
      <PageTitle lead={t('activation.workspaces.lead')}>{t('activation.workspaces.title')}</PageTitle>
      <div className={buttons['root']}>
        <WorkspaceList onBind={setAsking} />
        <div>
          <ButtonLink
            to={paths.activation.newWorkspace()}
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          >
            {t('activation.createWorkspace')}
          </ButtonLink>
        </div>
        <FormProblem problem={confirm.problem} />
        <div className={buttons['buttons']}>
          <Button
            loading={confirm.pending}
            disabled={!view.confirmable}
            aria-describedby="confirm-hint"
            onClick={() => void confirm.run(undefined)}
          >
            {t('activation.confirm')}
          </Button>
        </div>
        {view.confirmable ? null : (
          <p id="confirm-hint" className={buttons['reason']}>
            {t('activation.workspaces.confirmHint')}
          </p>
        )}
      </div>
      {asking ? <BindDialog workspace={asking} onClose={() => setAsking(null)} /> : null}
    </>
  )
}

function WorkspaceList({ onBind }: { onBind: (workspace: ActivationWorkspace) => void }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(askPages(listActivationWorkspaces, { query: { limit: 20 } }))
  if (query.isPending) return <ListSkeleton rows={2} />
  if (!query.data) return <ErrorState problem={query.error} onRetry={() => void query.refetch()} />
  const workspaces = query.data.pages.flatMap((page) => page.items)
  if (workspaces.length === 0) {
    return <EmptyState title={t('activation.workspaces.empty')}>{t('activation.workspaces.emptyBody')}</EmptyState>
  }
  return (
    <div>
      <ul className={classes['list']} aria-label={t('activation.workspaces.list')}>
        {workspaces.map((workspace) => (
          <WorkspaceRow key={workspace.id} workspace={workspace} onBind={onBind} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          variant="subtle"
          size="sm"
          mt={8}
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t('parts.more')}
        </Button>
      ) : null}
    </div>
  )
}

function WorkspaceRow({
  workspace,
  onBind,
}: {
  workspace: ActivationWorkspace
  onBind: (workspace: ActivationWorkspace) => void
}) {
  const { t } = useTranslation()
  const { view } = useActivation()
  const { name, state } = workspace
  return (
    <li className={classes['row']} data-state={state}>
      <div className={classes['words']}>
        <p className={classes['name']}>{name}</p>
        <p className={classes['fact']}>
          <SiteName code={workspace.site} sites={view.sites} />
          {state === 'bindable' || state === 'bound' ? null : ` · ${t(`activation.workspaces.why.${state}`)}`}
        </p>
      </div>
      {state === 'bound' ? <StatusBadge tone="done">{t('activation.bound')}</StatusBadge> : null}
      {state === 'bindable' ? (
        <Button
          variant="default"
          size="sm"
          aria-label={`${t('activation.bind')} ${name}`}
          onClick={() => onBind(workspace)}
        >
          {t('activation.bind')}
        </Button>
      ) : null}
    </li>
  )
}

function BindDialog({ workspace, onClose }: { workspace: ActivationWorkspace; onClose: () => void }) {
  const { t } = useTranslation()
  const { accept, refused } = useActivation()
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: keyOf(listActivationWorkspaces) })
  const bind = useAction({
    send: () => call(bindActivationWorkspace, { params: { workspaceId: workspace.id } }),
    onDone: async (view) => {
      accept(view)
      await refresh()
      onClose()
    },
    refused: (problem) => {
      // Whatever the reason, the list behind the dialog may have changed.
      void refresh()
      const dealtWith = refused(problem)
      if (dealtWith) onClose()
      return dealtWith
    },
  })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('activation.workspaces.bindTitle')}
      confirm={t('activation.confirm')}
      onConfirm={() => void bind.run(undefined)}
      pending={bind.pending}
      problem={bind.problem}
    >
      <p className={classes['name']}>{workspace.name}</p>
      <p>{t('activation.workspaces.bindBody')}</p>
      <p className={classes['fact']}>{t('activation.workspaces.bindOnce')}</p>
    </ConfirmDialog>
  )
}

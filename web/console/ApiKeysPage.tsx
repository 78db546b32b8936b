import { Button, Modal, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type ApiKey, createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from '../../contract/metering.ts'
import { askPages, call, keyOf } from '../api.ts'
import { rule, useAction, useSubmit } from '../forms.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { CopyableId } from '../parts/CopyableId.tsx'
import { EmptyState } from '../parts/EmptyState.tsx'
import { ListTable } from '../parts/ListTable.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageForm } from '../parts/PageForm.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useSay } from '../parts/say.ts'
import { When } from '../parts/When.tsx'
import { useRequestKey } from '../request-key.ts'
import classes from './ApiKeysPage.module.css'
import { LockedNotice } from './LockedNotice.tsx'
import { useWorkspace } from './workspace-context.ts'

type NewKey = z.output<(typeof createApiKey)['response']>
type Asking = { what: 'create' } | { what: 'rotate' | 'revoke'; key: ApiKey } | null

/** The keys that report usage for this workspace: create, rotate, revoke. */
export function ApiKeysPage() {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const [asking, setAsking] = useState<Asking>(null)
  const [made, setMade] = useState<NewKey | null>(null)
  if (workspace.role !== 'owner') {
    return (
      <>
        <PageTitle>{t('console.keys.title')}</PageTitle>
        <Notice tone="calm">{t('console.keys.onlyOwner')}</Notice>
      </>
    )
  }
  if (workspace.standing === 'dissolved') {
    return (
      <>
        <PageTitle>{t('console.keys.title')}</PageTitle>
        <LockedNotice workspace={workspace} />
      </>
    )
  }
  const create = <Button onClick={() => setAsking({ what: 'create' })}>{t('console.keys.create')}</Button>
  const close = () => setAsking(null)
  const onMade = (key: NewKey) => {
    setMade(key)
    close()
  }
  return (
    <>
      <PageTitle lead={t('console.keys.lead')} action={create}>
        {t('console.keys.title')}
      </PageTitle>
      {made ? <JustMade apiKey={made} /> : null}
      <KeyList onAsk={setAsking} create={create} />
      {asking?.what === 'create' ? <CreateDialog onClose={close} onMade={onMade} /> : null}
      {asking?.what === 'rotate' ? <RotateDialog apiKey={asking.key} onClose={close} onMade={onMade} /> : null}
      {asking?.what === 'revoke' ? <RevokeDialog apiKey={asking.key} onClose={close} /> : null}
    </>
  )
}

function KeyList({ onAsk, create }: { onAsk: (asking: Asking) => void; create: ReactNode }) {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  return (
    <ListTable
      label={t('console.keys.label')}
      pages={askPages(listApiKeys, { params: { workspaceId: workspace.id } })}
      rowKey={(key) => key.id}
      columns={[
        { name: t('console.keys.name'), cell: (key) => key.name },
        {
          name: t('console.keys.begins'),
          onCard: true,
          cell: (key) => <span className="mono">{key.beginsWith}…</span>,
        },
        {
          name: t('console.keys.used'),
          onCard: true,
          cell: (key) => (key.lastUsedAt ? <When instant={key.lastUsedAt} /> : t('console.keys.never')),
        },
        { name: t('console.keys.created'), cell: (key) => <When instant={key.createdAt} show="date" /> },
        {
          name: t('console.keys.expires'),
          cell: (key) => (key.expiresAt ? <When instant={key.expiresAt} /> : t('console.keys.noEnd')),
        },
        {
          name: t('console.keys.actions'),
          onCard: true,
          cell: (key) => (
            <span className={classes['actions']}>
              {key.expiresAt === null ? (
                <Button size="compact-sm" variant="default" onClick={() => onAsk({ what: 'rotate', key })}>
                  {t('console.keys.rotate')}
                </Button>
              ) : null}
              <Button size="compact-sm" variant="default" onClick={() => onAsk({ what: 'revoke', key })}>
                {t('console.keys.revoke')}
              </Button>
            </span>
          ),
        },
      ]}
      empty={
        <EmptyState title={t('console.keys.emptyTitle')} action={create}>
          {t('console.keys.empty')}
        </EmptyState>
      }
    />
  )
}

/** The token, this once, with the call that uses it. */
function JustMade({ apiKey }: { apiKey: NewKey }) {
  const { t } = useTranslation()
  const example = `curl ${location.origin}/v1/usage \\
  -H 'authorization: Bearer ${apiKey.token}' \\
  -H 'content-type: application/cloudevents+json' \\
  -d '{"specversion":"1.0","id":"1","source":"my-app","type":"purser.usage.recorded","data":{"meter":"logs","quantity":1000}}'`
  return (
    <div className={classes['made']}>
      <Notice tone="done" live="status" title={`${t('console.keys.newTitle')}: ${apiKey.name}`}>
        <p>{t('console.keys.newBody')}</p>
        <CopyableId value={apiKey.token} what={t('console.keys.newTitle')} />
        <details>
          <summary>{t('console.keys.example')}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
          <pre className={classes['example']} tabIndex={0}>
            {example}
          </pre>
        </details>
      </Notice>
    </div>
  )
}

const keyName = z.string().trim().min(1).max(64)

function useKeysChanged() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: keyOf(listApiKeys) })
}

function CreateDialog({ onClose, onMade }: { onClose: () => void; onMade: (key: NewKey) => void }) {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const keyFor = useRequestKey()
  const changed = useKeysChanged()
  const form = useForm({ initialValues: { name: '' }, validate: { name: rule(keyName, 'apiKeyName') } })
  const create = useSubmit({
    form,
    send: ({ name }) =>
      call(createApiKey, { params: { workspaceId: workspace.id }, body: { requestKey: keyFor(name), name } }),
    onDone: async (key) => {
      await changed()
      onMade(key)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('console.keys.create')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
    >
      <PageForm
        onSubmit={create.submit}
        problem={create.problem}
        pending={create.pending}
        submit={t('console.keys.create')}
      >
        <TextInput
          label={t('console.keys.name')}
          description={t('console.keys.nameHelp')}
          autoComplete="off"
          maxLength={64}
          data-autofocus
          {...form.getInputProps('name')}
        />
      </PageForm>
    </Modal>
  )
}

interface DialogProps {
  apiKey: ApiKey
  onClose: () => void
}

function RotateDialog({ apiKey, onClose, onMade }: DialogProps & { onMade: (key: NewKey) => void }) {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const keyFor = useRequestKey()
  const changed = useKeysChanged()
  const rotate = useAction({
    send: () =>
      call(rotateApiKey, {
        params: { workspaceId: workspace.id, apiKeyId: apiKey.id },
        body: { requestKey: keyFor(apiKey.id) },
      }),
    onDone: async (key) => {
      await changed()
      onMade(key)
    },
  })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('console.keys.rotateTitle', { name: apiKey.name })}
      confirm={t('console.keys.rotate')}
      onConfirm={() => void rotate.run(undefined)}
      pending={rotate.pending}
      problem={rotate.problem}
    >
      {t('console.keys.rotateBody')}
    </ConfirmDialog>
  )
}

function RevokeDialog({ apiKey, onClose }: DialogProps) {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const changed = useKeysChanged()
  const say = useSay()
  const revoke = useAction({
    send: () => call(revokeApiKey, { params: { workspaceId: workspace.id, apiKeyId: apiKey.id } }),
    onDone: async () => {
      await changed()
      say(t('console.keys.revoked', { name: apiKey.name }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('console.keys.revokeTitle', { name: apiKey.name })}
      confirm={t('console.keys.revokeTitle', { name: apiKey.name })}
      onConfirm={() => void revoke.run(undefined)}
      pending={revoke.pending}
      problem={revoke.problem}
      destroys={apiKey.name}
    >
      {t('console.keys.revokeBody')}
    </ConfirmDialog>
  )
}

import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../api.ts'
import { CopyableId } from './CopyableId.tsx'
import { Notice } from './Notice.tsx'
import { WordsOf } from './ProblemWords.tsx'

/** In place of what could not be loaded: why, and a way to try again. */
export function ErrorState({ problem, onRetry }: { problem: unknown; onRetry?: () => void }) {
  const { t } = useTranslation()
  const said = problem instanceof ApiProblem ? problem : null
  // The id in a URL is free text: one that is none is answered like one that leads nowhere.
  const absent = said?.status === 404 || said?.code === 'bad_input'
  if (absent) {
    return (
      <Notice tone="calm" live="alert" title={t('parts.notFound.here')}>
        {t('parts.notFound.body')}
      </Notice>
    )
  }
  const title =
    said?.code === 'offline'
      ? t('parts.offline.title')
      : said?.status === 403
        ? t('parts.forbidden')
        : said?.code === 'signed_out'
          ? t('parts.signedOut.title')
          : t('parts.failed')
  return (
    <Notice
      tone={said && said.status > 0 && said.status < 500 ? 'attention' : 'harm'}
      live="alert"
      title={title}
      action={
        onRetry ? (
          <Button size="sm" variant="default" leftSection={<IconRefresh size={16} stroke={1.75} />} onClick={onRetry}>
            {t('parts.retry')}
          </Button>
        ) : undefined
      }
    >
      <WordsOf problem={problem} />
      {said?.requestId && said.status >= 500 ? (
        <div style={{ marginTop: 8 }}>
          <CopyableId value={said.requestId} what={t('parts.requestId')} />
        </div>
      ) : null}
    </Notice>
  )
}

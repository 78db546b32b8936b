import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api.ts'
import { CopyableId } from './CopyableId.tsx'
import { Notice } from './Notice.tsx'
import { WordsOf } from './ProblemWords.tsx'

/** A refusal that belongs to no field, above the button it answers. A fault of ours shows its request id to quote. */
export function FormProblem({ problem }: { problem: ApiProblem | null }) {
  const { t } = useTranslation()
  if (!problem) return null
  return (
    <Notice tone={problem.status >= 500 || problem.status === 0 ? 'harm' : 'attention'} live="alert">
      <WordsOf problem={problem} />
      {problem.code === 'internal' && problem.requestId ? (
        <div style={{ marginTop: 8 }}>
          <CopyableId value={problem.requestId} what={t('parts.requestId')} />
        </div>
      ) : null}
    </Notice>
  )
}

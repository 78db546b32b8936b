import { useTranslation } from 'react-i18next'
import { type ProblemCode, problems, problemWords } from '../../contract/problems.ts'
import { ApiProblem } from '../api.ts'
import { useLanguage } from '../language.ts'

interface Props {
  code: string
  details?: Record<string, string | number>
  /** The server's own words, for codes this page does not know. */
  fallback: string
}

/** The words of a refusal in the language shown now, whichever language the answer came in. */
export function ProblemWords({ code, details, fallback }: Props) {
  const language = useLanguage()
  if (code === 'bad_input' || !(code in problems)) return <>{fallback}</>
  const words = problemWords(code as ProblemCode, language, details)
  // A detail the answer did not carry would show as `{name}`: then the server's finished sentence is better.
  return <>{/\{\w+\}/.test(words) ? fallback : words}</>
}

/** What went wrong, said to a person: also for a missing answer and for faults that are nobody's refusal. */
export function WordsOf({ problem }: { problem: unknown }) {
  const { t } = useTranslation()
  if (!(problem instanceof ApiProblem)) return <>{t('parts.crash.body')}</>
  if (problem.code === 'offline') return <>{t('parts.offline.body')}</>
  if (problem.code === 'unexpected') return <>{t('parts.unexpected', { status: problem.status })}</>
  const details = { ...problem.details, ...(problem.requestId ? { requestId: problem.requestId } : {}) }
  const first = problem.code === 'bad_input' ? problem.fields[0] : undefined
  return (
    <ProblemWords
      code={problem.code}
      details={details}
      fallback={first ? `${first.path}: ${first.message}` : problem.message}
    />
  )
}

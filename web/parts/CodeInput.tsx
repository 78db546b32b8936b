import { Button, TextInput, type TextInputProps } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CodeSent } from '../../contract/identity.ts'
import type { ApiProblem } from '../api.ts'
import { useCodeSending } from './code-sending.ts'
import classes from './CodeInput.module.css'
import { WordsOf } from './ProblemWords.tsx'

interface Props extends Omit<TextInputProps, 'onSubmit'> {
  /** What the code is for, e.g. `basic/anna@acme.cn`; what was sent is remembered under it. Must change with the address. */
  purpose: string
  /** Asks the server for a code. */
  send: () => Promise<CodeSent>
  /** Checked before sending: false stops it (the address is missing or wrong, and says so itself). */
  ready?: () => boolean
  /** Refusals the screen deals with itself (a step that is over); shown here all the same. */
  onProblem?: (problem: ApiProblem) => void
  /** Whether the account may not exist: then the line does not claim that a mail was sent. */
  maybe?: boolean
}

/** The code field of every screen: button to send, where it went, a countdown to the next, and what to do when none comes. */
export function CodeInput(props: Props) {
  // A new address begins anew: no countdown and no "sent to" of the old one.
  return <CodeInputFor key={props.purpose} {...props} />
}

function CodeInputFor({ purpose, send, ready, onProblem, maybe, ...input }: Props) {
  const { t } = useTranslation()
  // The field has room for one line: pressing Send answers the error said before it, a later error is said again.
  const [answered, setAnswered] = useState<ReactNode>(null)
  const code = useCodeSending(purpose, async () => {
    try {
      return await send()
    } catch (thrown) {
      onProblem?.(thrown as ApiProblem)
      throw thrown
    } finally {
      setAnswered(input.error)
    }
  })
  const refusal = code.problem ? <WordsOf problem={code.problem} /> : null
  const error = input.error && input.error !== answered ? input.error : refusal
  const label =
    code.left > 0
      ? t('parts.code.againIn', { seconds: code.left })
      : code.pending
        ? t('parts.code.sending')
        : t(code.sentTo ? 'parts.code.again' : 'parts.code.send')
  const words = code.sentTo
    ? t(maybe ? 'parts.code.sentMaybe' : 'parts.code.sentTo', { address: code.sentTo })
    : t('parts.code.help')
  return (
    <div>
      <div className={classes['row']}>
        <TextInput
          label={t('parts.code.label')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          className={classes['field']}
          classNames={{ input: classes['digits'] ?? '' }}
          {...input}
          description={words}
          error={error}
        />
        <Button
          type="button"
          variant="default"
          className={classes['button']}
          disabled={code.left > 0 || code.pending}
          onClick={() => {
            if (ready && !ready()) return
            void code.ask()
          }}
        >
          {label}
        </Button>
      </div>
      <output className="sr-only">{code.sentTo ? words : ''}</output>
      {code.sentTo && code.left === 0 ? <p className={classes['late']}>{t('parts.code.late')}</p> : null}
    </div>
  )
}

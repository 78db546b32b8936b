import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivationStep } from '../../contract/activation.ts'
import type { ApiProblem } from '../api.ts'
import { FormProblem } from '../parts/FormProblem.tsx'
import { paths } from '../paths.ts'
import { useActivation } from './activation-context.ts'
import { stepBefore } from './steps.ts'
import classes from './StepForm.module.css'

interface Props {
  step: ActivationStep
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void
  children: ReactNode
  problem: ApiProblem | null
  pending: boolean
  /** The one primary button. */
  submit: string
  /** Why the button cannot be pressed yet. */
  disabledReason?: string
  /** Where Back leads when it is not the step before. */
  backTo?: string
  beside?: ReactNode
}

/** The form of one step: its fields, what was refused, one primary button, and the way back. */
export function StepForm(props: Props) {
  const { t } = useTranslation()
  const { view } = useActivation()
  const before = stepBefore(view, props.step)
  const back = props.backTo ?? (before ? paths.activation.step(before) : null)
  return (
    <form className={classes['root']} noValidate onSubmit={props.onSubmit} aria-busy={props.pending}>
      {props.children}
      <FormProblem problem={props.problem} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={props.pending} disabled={props.disabledReason !== undefined}>
          {props.submit}
        </Button>
        {props.beside}
        {back ? (
          <Link to={back} className={classes['back']}>
            {t('activation.back')}
          </Link>
        ) : null}
      </div>
      {props.disabledReason === undefined ? null : <p className={classes['reason']}>{props.disabledReason}</p>}
    </form>
  )
}

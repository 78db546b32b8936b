import { Button } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '../api.ts'
import { ButtonLink } from './ButtonLink.tsx'
import { FormProblem } from './FormProblem.tsx'
import classes from './PageForm.module.css'

interface Props {
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void
  children: ReactNode
  problem: ApiProblem | null
  pending: boolean
  /** The one primary button. */
  submit: string
  cancelTo?: string
}

/** A form of a page or drawer: its fields, what was refused, one primary button, and the way out. */
export function PageForm({ onSubmit, children, problem, pending, submit, cancelTo }: Props) {
  const { t } = useTranslation()
  return (
    <form className={classes['root']} noValidate onSubmit={onSubmit} aria-busy={pending}>
      {children}
      <FormProblem problem={problem} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={pending}>
          {submit}
        </Button>
        {cancelTo ? (
          <ButtonLink variant="subtle" to={cancelTo}>
            {t('parts.cancel')}
          </ButtonLink>
        ) : null}
      </div>
    </form>
  )
}

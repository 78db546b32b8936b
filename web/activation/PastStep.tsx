import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivationStep } from '../../contract/activation.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Facts } from '../parts/Facts.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { paths } from '../paths.ts'
import { useActivation } from './activation-context.ts'
import classes from './StepForm.module.css'

interface Props {
  step: ActivationStep
  lead: ReactNode
  facts: readonly { name: string; value: ReactNode }[]
  /** Opens the form again; absent when nothing can be changed any more. */
  onChange?: () => void
}

/** A finished step, looked back at: what was entered, and on to where one is. */
export function PastStep({ step, lead, facts, onChange }: Props) {
  const { t } = useTranslation()
  const { view } = useActivation()
  return (
    <>
      <PageTitle lead={lead}>{t(`activation.steps.${step}`)}</PageTitle>
      <Facts facts={facts} />
      <div className={classes['buttons']} style={{ marginTop: 24 }}>
        <ButtonLink to={paths.activation.step(view.step)}>{t('activation.next')}</ButtonLink>
        {onChange ? (
          <Button variant="default" onClick={onChange}>
            {t('activation.change')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

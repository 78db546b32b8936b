import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { readActivation, startRegistration } from '../../contract/activation.ts'
import { readSession } from '../../contract/identity.ts'
import { call, keyOf } from '../api.ts'
import { useAction } from '../forms.tsx'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { Notice } from '../parts/Notice.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './RefusedPage.module.css'

/** Registration from the website: what comes, and the button that begins it. */
export function RegisterPage() {
  const { t } = useTranslation()
  const session = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const start = useAction({
    send: () => call(startRegistration, { body: {} }),
    onDone: async (view) => {
      client.setQueryData(keyOf(readActivation, {}), view)
      void client.invalidateQueries({ queryKey: keyOf(readSession) })
      await navigate({ to: paths.activation.step(view.step) })
    },
  })
  return (
    <PlainLayout kind="card" area={t('activation.area')}>
      <PageTitle lead={t('activation.register.lead')}>{t('activation.register.title')}</PageTitle>
      <ol className={classes['steps']}>
        {(['basic', 'company', 'method'] as const).map((step) => (
          <li key={step}>{t(`activation.register.steps.${step}`)}</li>
        ))}
      </ol>
      <div style={{ display: 'grid', gap: 16 }}>
        <FormProblem problem={start.problem} />
        <div className={classes['buttons']}>
          <Button loading={start.pending} onClick={() => void start.run(undefined)}>
            {t('activation.register.button')}
          </Button>
          {session.activation ? (
            <ButtonLink to={paths.activation.step('landing')} variant="default">
              {t('activation.register.continue')}
            </ButtonLink>
          ) : null}
        </div>
        <Notice tone="calm">{t('activation.register.bought')}</Notice>
      </div>
    </PlainLayout>
  )
}

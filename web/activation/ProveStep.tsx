import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { proveAccount, sendProofCode } from '../../contract/activation.ts'
import * as field from '../../contract/fields.ts'
import { call } from '../api.ts'
import { rule, useSubmit } from '../forms.tsx'
import { CodeInput } from '../parts/CodeInput.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useActivation } from './activation-context.ts'
import { StartOver } from './StartOver.tsx'
import { StepForm } from './StepForm.tsx'
import classes from './StepForm.module.css'

/** Another browser continues: a code to the person's e-mail proves who it is. */
export function ProveStep() {
  const { t } = useTranslation()
  const { view, accept, goTo, refused } = useActivation()
  const address = view.account?.email ?? view.basic?.email
  const form = useForm({ initialValues: { code: '' }, validate: { code: rule(field.code, 'code') } })
  const prove = useSubmit({
    form,
    send: (values) => call(proveAccount, { body: values }),
    onDone: async (next) => {
      accept(next)
      // Whoever came from the finished list wanted to add a workspace.
      await goTo(next.step === 'done' && next.settled.length > 0 ? 'workspaces' : next.step)
    },
    refused,
  })
  return (
    <>
      <PageTitle lead={address ? t('activation.prove.lead', { address }) : t('activation.prove.leadUnknown')}>
        {t('activation.prove.title')}
      </PageTitle>
      <StepForm
        step="prove"
        submit={t('activation.prove.submit')}
        onSubmit={prove.submit}
        problem={prove.problem}
        pending={prove.pending}
      >
        <CodeInput
          purpose={`${view.id}/prove`}
          send={() => call(sendProofCode)}
          onProblem={refused}
          {...form.getInputProps('code')}
        />
      </StepForm>
      {view.account ? null : (
        <div style={{ display: 'grid', gap: 12, justifyItems: 'start', marginTop: 32 }}>
          <p className={classes['note']}>{t('activation.prove.startOverBody')}</p>
          <StartOver />
        </div>
      )}
    </>
  )
}

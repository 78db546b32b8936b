import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { choosePath } from '../../contract/activation.ts'
import { call } from '../api.ts'
import { BrokenRule, useAction } from '../forms.tsx'
import { ChoiceCards } from '../parts/ChoiceCards.tsx'
import { FaqNote } from '../parts/FaqNote.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { useActivation } from './activation-context.ts'
import { PastStep } from './PastStep.tsx'
import { StepForm } from './StepForm.tsx'

type Path = 'new' | 'existing'

/** The two choices: No Billing Center account, or an existing one. */
export function LandingStep() {
  const { opening, view } = useActivation()
  const { t } = useTranslation()
  const [past] = useState(opening.as === 'past' && !opening.changeable)
  if (past && view.path) {
    const facts = [{ name: t('activation.landing.question'), value: t(`activation.landing.${view.path}`) }]
    return <PastStep step="landing" lead={t('activation.landing.lead')} facts={facts} />
  }
  return <Choice />
}

function Choice() {
  const { t } = useTranslation()
  const { view, proceed, goTo, refused } = useActivation()
  const [path, setPath] = useState<Path | null>(view.path)
  const [missing, setMissing] = useState(false)
  const choose = useAction({
    send: (chosen: Path) => call(choosePath, { body: { path: chosen } }),
    onDone: proceed,
    refused,
  })
  const choices = (['new', 'existing'] as const).map((value) => ({
    value,
    title: t(`activation.landing.${value}`),
    body: t(`activation.landing.${value}Body`),
  }))
  const next = () => {
    if (!path) return setMissing(true)
    // Nothing to say anew when the choice stands: go on to where one was.
    if (path === view.path && view.step !== 'landing') return void goTo(view.step)
    void choose.run(path)
  }
  return (
    <>
      <PageTitle lead={t(view.source === 'website' ? 'activation.landing.leadWebsite' : 'activation.landing.lead')}>
        {t('activation.landing.title')}
      </PageTitle>
      <StepForm
        step="landing"
        submit={t('activation.next')}
        problem={choose.problem}
        pending={choose.pending}
        onSubmit={(event) => {
          event?.preventDefault()
          next()
        }}
      >
        <ChoiceCards
          label={t('activation.landing.question')}
          choices={choices}
          value={path}
          error={missing ? <BrokenRule rule="choose" /> : null}
          onChange={(value) => {
            setPath(value as Path)
            setMissing(false)
          }}
        />
        <FaqNote question={t('activation.landing.what')}>
          <p style={{ margin: '0 0 8px' }}>{t('activation.landing.whatBody')}</p>
          <p style={{ margin: 0 }}>{t('activation.landing.whatUnsure')}</p>
        </FaqNote>
      </StepForm>
    </>
  )
}

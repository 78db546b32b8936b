import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ActivationStep, ActivationView } from '../../contract/activation.ts'
import { paths } from '../paths.ts'
import { openingOf } from './steps.ts'
import classes from './StepRail.module.css'

function StepMark({ state }: { state: 'done' | 'current' | 'upcoming' }) {
  return (
    <svg className={classes['mark']} data-state={state} viewBox="0 0 20 20" fill="none" aria-hidden>
      <circle cx="10" cy="10" r="8.25" strokeWidth="1.5" />
      {state === 'done' ? (
        <path d="M6.4 10.3l2.4 2.4 4.8-5.2" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" />
      ) : null}
      {state === 'current' ? <circle cx="10" cy="10" r="3.5" stroke="none" /> : null}
    </svg>
  )
}

/** The steps with their names: done ones ticked and openable, the present one marked; on narrow screens a line with its number and name. */
export function StepRail({ view, shown }: { view: ActivationView; shown: ActivationStep }) {
  const { t } = useTranslation()
  const at = Math.max(
    view.rail.findIndex((entry) => entry.step === shown),
    0,
  )
  return (
    <nav className={classes['root']} aria-label={t('activation.railLabel')}>
      <p className={classes['narrow']} aria-hidden>
        <span>{t('activation.railNarrow', { at: at + 1, of: view.rail.length })}</span>
        <span className={classes['bars']}>
          {view.rail.map((entry) => (
            <span key={entry.step} data-state={entry.state} />
          ))}
        </span>
      </p>
      <ol className={classes['list']}>
        {view.rail.map(({ step, state }) => {
          const words = (
            <>
              <StepMark state={state} />
              <span>{t(`activation.steps.${step}`)}</span>
              {state === 'done' ? <span className="sr-only"> ({t('activation.stepDone')})</span> : null}
            </>
          )
          const opens = step !== shown && openingOf(view, step).as !== 'closed'
          return (
            <li key={step} data-state={state} data-shown={step === shown}>
              {opens ? (
                <Link to={paths.activation.step(step)} className={classes['entry']}>
                  {words}
                </Link>
              ) : (
                <span className={classes['entry']} aria-current={step === shown ? 'step' : undefined}>
                  {words}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

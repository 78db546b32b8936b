import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, Outlet, useNavigate, useRouterState } from '@tanstack/react-router'
import { useLayoutEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ActivationView, readActivation } from '../../contract/activation.ts'
import { readSession } from '../../contract/identity.ts'
import { type ApiProblem, ask, isProblem, keyOf, showActivation } from '../api.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { ErrorState } from '../parts/ErrorState.tsx'
import { useSay } from '../parts/say.ts'
import { FormSkeleton } from '../parts/Skeletons.tsx'
import { paths } from '../paths.ts'
import { type Activation, ActivationContext } from './activation-context.ts'
import classes from './ActivationLayout.module.css'
import { NewWorkspaceSite } from './NewWorkspaceSite.tsx'
import { choosesSite, PurchaseCard, useNarrow } from './PurchaseCard.tsx'
import { Refused } from './RefusedPage.tsx'
import { StepRail } from './StepRail.tsx'
import { openingOf, stepOfPath } from './steps.ts'

/** Around every step: the rail at the left, one column in the middle, what was bought at the right. */
export function ActivationLayout() {
  const { t } = useTranslation()
  const query = useQuery(ask(readActivation))
  // Read here, beside the view: a step must never be judged by its new URL and the old view.
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (isProblem(query.error, 'signed_out')) {
    return (
      <PlainLayout kind="card" area={t('activation.area')}>
        <Refused reason="signed_out" />
      </PlainLayout>
    )
  }
  if (query.data) return <Steps view={query.data} path={path} />
  return (
    <PlainLayout kind="card" area={t('activation.area')}>
      {query.isError ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : <FormSkeleton />}
    </PlainLayout>
  )
}

function Steps({ view, path }: { view: ActivationView; path: string }) {
  const { t } = useTranslation()
  const arriving = useArriving(view, path)
  useLayoutEffect(() => showActivation(view.id), [view.id])
  const wanted = arriving ? view.step : stepOfPath(path)
  // The URL is ahead of the page while another area is being loaded: then nothing here is to be judged any more.
  const opening = wanted ? openingOf(view, wanted) : { as: 'present' as const }
  const activation = useActivationValue(view, opening)
  const narrow = useNarrow()
  return (
    <ActivationContext value={activation}>
      <PlainLayout kind="full" area={t('activation.area')}>
        <div className={classes['grid']}>
          <aside className={classes['card']} aria-label={t('activation.purchase.title')}>
            <PurchaseCard step={wanted ?? view.step} />
          </aside>
          <StepRail view={view} shown={wanted ?? view.step} />
          <div className={classes['column']}>
            {arriving ? (
              <Navigate to={paths.activation.step(view.step)} replace />
            ) : opening.as === 'closed' ? (
              <Navigate to={paths.activation.step(opening.goTo)} replace />
            ) : (
              <Outlet />
            )}
            {narrow && choosesSite(wanted ?? view.step) ? (
              <div className={classes['below']}>
                <NewWorkspaceSite />
              </div>
            ) : null}
          </div>
        </div>
      </PlainLayout>
    </ActivationContext>
  )
}

/**
 * Whether this is the arrival at /activate (Direct Login and every "continue" lead there): it goes on at the first unfinished step. Later, the
 * same URL is the first step, to look back at.
 */
function useArriving(view: ActivationView, path: string): boolean {
  const [arriving, setArriving] = useState(path === paths.activation.step('landing') && view.step !== 'landing')
  const arrived = path === paths.activation.step(view.step)
  if (arriving && arrived) setArriving(false)
  return arriving && !arrived
}

function useActivationValue(view: ActivationView, opening: Activation['opening']): Activation {
  const { t } = useTranslation()
  const say = useSay()
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMemo(() => {
    const accept = (next: ActivationView) => {
      client.setQueryData(keyOf(readActivation, {}), next)
      // Registering or proving signs this browser in; the session knows it next time it is asked.
      void client.invalidateQueries({ queryKey: keyOf(readSession) })
    }
    const goTo: Activation['goTo'] = (step) => navigate({ to: paths.activation.step(step) })
    const proceed: Activation['proceed'] = async (next) => {
      accept(next)
      await goTo(next.step)
    }
    const refused = (problem: ApiProblem): boolean => {
      if (!isProblem(problem, 'step_not_open', 'activation_over', 'proof_needed', 'signed_out')) return false
      if (problem.code !== 'signed_out') say(t('activation.moved'), 'attention')
      void client.fetchQuery({ ...ask(readActivation), staleTime: 0 }).then(
        (next) => goTo(next.step),
        () => client.invalidateQueries({ queryKey: keyOf(readActivation) }),
      )
      return true
    }
    return { view, opening, accept, proceed, goTo, refused }
  }, [view, opening, client, navigate, say, t])
}

import { useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { problemWords } from '../../contract/problems.ts'
import { useLanguage } from '../language.ts'
import { PlainLayout } from '../layout/PlainLayout.tsx'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './RefusedPage.module.css'

const handoffReasons = [
  'handoff_expired',
  'handoff_used',
  'handoff_tampered',
  'instance_unknown',
  'instance_released',
] as const
type HandoffReason = (typeof handoffReasons)[number]
export type Reason = HandoffReason | 'signed_out' | 'other'

/** The steps that lead out of each refusal. */
const ways: Record<Reason, readonly ('open' | 'press' | 'continue' | 'wait' | 'subscribe' | 'pressNew')[]> = {
  handoff_expired: ['open', 'press', 'continue'],
  handoff_used: ['open', 'press', 'continue'],
  handoff_tampered: ['open', 'press', 'continue'],
  instance_unknown: ['wait', 'open', 'press'],
  instance_released: ['subscribe', 'pressNew'],
  signed_out: ['open', 'press', 'continue'],
  other: ['open', 'press', 'continue'],
}

/** The reason in the URL, as far as we know it. */
export function reasonOf(text: string): Reason {
  return handoffReasons.find((reason) => reason === text) ?? 'other'
}

/** A hand-off that could not be taken: what happened, and the steps that lead on. */
export function RefusedPage() {
  const { t } = useTranslation()
  const { reason } = useSearch({ strict: false }) as { reason?: string }
  return (
    <PlainLayout kind="card" area={t('activation.area')}>
      <Refused reason={reasonOf(reason ?? '')} />
    </PlainLayout>
  )
}

export function Refused({ reason }: { reason: Reason }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { marketplaces } = useSession()
  const productUrl = marketplaces.find((marketplace) => marketplace.productUrl)?.productUrl
  const words =
    reason === 'signed_out'
      ? t('activation.refused.signedOutBody')
      : reason === 'other'
        ? t('activation.refused.otherBody')
        : problemWords(reason, language)
  return (
    <>
      <PageTitle lead={words}>{t(`activation.refused.titles.${reason}`)}</PageTitle>
      <h2 className={classes['what']}>{t('activation.refused.what')}</h2>
      <ol className={classes['steps']}>
        {ways[reason].map((step) => (
          <li key={step}>{t(`activation.refused.steps.${step}`)}</li>
        ))}
      </ol>
      <div className={classes['buttons']}>
        {productUrl ? (
          <ButtonLink to={productUrl} reloadDocument>
            {t('activation.refused.toMarketplace')}
          </ButtonLink>
        ) : null}
        <ButtonLink to={paths.register()} variant="subtle">
          {t('activation.refused.register')}
        </ButtonLink>
      </div>
    </>
  )
}

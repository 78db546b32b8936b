import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { ActivationStep, ActivationView } from '../../contract/activation.ts'
import { useInLanguage } from '../language.ts'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Notice } from '../parts/Notice.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { InstanceBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { useActivation } from './activation-context.ts'
import { NewWorkspaceSite } from './NewWorkspaceSite.tsx'
import { useCloudName } from '../parts/cloud-name.ts'
import classes from './PurchaseCard.module.css'

/** Whether there is one column only, so that the card stands above it and opens on demand. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 54em)', false, { getInitialValueInEffect: false })
}

/** Whether the site of workspaces still to be created is chosen at this step. */
export function choosesSite(step: ActivationStep): boolean {
  return step === 'account' || step === 'workspaces'
}

/** What you bought: stays beside every step, so that nobody wonders what this is about. */
export function PurchaseCard({ step }: { step: ActivationStep }) {
  const { t } = useTranslation()
  const { view } = useActivation()
  const inLanguage = useInLanguage()
  const narrow = useNarrow()
  const title = t(view.purchase ? 'activation.purchase.title' : 'activation.purchase.titleWebsite')
  const summary = view.purchase ? inLanguage(view.purchase.productName) : t('activation.purchase.website')
  return (
    <div className={classes['stack']}>
      {view.purchase?.status === 'released' ? (
        <Notice tone="attention">{t('activation.purchase.released')}</Notice>
      ) : null}
      <div className={classes['card']}>
        {narrow ? (
          <details>
            <summary className={classes['summary']}>
              <span className={classes['label']}>{title}</span>
              <span className={classes['product']}>{summary}</span>
            </summary>
            <div className={classes['inside']}>
              <PurchaseFacts view={view} site={choosesSite(step)} />
            </div>
          </details>
        ) : (
          <>
            <h2 className={classes['label']}>{title}</h2>
            <p className={classes['product']}>{summary}</p>
            <PurchaseFacts view={view} site={choosesSite(step)} />
          </>
        )}
      </div>
      {choosesSite(step) && !narrow ? <NewWorkspaceSite /> : null}
    </div>
  )
}

function PurchaseFacts({ view, site }: { view: ActivationView; site: boolean }) {
  const { t } = useTranslation()
  const cloudName = useCloudName()
  const { purchase } = view
  const settledHere = !site && (view.basic || view.account)
  const siteFact = settledHere
    ? [{ name: t('activation.purchase.site'), value: <SiteName code={view.site} sites={view.sites} /> }]
    : []
  if (!purchase) {
    return (
      <>
        <p className={classes['text']}>{t('activation.purchase.websiteBody')}</p>
        <Facts facts={siteFact} />
      </>
    )
  }
  const cloud = t('activation.purchase.cloudAccount', { cloud: cloudName(purchase.marketplace) })
  const instance = t('activation.purchase.instance')
  return (
    <Facts
      facts={[
        { name: cloud, value: <CopyableId value={purchase.cloudAccountRef} what={cloud} /> },
        { name: instance, value: <CopyableId value={purchase.instanceRef} what={instance} /> },
        { name: t('activation.purchase.status'), value: <InstanceBadge status={purchase.status} /> },
        { name: t('activation.purchase.purchasedAt'), value: <When instant={purchase.purchasedAt} /> },
        ...siteFact,
      ]}
    />
  )
}

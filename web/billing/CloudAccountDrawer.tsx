import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type CloudAccount, readCloudAccount } from '../../contract/accounts.ts'
import { ask } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { useCloudName } from '../parts/cloud-name.ts'
import { CopyableId } from '../parts/CopyableId.tsx'
import { Facts } from '../parts/Facts.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { SideDrawer } from '../parts/SideDrawer.tsx'
import { SiteName } from '../parts/SitePicker.tsx'
import { ListSkeleton } from '../parts/Skeletons.tsx'
import { InstanceBadge, StandingBadge } from '../parts/StatusBadge.tsx'
import { When } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import classes from './CloudAccountDrawer.module.css'
import { ReportedUsageList } from './ReportedUsageList.tsx'

/** One cloud account at the side of the list: what was bought with it, which workspaces each purchase pays for, and what was reported. */
export function CloudAccountDrawer() {
  const { t } = useTranslation()
  const { cloudAccountId } = useParams({ strict: false }) as { cloudAccountId: CloudAccount['id'] }
  const navigate = useNavigate()
  const cloudName = useCloudName()
  const query = useQuery(ask(readCloudAccount, { params: { cloudAccountId } }))
  return (
    <SideDrawer
      title={query.data ? cloudName(query.data.marketplace) : t('billing.clouds.title')}
      onClose={() => void navigate({ to: paths.billing.cloudAccounts() })}
    >
      <Loaded query={query} skeleton={<ListSkeleton rows={5} />}>
        {(account) => (
          <>
            <Facts
              facts={[
                {
                  name: t('billing.clouds.account'),
                  value: <CopyableId value={account.accountRef} what={t('billing.clouds.account')} />,
                },
                { name: t('billing.clouds.bound'), value: <When instant={account.boundAt} /> },
              ]}
            />
            <h3 className={classes['title']}>{t('billing.clouds.purchases')}</h3>
            {account.instances.length === 0 ? <p>{t('billing.clouds.none')}</p> : null}
            {account.instances.map((instance) => (
              <Purchase key={instance.id} instance={instance} />
            ))}
          </>
        )}
      </Loaded>
    </SideDrawer>
  )
}

function Purchase({ instance }: { instance: CloudAccount['instances'][number] }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  return (
    <section className={classes['purchase']} aria-label={instance.instanceRef}>
      <div className={classes['head']}>
        <strong>{inLanguage(instance.productName)}</strong>
        <InstanceBadge status={instance.status} />
      </div>
      <Facts
        facts={[
          {
            name: t('parts.instanceId'),
            value: <CopyableId value={instance.instanceRef} what={t('parts.instanceId')} />,
          },
          { name: t('billing.clouds.order'), value: <span className="mono">{instance.orderRef}</span> },
          { name: t('billing.clouds.sku'), value: instance.sku },
          { name: t('billing.clouds.purchased'), value: <When instant={instance.purchasedAt} /> },
          { name: t('billing.clouds.paysFor'), value: <PaysFor instance={instance} /> },
        ]}
      />
      <ReportedUsageList instanceId={instance.id} />
    </section>
  )
}

function PaysFor({ instance }: { instance: CloudAccount['instances'][number] }) {
  const { t } = useTranslation()
  const { sites } = useSession()
  if (instance.workspaces.length === 0)
    return <>{t(instance.status === 'released' ? 'billing.clouds.paysForNoMore' : 'billing.clouds.paysForNone')}</>
  return (
    <ul className={classes['workspaces']}>
      {instance.workspaces.map((workspace) => (
        <li key={workspace.id} className={classes['workspace']}>
          <span>
            <TextLink to={paths.billing.workspace(workspace.id)}>{workspace.name}</TextLink>
            <span className={classes['site']}>
              <SiteName code={workspace.site} sites={sites} />
            </span>
          </span>
          <StandingBadge standing={workspace.standing} />
        </li>
      ))}
    </ul>
  )
}

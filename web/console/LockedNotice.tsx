import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { paths } from '../paths.ts'
import classes from './LockedNotice.module.css'

/** A locked or dissolved workspace says so before anything else: what happened, and what opens it again. */
export function LockedNotice({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  if (workspace.standing === 'dissolved') {
    return (
      <div className={classes['root']}>
        <Notice tone="calm" title={t('console.dissolved.title')}>
          {t('console.dissolved.body')}
        </Notice>
      </div>
    )
  }
  if (workspace.standing !== 'locked') return null
  const owner = workspace.role === 'owner'
  return (
    <div className={classes['root']}>
      <Notice
        tone="harm"
        title={t('console.locked.title')}
        action={
          owner ? (
            <ButtonLink size="sm" to={paths.console.changeBillingMethod(workspace.site, workspace.id)}>
              {t('console.plan.change')}
            </ButtonLink>
          ) : undefined
        }
      >
        {t('console.locked.body')} {t(owner ? 'console.locked.steps' : 'console.locked.askOwner')}
      </Notice>
    </div>
  )
}

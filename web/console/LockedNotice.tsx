import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { useLanguage } from '../language.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { dayInWords } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import { useSite } from './console-site.ts'
import classes from './LockedNotice.module.css'

/** A locked or dissolved workspace says so before anything else: what happened, until when, and what opens it again. */
export function LockedNotice({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useSite()
  const { dissolvesAt, dissolvedAt } = workspace
  if (dissolvedAt !== null) {
    return (
      <div className={classes['root']}>
        <Notice tone="calm" title={t('console.dissolved.title')}>
          {t('console.dissolved.body', { date: dayInWords(dissolvedAt, language, timeZone) })}
        </Notice>
      </div>
    )
  }
  if (dissolvesAt === null) return null
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
        {t('console.locked.body', { date: dayInWords(dissolvesAt, language, timeZone) })}{' '}
        {t(owner ? 'console.locked.steps' : 'console.locked.askOwner')}
      </Notice>
    </div>
  )
}

import { useTranslation } from 'react-i18next'
import type { WorkspaceHome } from '../../contract/workspaces.ts'
import { useLanguage } from '../language.ts'
import { ButtonLink } from '../parts/ButtonLink.tsx'
import { Notice } from '../parts/Notice.tsx'
import { dayInWords } from '../parts/When.tsx'
import { paths } from '../paths.ts'
import classes from './ConsoleShell.module.css'
import { useSite } from './console-site.ts'

/** On every page while the 14 days run: until when, why, and the way out. */
export function CountdownBanner({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { timeZone } = useSite()
  const { countdownEndsAt, countdownReason } = workspace
  if (countdownEndsAt === null || countdownReason === null) return null
  return (
    <div className={classes['banner']}>
      <Notice
        tone="attention"
        title={t('console.countdown.title', { date: dayInWords(countdownEndsAt, language, timeZone) })}
        action={
          workspace.role === 'owner' ? (
            <ButtonLink
              size="sm"
              variant="default"
              to={paths.console.changeBillingMethod(workspace.site, workspace.id)}
            >
              {t('console.countdown.action')}
            </ButtonLink>
          ) : undefined
        }
      >
        {t(`console.countdown.${countdownReason}`)} {t('console.countdown.body')}
      </Notice>
    </div>
  )
}

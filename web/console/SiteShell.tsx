import { IconStack2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useInLanguage } from '../language.ts'
import { AppShell } from '../layout/AppShell.tsx'
import { paths } from '../paths.ts'
import classes from './ConsoleShell.module.css'
import { ConsoleAccountCorner } from './ConsoleAccountCorner.tsx'
import { useSite } from './console-site.ts'

/** Pages about a site rather than one workspace. */
export function SiteShell({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  return (
    <AppShell
      area={t('console.area')}
      home={paths.console.workspaces(site.code)}
      nav={[{ path: paths.console.workspaces(site.code), name: t('console.nav.workspaces'), icon: IconStack2 }]}
      switcher={
        <div className={`${classes['names'] ?? ''} ${classes['place'] ?? ''}`}>
          <span className={classes['name']}>{inLanguage(site.name)}</span>
          <span className={classes['site']}>{site.code}</span>
        </div>
      }
      account={<ConsoleAccountCorner />}
    >
      {children}
    </AppShell>
  )
}

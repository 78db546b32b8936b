import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useRouterState } from '@tanstack/react-router'
import type { Icon } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './AppShell.module.css'
import { Switches } from './Switches.tsx'
import { Wordmark } from './Wordmark.tsx'

/** One entry of the left navigation; at most eight of them. */
export interface NavEntry {
  path: string
  name: string
  icon: Icon
  /** Current only on exactly this path; for an area's first page. */
  exact?: true
}

interface Props {
  area: string
  home: string
  nav: readonly NavEntry[]
  /** Which account or workspace this is about, and the way to another; stands above the navigation. */
  switcher: ReactNode
  /** Who is signed in, with the way out; stands below the navigation. */
  account: ReactNode
  /** Across the top of the content: what needs attention on every page (countdown, lock). */
  banner?: ReactNode
  children: ReactNode
}

function Navigation({ nav, switcher, account }: Pick<Props, 'nav' | 'switcher' | 'account'>) {
  const { t } = useTranslation()
  return (
    <div className={classes['side']}>
      <div className={classes['switcher']}>{switcher}</div>
      <nav aria-label={t('parts.navigation')} className={classes['nav']}>
        {nav.map((entry) => (
          <Link
            key={entry.path}
            to={entry.path}
            className={classes['entry']}
            activeOptions={{ exact: entry.exact ?? false }}
            activeProps={{ 'data-current': 'true', 'aria-current': 'page' }}
          >
            <entry.icon size={18} stroke={1.75} aria-hidden />
            {entry.name}
          </Link>
        ))}
      </nav>
      <div className={classes['account']}>{account}</div>
    </div>
  )
}

/** Billing Center and Console: navigation at the left (a drawer on narrow screens), content up to 1200 px. */
export function AppShell({ area, home, nav, switcher, account, banner, children }: Props) {
  const { t } = useTranslation()
  const [opened, drawer] = useDisclosure(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { close } = drawer
  useEffect(() => close(), [path, close])
  return (
    <div className={classes['root']}>
      <header className={classes['header']}>
        <Burger
          className={classes['burger'] ?? ''}
          size="sm"
          opened={opened}
          onClick={drawer.toggle}
          aria-label={t(opened ? 'parts.closeMenu' : 'parts.openMenu')}
        />
        <Link to={home} className={classes['home']}>
          <Wordmark area={area} />
        </Link>
        <Switches />
      </header>
      <aside className={classes['wide']} aria-label={area}>
        <Navigation nav={nav} switcher={switcher} account={account} />
      </aside>
      <Drawer
        opened={opened}
        onClose={close}
        position="left"
        size={288}
        title={area}
        closeButtonProps={{ 'aria-label': t('parts.closeMenu') }}
      >
        <Navigation nav={nav} switcher={switcher} account={account} />
      </Drawer>
      <div className={classes['page']}>
        {banner}
        <main id="content" tabIndex={-1} className={classes['main']}>
          {children}
        </main>
      </div>
    </div>
  )
}

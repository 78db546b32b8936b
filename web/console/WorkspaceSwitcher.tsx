import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listMyWorkspaces, type WorkspaceHome, type WorkspaceRow } from '../../contract/workspaces.ts'
import { ask } from '../api.ts'
import { useInLanguage } from '../language.ts'
import { paths } from '../paths.ts'
import classes from './ConsoleShell.module.css'
import { useSite } from './console-site.ts'

const canBeOpened = (one: WorkspaceRow) => one.standing !== 'dissolved'

/** Which workspace this is, and the way to another. Beyond the newest few the list page takes over. */
export function WorkspaceSwitcher({ workspace }: { workspace: WorkspaceHome }) {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const site = useSite()
  const newest = useQuery(ask(listMyWorkspaces, { params: { site: site.code }, query: { limit: 8 } }))
  return (
    <Menu position="bottom-start" width="target">
      <Menu.Target>
        <UnstyledButton
          className={classes['switch']}
          aria-label={t('console.switcher.label', { name: workspace.name })}
        >
          <span className={classes['names']}>
            <span className={classes['name']}>{workspace.name}</span>
            <span className={classes['site']}>{inLanguage(site.name)}</span>
          </span>
          <IconSelector size={16} stroke={1.75} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {newest.data?.items.filter(canBeOpened).map((one) => (
          <Menu.Item
            key={one.id}
            component={Link}
            to={paths.console.workspace(site.code, one.id)}
            rightSection={one.id === workspace.id ? <IconCheck size={14} stroke={2} aria-hidden /> : null}
          >
            <span className={classes['name']}>{one.name}</span>
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to={paths.console.workspaces(site.code)}>
          {t('console.switcher.all')}
        </Menu.Item>
        <Menu.Item
          component={Link}
          to={paths.console.newWorkspace(site.code)}
          leftSection={<IconPlus size={14} stroke={2} aria-hidden />}
        >
          {t('console.switcher.create')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

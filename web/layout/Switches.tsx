import { ActionIcon, Button, Group, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languages } from '../../contract/problems.ts'
import { switchLanguage, useLanguage } from '../language.ts'

const appearances = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[]
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const

function ticked(chosen: boolean) {
  return chosen ? <IconCheck size={14} stroke={2} aria-hidden /> : <span style={{ width: 14, display: 'inline-block' }} />
}

/** Language and appearance, at the top right of every page. */
export function Switches() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = icons[colorScheme]
  return (
    <Group gap={4} wrap="nowrap">
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="subtle"
            size="sm"
            leftSection={<IconLanguage size={18} stroke={1.75} />}
            aria-label={`${t('parts.language')}: ${t(`parts.languages.${language}`)}`}
          >
            {t(`parts.languages.${language}`)}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {languages.map((each) => (
            <Menu.Item
              key={each}
              lang={each === 'zh' ? 'zh-CN' : 'en'}
              role="menuitemradio"
              aria-checked={each === language}
              leftSection={ticked(each === language)}
              onClick={() => void switchLanguage(each)}
            >
              {t(`parts.languages.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" size={32} aria-label={`${t('parts.appearance')}: ${t(`parts.appearances.${colorScheme}`)}`}>
            <Icon size={18} stroke={1.75} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {appearances.map((each) => (
            <Menu.Item
              key={each}
              role="menuitemradio"
              aria-checked={each === colorScheme}
              leftSection={ticked(each === colorScheme)}
              onClick={() => setColorScheme(each)}
            >
              {t(`parts.appearances.${each}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}

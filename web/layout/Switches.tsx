import { ActionIcon, Button, Group, Menu, type MantineColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { languages } from '../../contract/problems.ts'
import { switchLanguage, useLanguage } from '../language.ts'
import classes from './Switches.module.css'

const appearances = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[]
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const
const tick = <IconCheck size={14} stroke={2} aria-hidden />

/** Language and appearance, at the top right of every page. */
export function Switches() {
  return (
    <Group gap={4} wrap="nowrap">
      <LanguageSwitch />
      <AppearanceSwitch />
    </Group>
  )
}

function LanguageSwitch() {
  const { t } = useTranslation()
  const language = useLanguage()
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          size="sm"
          className={classes['language'] ?? ''}
          leftSection={<IconLanguage size={18} stroke={1.75} aria-hidden />}
          aria-label={`${t('parts.language')}: ${t(`parts.languages.${language}`)}`}
        >
          <span className={classes['word']}>{t(`parts.languages.${language}`)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(chosen) => void switchLanguage(chosen === 'zh' ? 'zh' : 'en')}>
          {languages.map((each) => (
            <Menu.RadioItem
              key={each}
              value={each}
              lang={each === 'zh' ? 'zh-CN' : 'en'}
              checkIcon={tick}
              closeMenuOnClick
            >
              {t(`parts.languages.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

function AppearanceSwitch() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = icons[colorScheme]
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          size={32}
          aria-label={`${t('parts.appearance')}: ${t(`parts.appearances.${colorScheme}`)}`}
        >
          <Icon size={18} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) => setColorScheme(appearances.find((each) => each === chosen) ?? 'auto')}
        >
          {appearances.map((each) => (
            <Menu.RadioItem key={each} value={each} checkIcon={tick} closeMenuOnClick>
              {t(`parts.appearances.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}

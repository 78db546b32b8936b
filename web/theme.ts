import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  createTheme,
  Drawer,
  Input,
  type MantineColorsTuple,
  type MantineThemeOverride,
  type CSSVariablesResolver,
  Modal,
  PasswordInput,
  Radio,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'
import { isAccent, readableOn, shadesOf } from './accent.ts'
import { meterColourRoles } from './meter-colours.ts'

/** The tokens of the design, said once. Screens use the names below or Mantine's own props; none writes a colour, size or gap of its own. */
const paper = '#FBFAF8'
const surface = '#FFFFFF'
const ink = '#16202C'
const nightGround = '#0F1720'
const nightSurface = '#15202B'
const deepSea = '#0E5A6B'
/** What is selected at night: the lightest ground that text in the accent stands on. */
const nightTint = '#14303A'

const sans =
  '"Inter Variable", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", system-ui, sans-serif'
const mono =
  'ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace'

/** Paper to ink. */
const gray: MantineColorsTuple = [
  '#FBFAF8',
  '#F5F3EF',
  '#ECE9E3',
  '#E0DCD4',
  '#CFCAC0',
  '#A5A19A',
  '#6C737B',
  '#565F69',
  '#303A46',
  '#16202C',
]
/** The night's text to its ground. */
const dark: MantineColorsTuple = [
  '#E7EAED',
  '#C5CCD3',
  '#9FAAB5',
  '#74818E',
  '#344250',
  '#273441',
  '#1C2834',
  '#0F1720',
  '#0B1219',
  '#070C11',
]

const inputOrder: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
const fieldDefaults = { size: 'md', inputWrapperOrder: inputOrder, withAsterisk: false } as const

/** A dialog's head is no banner of the page, which has one already. */
const dialogAttributes = { header: { role: 'presentation' } }

/** Sizes and behaviour of Mantine's parts where they differ from its own. */
const components: MantineThemeOverride['components'] = {
  Alert: Alert.extend({ defaultProps: { radius: 'md' } }),
  Anchor: Anchor.extend({ defaultProps: { underline: 'always', inherit: true } }),
  Button: Button.extend({ defaultProps: { size: 'md' } }),
  Checkbox: Checkbox.extend({ defaultProps: { size: 'sm', radius: 'xs' } }),
  Radio: Radio.extend({ defaultProps: { size: 'sm' } }),
  Drawer: Drawer.extend({
    defaultProps: { position: 'right', size: 480, transitionProps: { duration: 160 }, attributes: dialogAttributes },
  }),
  InputWrapper: Input.Wrapper.extend({ defaultProps: { inputWrapperOrder: inputOrder, withAsterisk: false } }),
  TextInput: TextInput.extend({ defaultProps: fieldDefaults }),
  PasswordInput: PasswordInput.extend({ defaultProps: fieldDefaults }),
  Textarea: Textarea.extend({ defaultProps: { ...fieldDefaults, autosize: true, minRows: 3, maxRows: 8 } }),
  Select: Select.extend({ defaultProps: { ...fieldDefaults, allowDeselect: false, withCheckIcon: false } }),
  Modal: Modal.extend({
    defaultProps: {
      centered: true,
      size: 480,
      padding: 'xl',
      transitionProps: { transition: 'fade', duration: 140 },
      attributes: dialogAttributes,
    },
  }),
  Tooltip: Tooltip.extend({ defaultProps: { openDelay: 200, events: { hover: true, focus: true, touch: true } } }),
}

/** The look, with the brand's accent where one is configured. */
export function themeFor(accent: string | null): MantineThemeOverride {
  return createTheme({
    primaryColor: 'accent',
    primaryShade: { light: 6, dark: 5 },
    autoContrast: true,
    luminanceThreshold: 0.3,
    white: surface,
    black: ink,
    colors: {
      accent: shadesOf(isAccent(accent) ? accent : deepSea),
      brass: shadesOf('#A8761C'),
      red: shadesOf('#B42B22'),
      green: shadesOf('#2E6B4A'),
      gray,
      dark,
    },
    fontFamily: sans,
    fontFamilyMonospace: mono,
    fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
    lineHeights: { xs: '1.5', sm: '1.5', md: '1.55', lg: '1.5', xl: '1.4' },
    fontWeights: { regular: '400', medium: '500', bold: '600' },
    headings: {
      fontFamily: sans,
      fontWeight: '600',
      textWrap: 'pretty',
      sizes: {
        h1: { fontSize: '1.75rem', lineHeight: '1.25' },
        h2: { fontSize: '1.25rem', lineHeight: '1.35' },
        h3: { fontSize: '1rem', lineHeight: '1.45' },
        h4: { fontSize: '0.875rem', lineHeight: '1.5' },
        h5: { fontSize: '0.8125rem', lineHeight: '1.5' },
        h6: { fontSize: '0.75rem', lineHeight: '1.5' },
      },
    },
    spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
    radius: { xs: '4px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
    defaultRadius: 'md',
    shadows: {
      xs: 'none',
      sm: 'none',
      md: 'var(--shadow-float)',
      lg: 'var(--shadow-float)',
      xl: 'var(--shadow-float)',
    },
    respectReducedMotion: true,
    cursorType: 'pointer',
    components,
  })
}

/** Roles of colour as CSS variables, for our own style sheets; Mantine's variables are set to the same roles. */
export const colourRoles: CSSVariablesResolver = (theme) => {
  const accent = theme.colors['accent'] ?? shadesOf(deepSea)
  const tone = (name: string) => theme.colors[name] ?? shadesOf(deepSea)
  const [brass, red, green] = [tone('brass'), tone('red'), tone('green')]
  return {
    variables: { '--sans': sans, '--mono': mono },
    light: {
      ...meterColourRoles.light,
      '--paper': paper,
      '--surface': surface,
      '--sunken': gray[1],
      '--ink': ink,
      '--ink-soft': gray[7],
      '--hairline': gray[3],
      '--hairline-strong': '#8B9097',
      '--accent': accent[6],
      '--accent-text': readableOn(gray[1], accent.slice(6)),
      '--accent-tint': accent[0],
      '--brass': brass[6],
      '--brass-text': brass[8],
      '--brass-tint': brass[0],
      '--harm-text': red[6],
      '--harm-tint': red[0],
      '--done-text': green[6],
      '--done-tint': green[0],
      '--shadow-float': '0 1px 2px rgb(22 32 44 / 6%), 0 12px 32px -8px rgb(22 32 44 / 18%)',
      '--mantine-color-body': paper,
      '--mantine-color-text': ink,
      '--mantine-color-dimmed': gray[7],
      '--mantine-color-placeholder': gray[6],
      '--mantine-color-error': red[6],
      '--mantine-color-anchor': readableOn(gray[1], accent.slice(6)),
      '--mantine-color-default-border': gray[3],
      '--mantine-color-disabled': gray[2],
      '--mantine-color-disabled-color': gray[7],
    },
    dark: {
      ...meterColourRoles.dark,
      '--paper': nightGround,
      '--surface': nightSurface,
      '--sunken': '#121B25',
      '--ink': dark[0],
      '--ink-soft': dark[2],
      '--hairline': dark[5],
      '--hairline-strong': dark[3],
      '--accent': accent[5],
      '--accent-text': readableOn(nightTint, accent.slice(0, 5).toReversed()),
      '--accent-tint': nightTint,
      '--brass': brass[5],
      '--brass-text': brass[3],
      '--brass-tint': '#2A2415',
      '--harm-text': red[3],
      '--harm-tint': '#321B1D',
      '--done-text': green[3],
      '--done-tint': '#16291F',
      '--shadow-float': '0 1px 2px rgb(0 0 0 / 40%), 0 16px 40px -8px rgb(0 0 0 / 60%)',
      '--mantine-color-body': nightGround,
      '--mantine-color-text': dark[0],
      '--mantine-color-dimmed': dark[2],
      '--mantine-color-placeholder': dark[3],
      '--mantine-color-error': red[3],
      '--mantine-color-anchor': readableOn(nightTint, accent.slice(0, 5).toReversed()),
      '--mantine-color-default': nightSurface,
      '--mantine-color-default-border': dark[4],
      '--mantine-color-disabled': dark[5],
      '--mantine-color-disabled-color': dark[2],
    },
  }
}

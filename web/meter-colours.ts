/** Colours that tell meters apart, by day and by night: each at least 3:1 on a card's ground, and none red, which means harm. */
const colours = {
  sea: ['#0E6B7F', '#3FA9BF'],
  brass: ['#A8761C', '#D9A84E'],
  indigo: ['#4A4E9C', '#9297E6'],
  leaf: ['#3B7F57', '#6DBA8E'],
  plum: ['#8A3F6B', '#D084B0'],
  clay: ['#B0602B', '#E2915F'],
  sky: ['#2F79B5', '#71B2E8'],
  olive: ['#6B7420', '#B1BA5A'],
  violet: ['#7A4FA3', '#B890DE'],
  slate: ['#5B6B7A', '#9FAAB5'],
  /** What is not shown by itself. */
  rest: ['#878D94', '#74818E'],
} as const
type Colour = keyof typeof colours

/** The same meter has the same colour everywhere. Meters that seldom stand beside each other share one. */
const colourOf: Readonly<Record<string, Colour>> = {
  logs: 'sea',
  log_ingest: 'sea',
  traces: 'brass',
  time_series: 'indigo',
  page_views: 'leaf',
  network_hosts: 'plum',
  triggers: 'clay',
  profiles: 'sky',
  session_replays: 'olive',
  synthetic_tests: 'violet',
  collector_hosts: 'plum',
  central_pipeline: 'sky',
  sensitive_scan: 'violet',
  scheduled_reports: 'olive',
}

/** A meter's colour, as a CSS value. */
export function meterColour(meter: string): string {
  return `var(--meter-${colourOf[meter] ?? 'slate'})`
}

/** The colour of all meters that are not shown by themselves. */
export const restColour = 'var(--meter-rest)'

function roles(at: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(colours).map(([name, pair]) => [`--meter-${name}`, pair[at]]))
}

/** The colours as CSS variables. */
export const meterColourRoles = { light: roles(0), dark: roles(1) }

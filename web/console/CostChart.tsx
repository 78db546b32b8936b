import '@mantine/charts/styles.layer.css'
import { BarChart, type BarChartSeries } from '@mantine/charts'
import { useTranslation } from 'react-i18next'
import { useInLanguage, useLanguage } from '../language.ts'
import { meterColour, restColour } from '../meter-colours.ts'
import { type Column, ItemTable } from '../parts/ItemTable.tsx'
import { Legend } from '../parts/Legend.tsx'
import { groupDigits, Money } from '../parts/Money.tsx'
import classes from './CostChart.module.css'
import { CostTooltip } from './CostTooltip.tsx'
import { type CostNow, type CostPart, type CostPoint, costPoints, otherMeters, shownMeters } from './cost-points.ts'

/** Each day's cost by meter and the days to come as far as something can be said of them, with the same figures as a table below. */
export function CostChart({ cost }: { cost: CostNow }) {
  const { t } = useTranslation()
  const parts = usePartsOf(cost)
  const points = costPoints(cost)
  const toCome = { key: 'expected', name: t('console.usage.expected'), colour: 'toCome' as const }
  if (parts.length === 0) return <p className={classes['title']}>{t('console.usage.noCost')}</p>
  const tableTitle = t('console.usage.trendTable')
  return (
    <figure className={classes['root']}>
      <figcaption className={classes['title']}>
        {t('parts.inUnit', { name: t('console.usage.trend'), unit: cost.currency })}
      </figcaption>
      <Bars points={points} parts={parts} currency={cost.currency} />
      <Legend entries={points.some((point) => point.expected) ? [...parts, toCome] : parts} />
      <details className={classes['details']}>
        <summary>{tableTitle}</summary>
        <CostTable title={tableTitle} points={points} parts={parts} currency={cost.currency} />
      </details>
    </figure>
  )
}

function usePartsOf(cost: CostNow): CostPart[] {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const shown = shownMeters(cost)
  const parts = shown.map(({ meter, name }) => ({ key: meter, name: inLanguage(name), colour: meterColour(meter) }))
  if (cost.meters.length === shown.length) return parts
  return [...parts, { key: otherMeters, name: t('console.usage.otherMeters'), colour: restColour }]
}

/** The surest of what is to come, and what may be added to it: stacked upon what a day cost so far. */
const expectedBars: BarChartSeries[] = [
  { name: 'expected', color: 'var(--hairline-strong)' },
  { name: 'perhaps', color: 'var(--hairline-strong)' },
]
const opacityToCome: Readonly<Record<string, number>> = { expected: 0.28, perhaps: 0.1 }

interface ShownProps {
  points: readonly CostPoint[]
  parts: readonly CostPart[]
  currency: string
}

function Bars({ points, parts, currency }: ShownProps) {
  const short = new Intl.NumberFormat(useLanguage() === 'zh' ? 'zh-CN' : 'en', { notation: 'compact' })
  return (
    <div aria-hidden>
      <BarChart
        h={240}
        type="stacked"
        data={points.map(drawn)}
        dataKey="day"
        series={[...parts.map((part) => ({ name: part.key, label: part.name, color: part.colour })), ...expectedBars]}
        gridAxis="x"
        tickLine="none"
        // The table is for those who use the keyboard.
        barChartProps={{ accessibilityLayer: false }}
        yAxisProps={{ tickFormatter: (value: number) => short.format(value) }}
        barProps={({ name }) => ({
          isAnimationActive: false,
          ...(name in opacityToCome && {
            fillOpacity: opacityToCome[name],
            stroke: 'var(--hairline-strong)',
            strokeDasharray: '3 3',
          }),
        })}
        tooltipProps={{
          content: ({ label }) => (
            <CostTooltip point={points.find(({ day }) => day.slice(5) === label)} parts={parts} currency={currency} />
          ),
        }}
      />
    </div>
  )
}

/** A day as numbers, for the eye. */
function drawn({ day, total, byMeter, expected }: CostPoint): Record<string, string | number> {
  const amounts = Object.fromEntries([...byMeter].map(([meter, amount]) => [meter, Number(amount)]))
  if (!expected) return { day: day.slice(5), ...amounts }
  const soFar = Number(total ?? 0)
  return {
    day: day.slice(5),
    ...amounts,
    expected: Number(expected.low) - soFar,
    perhaps: Number(expected.high) - Number(expected.low),
  }
}

function CostTable({ title, points, parts, currency }: ShownProps & { title: string }) {
  const { t } = useTranslation()
  const shown = parts.map((part): Column<CostPoint> => ({
    name: part.name,
    align: 'right',
    cell: ({ byMeter }) => (byMeter.has(part.key) ? groupDigits(byMeter.get(part.key) ?? '') : '–'),
  }))
  const total: Column<CostPoint> = {
    name: t('console.usage.amount'),
    align: 'right',
    onCard: true,
    cell: (point) => <Money amount={point.total ?? '0'} currency={currency} />,
  }
  return (
    <ItemTable
      label={title}
      items={points.filter((point) => point.total !== null)}
      rowKey={(point) => point.day}
      columns={[{ name: t('console.usage.day'), cell: (point) => point.day }, ...shown, total]}
    />
  )
}

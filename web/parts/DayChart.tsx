import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useLanguage } from '../language.ts'
import classes from './DayChart.module.css'
import { type Column, ItemTable } from './ItemTable.tsx'

interface Point {
  day: string
  /** Decimal text; drawn as a number, written as it is. */
  value: string
}

interface Props {
  /** What the bars show; also names the chart for those who cannot see it. */
  title: string
  tableTitle: string
  points: readonly Point[]
  /** Of the bars, as a CSS value. */
  colour: string
  /** Of the table: the day, and the value under the name the bars go by too. */
  columns: readonly [Column<Point>, Column<Point>]
  /** Said in place of bars that would all be nothing. */
  nothing: string
}

/** 16.5M, 1646万: as short as the reader's language has it. */
const inShort = {
  en: new Intl.NumberFormat('en', { notation: 'compact' }),
  zh: new Intl.NumberFormat('zh-CN', { notation: 'compact' }),
}

/** Bars by day, with the same figures as a table below. The bars are for the eye: exact figures stand in the table. */
export function DayChart({ title, tableTitle, points, colour, columns, nothing }: Props) {
  const short = inShort[useLanguage()]
  const [, { name }] = columns
  const drawn = points.map((point) => ({ day: point.day.slice(5), value: Number(point.value) }))
  if (drawn.every((point) => point.value === 0)) return <p className={classes['title']}>{nothing}</p>
  return (
    <figure className={classes['root']}>
      <figcaption className={classes['title']}>{title}</figcaption>
      <div aria-hidden>
        <BarChart
          h={220}
          data={drawn}
          dataKey="day"
          series={[{ name: 'value', label: name, color: colour }]}
          gridAxis="x"
          tickLine="none"
          // The table is for those who use the keyboard.
          barChartProps={{ accessibilityLayer: false }}
          withTooltip
          valueFormatter={(value) => short.format(value)}
          yAxisProps={{ tickFormatter: (value: number) => short.format(value) }}
          barProps={{ isAnimationActive: false, radius: [3, 3, 0, 0] }}
        />
      </div>
      <details className={classes['details']}>
        <summary>{tableTitle}</summary>
        <ItemTable label={tableTitle} items={points} rowKey={(point) => point.day} columns={columns} />
      </details>
    </figure>
  )
}

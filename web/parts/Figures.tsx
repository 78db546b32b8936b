import type { ReactNode } from 'react'
import classes from './Figures.module.css'

/** The few figures that matter, large and side by side. */
export function Figures({ figures }: { figures: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes['root']}>
      {figures.map((figure) => (
        <div key={figure.name}>
          <dt className={classes['name']}>{figure.name}</dt>
          <dd className={classes['value']}>{figure.value}</dd>
        </div>
      ))}
    </dl>
  )
}

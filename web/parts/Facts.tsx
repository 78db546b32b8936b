import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** Names and values, one below the other, with a hairline between: a summary, a card's content. */
export function Facts({ facts }: { facts: readonly { name: string; value: ReactNode }[] }) {
  return (
    <dl className={classes['root']}>
      {facts.map((fact) => (
        <div key={fact.name} className={classes['row']}>
          <dt>{fact.name}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

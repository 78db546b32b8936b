import type { ReactNode } from 'react'
import classes from './Card.module.css'

interface Props {
  title?: string
  /** At the right of the title. */
  action?: ReactNode
  children: ReactNode
}

/** A group with a hairline around it. */
export function Card({ title, action, children }: Props) {
  return (
    <section className={classes['root']} aria-label={title}>
      {title ? (
        <div className={classes['head']}>
          <h2 className={classes['title']}>{title}</h2>
          {action}
        </div>
      ) : null}
      {children}
    </section>
  )
}

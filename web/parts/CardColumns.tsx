import type { ReactNode } from 'react'
import classes from './CardColumns.module.css'

/** Cards side by side where there is room, one below the other where there is not. */
export function CardColumns({ children }: { children: ReactNode }) {
  return <div className={classes['root']}>{children}</div>
}

import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

/** What will appear here, and how to make it appear. */
export function EmptyState({ title, children, action }: { title: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes['root']}>
      <svg
        className={classes['mark']}
        viewBox="0 0 64 40"
        aria-hidden
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
      >
        <path d="M4 26h56M12 32h40M22 38h20" />
        <circle cx="32" cy="12" r="6" />
      </svg>
      <p className={classes['title']}>{title}</p>
      <div className={classes['body']}>{children}</div>
      {action ? <div className={classes['action']}>{action}</div> : null}
    </div>
  )
}

import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconOctagon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './Notice.module.css'

export type Tone = 'calm' | 'attention' | 'harm' | 'done'

const icons = { calm: IconInfoCircle, attention: IconAlertTriangle, harm: IconOctagon, done: IconCircleCheck } as const

interface Props {
  tone: Tone
  title?: ReactNode
  children: ReactNode
  /** Spoken at once by screen readers; for what appears after an action. */
  live?: 'alert' | 'status'
  action?: ReactNode
}

/** A sentence that stands out: what happened and what to do, with an icon so that colour never speaks alone. */
export function Notice({ tone, title, children, live, action }: Props) {
  const Icon = icons[tone]
  return (
    <div className={classes['root']} data-tone={tone} role={live}>
      <Icon className={classes['icon']} size={18} stroke={1.75} aria-hidden />
      <div className={classes['body']}>
        {title ? <p className={classes['title']}>{title}</p> : null}
        <div>{children}</div>
        {action ? <div className={classes['action']}>{action}</div> : null}
      </div>
    </div>
  )
}

import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceStatus } from '../../contract/accounts.ts'
import type { Standing } from '../../contract/workspaces.ts'
import type { Tone } from './Notice.tsx'
import classes from './StatusBadge.module.css'

const shapes: Record<Tone, ReactNode> = {
  done: (
    <>
      <circle cx="6" cy="6" r="5.25" fill="currentColor" stroke="none" />
      <path d="M3.6 6.2l1.7 1.7 3.1-3.5" stroke="var(--surface)" />
    </>
  ),
  attention: <path d="M6 1.4l5 9H1z" fill="currentColor" strokeLinejoin="round" />,
  harm: <path d="M2 2l8 8M10 2l-8 8" strokeWidth="2" />,
  calm: <circle cx="6" cy="6" r="4.25" />,
}

/** A state as shape and word; the colour only repeats what both say. */
export function StatusBadge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes['root']} data-tone={tone}>
      <svg
        width="12"
        height="12"
        viewBox="0 0 12 12"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        aria-hidden
      >
        {shapes[tone]}
      </svg>
      {children}
    </span>
  )
}

const standingTones: Record<Standing, Tone> = {
  active: 'done',
  countdown: 'attention',
  locked: 'harm',
  dissolved: 'calm',
}

/** Standing of a workspace. */
export function StandingBadge({ standing }: { standing: Standing }) {
  const { t } = useTranslation()
  return <StatusBadge tone={standingTones[standing]}>{t(`parts.standing.${standing}`)}</StatusBadge>
}

const instanceTones: Record<InstanceStatus, Tone> = { active: 'done', suspended: 'attention', released: 'calm' }

/** Status of a marketplace instance. */
export function InstanceBadge({ status }: { status: InstanceStatus }) {
  const { t } = useTranslation()
  return <StatusBadge tone={instanceTones[status]}>{t(`parts.instanceStatus.${status}`)}</StatusBadge>
}

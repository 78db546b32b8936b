import { useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useSession } from '../session.tsx'
import { takeFocusTurn } from '../layout/focus-turn.ts'
import classes from './PageTitle.module.css'

interface Props {
  children: string
  /** For the browser's tab where it should say more than the heading. */
  tab?: string
  lead?: ReactNode
  /** The page's one primary action, at the right. */
  action?: ReactNode
  above?: ReactNode
}

/** The page's one h1: names the browser tab and takes the focus after a navigation, so that a screen reader begins here. */
export function PageTitle({ children, tab, lead, action, above }: Props) {
  const { brand } = useSession()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const heading = useRef<HTMLHeadingElement>(null)
  const standing = useRef<string>(null)
  useEffect(() => {
    document.title = `${tab ?? children} · ${brand.name}`
  }, [tab, children, brand.name])
  useEffect(() => {
    // A heading that stands already is not come to: a row was opened or closed at its side, and that has the focus.
    if (standing.current === children) return
    standing.current = children
    if (takeFocusTurn(path)) heading.current?.focus({ preventScroll: true })
  }, [path, children])
  return (
    <header className={classes['root']}>
      {above}
      <div className={classes['row']}>
        <h1 ref={heading} tabIndex={-1} className={classes['title']}>
          {children}
        </h1>
        {action ? <div className={classes['action']}>{action}</div> : null}
      </div>
      {lead ? <p className={classes['lead']}>{lead}</p> : null}
    </header>
  )
}

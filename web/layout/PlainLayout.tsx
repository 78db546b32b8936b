import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './PlainLayout.module.css'
import { Switches } from './Switches.tsx'
import { Wordmark } from './Wordmark.tsx'

interface Props {
  area?: string
  /** `card`: one narrow column in the middle, for signing in and for single messages. `text`: for reading. `full`: the page lays itself out. */
  kind: 'card' | 'text' | 'full'
  home?: string
  children: ReactNode
}

/** A page without navigation: mark and switches on top, one column below. */
export function PlainLayout({ area, kind, home, children }: Props) {
  const mark = area === undefined ? <Wordmark /> : <Wordmark area={area} />
  return (
    <div className={classes['root']}>
      <header className={classes['header']}>
        {home ? (
          <Link to={home} className={classes['home']}>
            {mark}
          </Link>
        ) : (
          mark
        )}
        <Switches />
      </header>
      <main id="content" tabIndex={-1} className={classes['main']} data-kind={kind}>
        {children}
      </main>
    </div>
  )
}

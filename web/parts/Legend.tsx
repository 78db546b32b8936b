import classes from './Legend.module.css'

interface Entry {
  key: string
  name: string
  /** A CSS value, or `toCome`: what is not there yet. */
  colour: string
}

/** What the colours of a chart mean. */
export function Legend({ entries }: { entries: readonly Entry[] }) {
  return (
    <ul className={classes['legend']}>
      {entries.map((entry) => (
        <li key={entry.key}>
          <Swatch colour={entry.colour} />
          {entry.name}
        </li>
      ))}
    </ul>
  )
}

/** A spot of a colour. */
export function Swatch({ colour }: Pick<Entry, 'colour'>) {
  if (colour === 'toCome') return <span className={classes['swatch']} data-to-come />
  return <span className={classes['swatch']} style={{ background: colour }} />
}

import { useSession } from '../session.tsx'
import { Mark } from './Mark.tsx'
import classes from './Wordmark.module.css'

/** Mark, the brand's name as configured, and which of its places this is. */
export function Wordmark({ area }: { area?: string }) {
  const { brand } = useSession()
  return (
    <span className={classes['root']}>
      <Mark />
      <span className={classes['name']}>{brand.name}</span>
      {area ? <span className={classes['area']}>{area}</span> : null}
    </span>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './Crumbs.module.css'

/** Where this page stands; goes above the title (`<PageTitle above={<Crumbs … />}>`). The page itself is the last, without a link. */
export function Crumbs({ trail, here }: { trail: readonly { name: string; path: string }[]; here: string }) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('parts.breadcrumb')}>
      <ol className={classes['root']}>
        {trail.map((crumb) => (
          <li key={crumb.path}>
            <Link to={crumb.path} className={classes['link']}>
              {crumb.name}
            </Link>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  )
}

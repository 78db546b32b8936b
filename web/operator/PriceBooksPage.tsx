import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listPriceBooks } from '../../contract/operator-money.ts'
import { ask } from '../api.ts'
import { Card } from '../parts/Card.tsx'
import { Facts } from '../parts/Facts.tsx'
import { ItemTable } from '../parts/ItemTable.tsx'
import { Loaded } from '../parts/Loaded.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'
import { PageSkeleton } from '../parts/Skeletons.tsx'
import classes from './PriceBooksPage.module.css'

/** The price books with their versions; they are changed as files, from the command line. */
export function PriceBooksPage() {
  const { t } = useTranslation()
  const query = useQuery(ask(listPriceBooks))
  return (
    <>
      <PageTitle lead={t('operator.prices.lead')}>{t('operator.prices.title')}</PageTitle>
      <Loaded query={query} skeleton={<PageSkeleton />}>
        {({ items }) => (
          <div className={classes['groups']}>
            {items.map((book) => (
              <Card key={book.book} title={book.book}>
                <Facts
                  facts={[
                    { name: t('operator.prices.region'), value: `${book.priceRegion} · ${book.currency}` },
                    { name: t('operator.prices.newFrom'), value: book.newFrom ?? '–' },
                  ]}
                />
                <div className={classes['versions']}>
                  <ItemTable
                    label={`${book.book} ${t('operator.prices.versions')}`}
                    items={book.versions}
                    rowKey={(version) => String(version.version)}
                    columns={[
                      { name: t('operator.prices.version'), cell: (version) => version.version },
                      { name: t('operator.prices.from'), onCard: true, cell: (version) => version.effectiveFrom },
                      {
                        name: t('operator.prices.count'),
                        align: 'right',
                        onCard: true,
                        cell: (version) => version.prices,
                      },
                      { name: t('operator.prices.note'), cell: (version) => version.note },
                    ]}
                  />
                </div>
              </Card>
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

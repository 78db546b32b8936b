import { Select, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useInLanguage } from '../language.ts'
import { TextLink } from '../parts/ButtonLink.tsx'
import { paths } from '../paths.ts'
import { serverNow, useSession } from '../session.tsx'
import { monthAround, useBillsFilter } from './bills-filter.ts'
import classes from './BillsFilterBar.module.css'

const everySite = 'all'

/** Which site's bills and of which days. All of it stands in the URL: the back button takes a choice back, and a link repeats it. */
export function BillsFilterBar() {
  const { t } = useTranslation()
  const inLanguage = useInLanguage()
  const navigate = useNavigate()
  const { sites } = useSession()
  const filter = useBillsFilter()
  const choose = (changed: Partial<typeof filter>) =>
    void navigate({ to: paths.billing.bills({ ...filter, ...changed }), resetScroll: false })
  return (
    <fieldset className={classes['root']}>
      <legend className="sr-only">{t('money.bills.filter')}</legend>
      <Select
        label={t('money.bills.site')}
        className={classes['site'] ?? ''}
        data={[
          { value: everySite, label: t('money.bills.everySite') },
          ...sites.map((site) => ({ value: site.code, label: `${inLanguage(site.name)} · ${site.code}` })),
        ]}
        value={filter.site ?? everySite}
        onChange={(chosen) => choose({ site: chosen === null || chosen === everySite ? undefined : chosen })}
      />
      {filter.show === 'monthly' ? null : (
        <>
          <DayField label={t('money.bills.from')} day={filter.from} onDay={(from) => choose({ from })} />
          <DayField label={t('money.bills.to')} day={filter.to} onDay={(to) => choose({ to })} />
          <Months />
        </>
      )}
      {filter.site !== undefined || filter.from !== undefined || filter.to !== undefined ? (
        <span className={classes['links']}>
          <TextLink to={paths.billing.bills({ show: filter.show })}>{t('money.bills.everything')}</TextLink>
        </span>
      ) : null}
    </fieldset>
  )
}

/** The months people ask for most. */
function Months() {
  const { t } = useTranslation()
  const { sites } = useSession()
  const filter = useBillsFilter()
  const timeZone = (sites.find((site) => site.code === filter.site) ?? sites[0])?.timeZone
  const ofMonth = (back: number) => paths.billing.bills({ ...filter, ...monthAround(serverNow(), timeZone, back) })
  return (
    <span className={classes['links']}>
      <TextLink to={ofMonth(0)}>{t('money.bills.thisMonth')}</TextLink>
      <TextLink to={ofMonth(1)}>{t('money.bills.lastMonth')}</TextLink>
    </span>
  )
}

interface DayFieldProps {
  label: string
  day: string | undefined
  onDay: (day: string | undefined) => void
}

/** The browser's own date field. A date being typed is one of the first years for a moment: those are not asked for. */
function DayField({ label, day = '', onDay }: DayFieldProps) {
  const [typed, setTyped] = useState({ text: day, over: day })
  // The filter changed elsewhere (a link, the back button): the field follows.
  if (typed.over !== day) setTyped({ text: day, over: day })
  return (
    <TextInput
      type="date"
      label={label}
      className={classes['day'] ?? ''}
      value={typed.text}
      onChange={(event) => {
        const text = event.currentTarget.value
        setTyped({ text, over: day })
        if (text === '') onDay(undefined)
        else if (text >= '2000-01-01') onDay(text)
      }}
    />
  )
}

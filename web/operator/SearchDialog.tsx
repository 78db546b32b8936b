import { Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { searchRecords } from '../../contract/operator.ts'
import { ask } from '../api.ts'
import { ErrorState } from '../parts/ErrorState.tsx'
import { paths } from '../paths.ts'
import { useAboutWords } from './record-words.tsx'
import classes from './SearchDialog.module.css'

/** Finds any record from anywhere at the desk. */
export function SearchDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('records.search.title')}
      closeButtonProps={{ 'aria-label': t('parts.close') }}
      size="lg"
      // There at once: what is typed right after the keys that open it must not be lost.
      transitionProps={{ duration: 0 }}
    >
      <Search onClose={onClose} />
    </Modal>
  )
}

const enough = (text: string) => text.length >= 2

function Search({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const about = useAboutWords()
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useLayoutEffect(() => field.current?.focus(), [])
  const [text] = useDebouncedValue(typed.trim(), 200)
  const query = useQuery({
    ...ask(searchRecords, { query: { text } }),
    enabled: enough(text),
    placeholderData: keepPreviousData,
  })
  const found = enough(text) ? query.data : undefined
  const openFirst = () => {
    const first = found?.items[0]
    if (!first || typed.trim() !== text) return
    onClose()
    void navigate({ to: paths.operator.record(first.id) })
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- arrows are a shortcut; tab goes the same way
    <div className={classes['root']} onKeyDown={walk}>
      <TextInput
        ref={field}
        data-autofocus
        type="search"
        label={t('records.search.label')}
        description={t('records.search.help')}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') openFirst()
        }}
      />
      {query.isError && enough(text) ? <ErrorState problem={query.error} onRetry={() => void query.refetch()} /> : null}
      <output className="sr-only">{found ? t('records.search.found', { count: found.items.length }) : ''}</output>
      {found?.items.length === 0 ? <p className={classes['quiet']}>{t('records.search.none', { text })}</p> : null}
      <ul className={classes['found']}>
        {found?.items.map((item) => (
          <li key={item.id}>
            <Link to={paths.operator.record(item.id)} onClick={onClose} className={classes['item']}>
              <span className={classes['name']}>{item.title}</span>
              <span className={classes['quiet']}>{t(`records.kinds.${item.kind}`)}</span>
              <span className={classes['about']}>{about(item.about)}</span>
            </Link>
          </li>
        ))}
      </ul>
      {found && found.more.length > 0 ? (
        <p className={classes['quiet']}>
          {t('records.search.more', { kinds: found.more.map((kind) => t(`records.kinds.${kind}`)).join(', ') })}
        </p>
      ) : null}
    </div>
  )
}

/** Arrows walk from the field through what was found and back. */
function walk(event: KeyboardEvent<HTMLDivElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')]
  const at = stops.findIndex((stop) => stop === document.activeElement)
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

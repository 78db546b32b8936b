import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './ListTable.module.css'

/** One column. Numbers stand right; on narrow screens a card shows the first column as its title and those marked `onCard`. */
export interface Column<Item> {
  name: string
  /** Said in the header, so that cells hold figures only. */
  unit?: string
  align?: 'left' | 'right'
  onCard?: boolean
  cell: (item: Item) => ReactNode
}

interface Props<Item> {
  /** Names the table for those who cannot see it. */
  label: string
  items: readonly Item[]
  columns: readonly Column<Item>[]
  rowKey: (item: Item) => string
  /** Where a row leads; the first cell becomes the link and the whole row is its target. */
  rowPath?: ((item: Item) => string) | undefined
}

/** Rows that are all there: a table on wide screens, cards on narrow ones. */
export function ItemTable<Item>({ label, items, columns, rowKey, rowPath }: Props<Item>) {
  return (
    <table className={classes['table']} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" data-align={column.align}>
              {column.name}
              {column.unit ? <span className={classes['unit']}> {column.unit}</span> : null}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={rowKey(item)} data-opens={rowPath !== undefined}>
            {columns.map((column, at) => (
              <td
                key={column.name}
                data-align={column.align}
                data-card={at === 0 ? 'title' : column.onCard ? 'fact' : 'none'}
                className={column.align === 'right' ? 'figures' : undefined}
              >
                <span className={classes['cardName']}>{at === 0 ? null : column.name}</span>
                {at === 0 && rowPath ? (
                  <Link to={rowPath(item)} className={classes['open']}>
                    {column.cell(item)}
                  </Link>
                ) : (
                  <span className={classes['cell']}>{column.cell(item)}</span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

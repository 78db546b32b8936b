import { useTranslation } from 'react-i18next'
import type { PaidByKind } from '../../contract/wallet.ts'
import { Money } from '../parts/Money.tsx'
import classes from './PaidBy.module.css'

/** What paid a bill, by kind of money, in the order it was taken. */
export function PaidBy({ parts, currency }: { parts: readonly PaidByKind[]; currency: string }) {
  const { t } = useTranslation()
  if (parts.length === 0) return <>–</>
  return (
    <ul className={classes['root']}>
      {parts.map((part) => (
        <li key={part.fund}>
          {t(`money.funds.${part.fund}`)} <Money amount={part.amount} currency={currency} />
        </li>
      ))}
    </ul>
  )
}

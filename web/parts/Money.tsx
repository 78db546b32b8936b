import { useLanguage } from '../language.ts'

interface Props {
  /** Decimal text as the contract carries money, e.g. `"1234.50"`. */
  amount: string
  currency: string
}

const minorUnits = 2

/** Groups the digits of a decimal text without ever making it a float. */
export function groupDigits(amount: string): string {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? []
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign === '-' ? '−' : ''}${grouped}.${fraction.padEnd(minorUnits, '0')}`
}

/** Money, always with its currency, in tabular figures; more decimals are shown where the amount has them (unit prices). */
export function Money({ amount, currency }: Props) {
  const language = useLanguage()
  return (
    <span className="figures" style={{ whiteSpace: 'nowrap' }} lang={language === 'zh' ? 'zh-CN' : 'en'}>
      {groupDigits(amount)} {currency}
    </span>
  )
}

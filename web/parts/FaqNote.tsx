import { IconChevronRight } from '@tabler/icons-react'
import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './FaqNote.module.css'

/** A question that opens to its answer, standing where the question comes up. */
export function FaqNote({ question, children }: { question: string; children: ReactNode }) {
  return (
    <details className={classes['root']}>
      <summary className={classes['question']}>
        <IconChevronRight size={14} stroke={2} className={classes['chevron']} aria-hidden />
        {question}
      </summary>
      <div className={classes['answer']}>{children}</div>
    </details>
  )
}

/** "How do I get my Account ID?" */
export function AccountIdNote() {
  const { t } = useTranslation()
  return <FaqNote question={t('parts.faq.accountId')}>{t('parts.faq.accountIdAnswer')}</FaqNote>
}

/** "How do I get my Product Instance ID?" */
export function InstanceIdNote() {
  const { t } = useTranslation()
  return <FaqNote question={t('parts.faq.instanceId')}>{t('parts.faq.instanceIdAnswer')}</FaqNote>
}

import { useTranslation } from 'react-i18next'
import { chooseSite } from '../../contract/activation.ts'
import { call } from '../api.ts'
import { useAction } from '../forms.tsx'
import { FormProblem } from '../parts/FormProblem.tsx'
import { SitePicker } from '../parts/SitePicker.tsx'
import { useActivation } from './activation-context.ts'
import classes from './PurchaseCard.module.css'

/** The site picker at the top right, with its note: it has nothing to do with binding accounts. */
export function NewWorkspaceSite() {
  const { t } = useTranslation()
  const { view, accept, refused } = useActivation()
  const choose = useAction({
    send: (site: string) => call(chooseSite, { body: { site } }),
    onDone: accept,
    refused,
  })
  return (
    <div className={classes['card']} style={{ borderTopWidth: 1, borderTopColor: 'var(--hairline)' }}>
      <SitePicker
        label={t('activation.sitePicker.label')}
        description={t('activation.sitePicker.note')}
        sites={view.sites}
        value={view.site}
        disabled={choose.pending}
        onChange={(site) => {
          if (site && site !== view.site) void choose.run(site)
        }}
      />
      <FormProblem problem={choose.problem} />
    </div>
  )
}

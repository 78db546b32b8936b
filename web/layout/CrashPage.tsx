import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../parts/Notice.tsx'

/** When a page's own code failed: says so and offers a fresh start. Needs nothing that may be what failed. */
export function CrashPage() {
  const { t } = useTranslation()
  return (
    <main id="content" style={{ maxWidth: 508, margin: '12vh auto 0', padding: 24 }}>
      <Notice
        tone="harm"
        live="alert"
        title={t('parts.crash.title')}
        action={
          <Button size="sm" variant="default" onClick={() => location.reload()}>
            {t('parts.reload')}
          </Button>
        }
      >
        {t('parts.crash.body')}
      </Notice>
    </main>
  )
}

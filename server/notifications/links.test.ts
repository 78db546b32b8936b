import { expect, it } from 'vitest'
import { paths } from '../../web/paths.ts'
import { linksFrom } from './links.ts'

it('mails lead to the pages the web has', () => {
  const links = linksFrom({ publicUrl: 'https://purser.test' })
  const id = 'wksp_0123456789abcdef0123456789abcdef'
  const pairs: [mailed: string, page: string][] = [
    [links.workspace('cn1', id), paths.console.workspace('cn1', id)],
    [links.planAndBilling('cn1', id), paths.console.planAndBilling('cn1', id)],
    [links.paidWorkspace(id), paths.billing.workspace(id)],
    [links.consoleReset('cn1'), paths.console.resetPassword('cn1')],
    [links.billingReset(), paths.billing.resetPassword()],
  ]
  for (const [mailed, page] of pairs) expect(mailed).toBe(`https://purser.test${page}`)
})

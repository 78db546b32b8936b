import { Button } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import {
  IconArrowsDiff,
  IconBook2,
  IconCalendarCheck,
  IconClock,
  IconListDetails,
  IconRoute,
  IconSearch,
  IconSend,
  IconUsers,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type OperatorAccount, signOutOfOperator } from '../../contract/identity.ts'
import { call } from '../api.ts'
import { AccountCorner } from '../layout/AccountCorner.tsx'
import { AppShell } from '../layout/AppShell.tsx'
import { SignInFirst } from '../layout/SignInFirst.tsx'
import { paths } from '../paths.ts'
import { useSession } from '../session.tsx'
import { SearchDialog } from './SearchDialog.tsx'
import classes from './OperatorArea.module.css'

/** Everything for a signed-in operator; everybody else signs in first. */
export function OperatorArea() {
  const { operator } = useSession()
  return operator ? <Shell operator={operator} /> : <SignInFirst signIn={paths.operator.signIn} />
}

function Shell({ operator }: { operator: OperatorAccount }) {
  const { t } = useTranslation()
  const { brand, mode } = useSession()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [searching, search] = useDisclosure(false)
  useHotkeys([['mod+K', search.open]], [])
  const { reports, differences, payers, bills, prices, clock, activations, audit, signIn } = paths.operator
  return (
    <AppShell
      area={t('operator.area')}
      home={reports()}
      nav={[
        { path: reports(), name: t('operator.nav.reports'), icon: IconSend },
        { path: differences(), name: t('operator.nav.differences'), icon: IconArrowsDiff },
        { path: activations(), name: t('records.activations.nav'), icon: IconRoute },
        { path: payers(), name: t('operator.nav.payers'), icon: IconUsers },
        { path: bills(), name: t('operator.nav.bills'), icon: IconCalendarCheck },
        { path: prices(), name: t('operator.nav.prices'), icon: IconBook2 },
        { path: audit(), name: t('records.audit.nav'), icon: IconListDetails },
        ...(mode === 'sandbox' ? [{ path: clock(), name: t('operator.nav.clock'), icon: IconClock }] : []),
      ]}
      switcher={
        <div className={classes['switcher']}>
          <div className={classes['who']}>{brand.name}</div>
          <Button
            variant="default"
            size="sm"
            fullWidth
            justify="space-between"
            leftSection={<IconSearch size={16} stroke={1.75} aria-hidden />}
            rightSection={<kbd className={classes['keys']}>{t('records.search.keys')}</kbd>}
            onClick={search.open}
          >
            {t('records.search.open')}
          </Button>
        </div>
      }
      account={
        <AccountCorner
          username={operator.username}
          email={operator.name}
          signOut={() => call(signOutOfOperator)}
          onSignedOut={async () => {
            await navigate({ to: signIn() })
            await client.resetQueries()
          }}
        />
      }
    >
      <Outlet />
      <SearchDialog opened={searching} onClose={search.close} />
    </AppShell>
  )
}

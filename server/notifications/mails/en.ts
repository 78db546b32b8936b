import type { CodePurpose } from '../../identity/codes.ts'
import type { Mails } from '../../mails.ts'
import type { MailCatalogue, MailSetting } from './mail-words.ts'

const codeUses: Record<CodePurpose, (brand: string) => string> = {
  'register-email': (brand) => `Enter this code to confirm your e-mail and continue your registration with ${brand}.`,
  'prove-account': (brand) =>
    `Enter this code to confirm that the ${brand} Billing Center account is yours and continue the activation.`,
  'console-owner': (brand) => `Enter this code to create a workspace with your ${brand} account.`,
  'console-register': (brand) => `Enter this code to register your ${brand} account and create a workspace.`,
  'console-reset': (brand) => `Enter this code to choose a new password for your ${brand} account.`,
  'billing-reset': (brand) => `Enter this code to choose a new password for your ${brand} Billing Center account.`,
}

const countdownReasons: Record<Mails['countdown-started']['reason'], string> = {
  instance_suspended:
    'The cloud marketplace has suspended the service that pays for this workspace. This usually means that the cloud account has an unpaid bill.',
  instance_released: 'The service that paid for this workspace was closed in the cloud marketplace.',
  arrears: 'The balance of the Billing Center account no longer covers the bills of this workspace.',
}

const countdownEnds: Record<Mails['countdown-started']['reason'], string> = {
  instance_suspended:
    'Pay the bill at the cloud marketplace, and the countdown ends by itself. Or choose another billing method: the balance of the Billing Center account, or another instance.',
  instance_released:
    'Choose another billing method: the balance of the Billing Center account, or the instance of a new subscription. The countdown ends at once.',
  arrears: 'Top up the Billing Center account, or choose another billing method. The countdown ends at once.',
}

/** Mails in English. */
export const english: MailCatalogue = {
  footer: ({ brand }) => `${brand} sent this mail automatically. Replies are not read.`,
  openLink: 'If the button does not work, open this address:',
  mails: {
    code: ({ codeId, purpose }, { brand, digits }) => ({
      subject: `Your ${brand} verification code`,
      heading: 'Verification code',
      opening: [codeUses[purpose](brand)],
      code: digits(codeId),
      closing: [
        'The code is valid for 10 minutes. A newer one replaces it.',
        'If you did not ask for it, ignore this mail: nothing happens without the code. Never pass it on; we never ask for it.',
      ],
    }),

    'password-changed': ({ site, username, at }, setting) => ({
      subject: `Your ${setting.brand} password was changed`,
      heading: 'Your password was changed',
      opening: ['A new password was chosen with a code mailed to this address. All sessions were signed out.'],
      facts: [
        ['Account', username],
        ['Where', site === null ? 'Billing Center' : setting.siteName(site)],
        ['When', setting.time(at, site)],
      ],
      action: {
        label: 'Choose a new password',
        url: site === null ? setting.links.billingReset() : setting.links.consoleReset(site),
      },
      closing: [
        'If it was you, there is nothing to do. If not, choose a new password now, and check who else can read your mail.',
      ],
    }),

    activated: (mail, setting) => ({
      subject: `${mail.workspaceName} is ready`,
      heading: `${mail.workspaceName} is ready`,
      opening: [`The activation of ${setting.brand} is complete. This is what holds from now on:`],
      facts: [...workspaceFacts(mail, setting), ...payerFacts(mail)],
      action: openWorkspace(mail, setting),
      closing: ['Usage is billed daily, and each day’s bill is ready the day after.'],
    }),

    'countdown-started': (mail, setting) => ({
      subject: `${mail.workspaceName} will be locked on ${setting.time(mail.endsAt, mail.site)}`,
      heading: `${mail.workspaceName} needs another way to be paid`,
      opening: [
        countdownReasons[mail.reason],
        'Until the date below the workspace works as usual: history can be read, and new data is accepted. After it, the workspace is locked.',
      ],
      facts: [...workspaceFacts(mail, setting), ['Locked on', setting.time(mail.endsAt, mail.site)]],
      action: changeMethod(mail, setting),
      closing: [countdownEnds[mail.reason]],
    }),

    'countdown-over': (mail, setting) => ({
      subject: `${mail.workspaceName} is in order again`,
      heading: `${mail.workspaceName} is in order again`,
      opening: ['The countdown has ended. The workspace stays open, and there is nothing left to do.'],
      facts: [...workspaceFacts(mail, setting), ...payerFacts(mail)],
      action: openWorkspace(mail, setting),
    }),

    locked: (mail, setting) => ({
      subject: `${mail.workspaceName} is locked`,
      heading: `${mail.workspaceName} is locked`,
      opening: [
        'The 14 days have passed without a new billing method. New data is refused from now on.',
        'What is stored is kept for 30 more days, so that you can export it, and is then deleted.',
      ],
      facts: [
        ...workspaceFacts(mail, setting),
        ['Locked on', setting.time(mail.lockedAt, mail.site)],
        ['Deleted on', setting.time(mail.dissolvesAt, mail.site)],
      ],
      action: changeMethod(mail, setting),
      closing: ['Choosing a billing method unlocks the workspace at once.'],
    }),

    'dissolution-near': (mail, setting) => ({
      subject: `${mail.workspaceName} will be deleted on ${setting.time(mail.dissolvesAt, mail.site)}`,
      heading: `The data of ${mail.workspaceName} will be deleted soon`,
      opening: [
        'The workspace is locked, and the time for which its data is kept runs out on the date below. It is then dissolved: its usage data is deleted, its API keys stop working, and nothing brings it back.',
        'If you still need the data, export it before. The bills stay: they can be read in the Billing Center afterwards too.',
      ],
      facts: [...workspaceFacts(mail, setting), ['Deleted on', setting.time(mail.dissolvesAt, mail.site)]],
      action: changeMethod(mail, setting),
      closing: [
        'To keep the workspace, choose a billing method before that date. It opens at once, with all its data.',
      ],
    }),

    'reports-near-deadline': (mail, setting) => ({
      subject: `Usage reports of ${mail.productName} are near their deadline`,
      heading: 'Usage reports are near their deadline',
      opening: [
        'The cloud marketplace has not yet taken the reports below. What it has not taken by the deadline it will never bill.',
      ],
      facts: [
        ['Product', `${mail.productName} (${mail.productCode})`],
        ['Reports', String(mail.count)],
        ['Of these, not known whether they were counted', String(mail.unknown)],
        ['First deadline', setting.time(mail.firstDeadline, null)],
        ...lastAnswers(mail.codes),
      ],
      closing: [
        `Open the Operator desk of ${setting.brand} and look at the pushes by deadline. Reports that wait are sent again by themselves; unknown ones need your answer.`,
      ],
    }),
  },
}

function lastAnswers(codes: readonly string[]): [string, string][] {
  return codes.length === 0 ? [] : [['Last answers', codes.join(', ')]]
}

interface AboutWorkspace {
  reader: 'owner' | 'payer'
  workspaceId: string
  workspaceName: string
  site: string
}

function workspaceFacts(mail: AboutWorkspace, setting: MailSetting): [string, string][] {
  return [
    ['Workspace', mail.workspaceName],
    ['Site', setting.siteName(mail.site)],
  ]
}

function payerFacts({ payer }: Pick<Mails['activated'], 'payer'>): [string, string][] {
  if (payer === null) return []
  return [
    ['Who pays', `${payer.companyName} (Billing Center account ${payer.billingUsername})`],
    [
      'Billing method',
      payer.instanceRef === null ? 'Balance' : `Cloud marketplace, Product Instance ID ${payer.instanceRef}`,
    ],
  ]
}

function openWorkspace(mail: AboutWorkspace, { links }: MailSetting) {
  return mail.reader === 'owner'
    ? { label: 'Open the workspace', url: links.workspace(mail.site, mail.workspaceId) }
    : { label: 'Open the Billing Center', url: links.paidWorkspace(mail.workspaceId) }
}

function changeMethod(mail: AboutWorkspace, { links }: MailSetting) {
  const url =
    mail.reader === 'owner' ? links.planAndBilling(mail.site, mail.workspaceId) : links.paidWorkspace(mail.workspaceId)
  return { label: 'Change Billing Method', url }
}

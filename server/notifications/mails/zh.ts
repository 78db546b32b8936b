import type { CodePurpose } from '../../identity/codes.ts'
import type { Mails } from '../../mails.ts'
import type { MailCatalogue, MailSetting } from './mail-words.ts'

const codeUses: Record<CodePurpose, (brand: string) => string> = {
  'register-email': (brand) => `您正在注册${brand}，请输入以下验证码确认您的邮箱。`,
  'prove-account': (brand) => `您正在开通${brand}，请输入以下验证码，确认该费用中心账号属于您。`,
  'console-owner': (brand) => `您正在用自己的${brand}账号创建工作空间，请输入以下验证码。`,
  'console-register': (brand) => `您正在注册${brand}账号并创建工作空间，请输入以下验证码。`,
  'console-reset': (brand) => `您正在为${brand}账号设置新密码，请输入以下验证码。`,
  'billing-reset': (brand) => `您正在为${brand}费用中心账号设置新密码，请输入以下验证码。`,
}

const countdownReasons: Record<Mails['countdown-started']['reason'], string> = {
  instance_suspended: '为该工作空间付费的云市场服务已被暂停，通常是因为云账号存在欠费。',
  instance_released: '为该工作空间付费的云市场服务已关闭。',
  arrears: '费用中心账号的余额已不足以支付该工作空间的账单。',
}

const countdownEnds: Record<Mails['countdown-started']['reason'], string> = {
  instance_suspended: '在云市场结清欠费后，倒计时会自动结束；您也可以改用费用中心余额，或绑定其他实例。',
  instance_released: '请改用费用中心余额，或重新订阅并绑定新的实例，更改后倒计时立即结束。',
  arrears: '请为费用中心账号充值，或更改结算方式，完成后倒计时立即结束。',
}

/** 中文邮件 */
export const chinese: MailCatalogue = {
  footer: ({ brand }) => `本邮件由${brand}自动发送，请勿直接回复。`,
  openLink: '如果按钮无法点击，请在浏览器中打开：',
  mails: {
    code: ({ codeId, purpose }, { brand, digits }) => ({
      subject: `${brand}验证码`,
      heading: '验证码',
      opening: [codeUses[purpose](brand)],
      code: digits(codeId),
      closing: [
        '验证码 10 分钟内有效，重新获取后，旧的验证码随即失效。',
        '如果不是您本人操作，忽略本邮件即可：没有验证码，任何操作都不会生效。请勿将验证码告诉他人，我们也不会向您索取。',
      ],
    }),

    'password-changed': ({ site, username, at }, setting) => ({
      subject: `您的${setting.brand}密码已修改`,
      heading: '您的密码已修改',
      opening: ['有人通过发送到本邮箱的验证码设置了新密码，所有已登录的会话均已退出。'],
      facts: [
        ['账号', username],
        ['位置', site === null ? '费用中心' : setting.siteName(site)],
        ['时间', setting.time(at, site)],
      ],
      action: {
        label: '重新设置密码',
        url: site === null ? setting.links.billingReset() : setting.links.consoleReset(site),
      },
      closing: ['如果是您本人操作，无需处理；如果不是，请立即重新设置密码，并检查还有谁能查看您的邮箱。'],
    }),

    activated: (mail, setting) => ({
      subject: `工作空间“${mail.workspaceName}”已就绪`,
      heading: `“${mail.workspaceName}”已就绪`,
      opening: [`${setting.brand}已开通完成，具体如下：`],
      facts: [...workspaceFacts(mail, setting), ...payerFacts(mail)],
      action: openWorkspace(mail, setting),
      closing: ['费用按天结算，每天的账单在次日生成。'],
    }),

    'countdown-started': (mail, setting) => ({
      subject: `工作空间“${mail.workspaceName}”将锁定，时间为 ${setting.time(mail.endsAt, mail.site)}`,
      heading: `请为“${mail.workspaceName}”更改结算方式`,
      opening: [
        countdownReasons[mail.reason],
        '在下述时间之前，工作空间照常使用：可以查看历史数据，新数据也会正常接收。到期后，工作空间将被锁定。',
      ],
      facts: [...workspaceFacts(mail, setting), ['锁定时间', setting.time(mail.endsAt, mail.site)]],
      action: changeMethod(mail, setting),
      closing: [countdownEnds[mail.reason]],
    }),

    'countdown-over': (mail, setting) => ({
      subject: `工作空间“${mail.workspaceName}”已恢复正常`,
      heading: `“${mail.workspaceName}”已恢复正常`,
      opening: ['倒计时已结束，工作空间继续开放，您无需再做任何操作。'],
      facts: [...workspaceFacts(mail, setting), ...payerFacts(mail)],
      action: openWorkspace(mail, setting),
    }),

    locked: (mail, setting) => ({
      subject: `工作空间“${mail.workspaceName}”已锁定`,
      heading: `“${mail.workspaceName}”已锁定`,
      opening: [
        '14 天内未更改结算方式，工作空间现已锁定，不再接收新数据。',
        '已有数据将继续保留 30 天供您导出，之后会被删除。',
      ],
      facts: [
        ...workspaceFacts(mail, setting),
        ['锁定时间', setting.time(mail.lockedAt, mail.site)],
        ['删除时间', setting.time(mail.dissolvesAt, mail.site)],
      ],
      action: changeMethod(mail, setting),
      closing: ['更改结算方式后，工作空间会立即解锁。'],
    }),

    'dissolution-near': (mail, setting) => ({
      subject: `工作空间“${mail.workspaceName}”的数据即将删除，时间为 ${setting.time(mail.dissolvesAt, mail.site)}`,
      heading: `“${mail.workspaceName}”的数据即将删除`,
      opening: [
        '该工作空间已锁定，数据保留期将在下述时间届满。届时工作空间会被解散：用量数据全部删除，API 密钥一并失效，且无法恢复。',
        '如仍需要这些数据，请在此之前导出。账单不受影响，之后仍可在费用中心查看。',
      ],
      facts: [...workspaceFacts(mail, setting), ['删除时间', setting.time(mail.dissolvesAt, mail.site)]],
      action: changeMethod(mail, setting),
      closing: ['如需继续使用，请在此之前更改结算方式，工作空间会立即恢复，数据完整保留。'],
    }),

    'reports-near-deadline': (mail, setting) => ({
      subject: `“${mail.productName}”的用量上报即将到达截止时间`,
      heading: '用量上报即将到达截止时间',
      opening: ['以下用量尚未被云市场接收。截止时间之后仍未被接收的用量，云市场将不再计费。'],
      facts: [
        ['商品', `${mail.productName}（${mail.productCode}）`],
        ['上报数', String(mail.count)],
        ['其中结果未知', String(mail.unknown)],
        ['最早截止时间', setting.time(mail.firstDeadline, null)],
        ...lastAnswers(mail.codes),
      ],
      closing: [
        `请打开 ${setting.brand} 运营台，按截止时间查看上报。等待中的上报会自动重新发送，结果未知的上报需要您来确认。`,
      ],
    }),
  },
}

function lastAnswers(codes: readonly string[]): [string, string][] {
  return codes.length === 0 ? [] : [['最近一次返回', codes.join('、')]]
}

interface AboutWorkspace {
  reader: 'owner' | 'payer'
  workspaceId: string
  workspaceName: string
  site: string
}

function workspaceFacts(mail: AboutWorkspace, setting: MailSetting): [string, string][] {
  return [
    ['工作空间', mail.workspaceName],
    ['站点', setting.siteName(mail.site)],
  ]
}

function payerFacts({ payer }: Pick<Mails['activated'], 'payer'>): [string, string][] {
  if (payer === null) return []
  return [
    ['付费方', `${payer.companyName}（费用中心账号 ${payer.billingUsername}）`],
    ['结算方式', payer.instanceRef === null ? '余额' : `云市场，商品实例 ID ${payer.instanceRef}`],
  ]
}

function openWorkspace(mail: AboutWorkspace, { links }: MailSetting) {
  return mail.reader === 'owner'
    ? { label: '进入工作空间', url: links.workspace(mail.site, mail.workspaceId) }
    : { label: '前往费用中心', url: links.paidWorkspace(mail.workspaceId) }
}

function changeMethod(mail: AboutWorkspace, { links }: MailSetting) {
  const url =
    mail.reader === 'owner' ? links.planAndBilling(mail.site, mail.workspaceId) : links.paidWorkspace(mail.workspaceId)
  return { label: '更改结算方式', url }
}

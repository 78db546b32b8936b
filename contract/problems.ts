/** Languages of every text a person reads. */
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

interface ProblemWords {
  status: number
  en: string
  zh: string
}

/**
 * Every foreseen failure: HTTP status and the words a person reads, in both languages. `{name}` takes a detail.
 * The words say what happened and what to do next; the code is for programs.
 */
export const problems = {
  bad_input: {
    status: 400,
    en: 'Please check the marked fields.',
    zh: '请检查标出的字段。',
  },
  not_found: { status: 404, en: 'We could not find this.', zh: '没有找到这项内容。' },
  signed_out: {
    status: 401,
    en: 'You are signed out. Please sign in to continue.',
    zh: '您已退出登录，请重新登录后继续。',
  },
  forbidden: {
    status: 403,
    en: 'Your role does not allow this. Ask the owner of the workspace.',
    zh: '您的角色没有此权限，请联系工作空间的拥有者。',
  },
  cross_site_request: {
    status: 403,
    en: 'This request did not come from our own pages. Please reload the page and try again.',
    zh: '该请求不是从本站页面发出的，请刷新页面后重试。',
  },
  too_many_requests: {
    status: 429,
    en: 'Too many attempts. Please try again in {seconds} seconds.',
    zh: '尝试次数过多，请在 {seconds} 秒后重试。',
  },
  internal: {
    status: 500,
    en: 'Something went wrong on our side. Nothing was changed. If it happens again, quote the request id {requestId}.',
    zh: '服务出现错误，没有任何内容被更改。如再次出现，请提供请求编号 {requestId}。',
  },
  api_key_wrong: {
    status: 401,
    en: 'This call needs a valid API key: "Authorization: Bearer …". Make one in the console under API Keys.',
    zh: '调用此接口需要有效的 API 密钥（Authorization: Bearer …），可在控制台的“API 密钥”中创建。',
  },
  too_many_api_keys: {
    status: 409,
    en: 'A workspace has at most {max} working keys. Revoke one first.',
    zh: '每个工作空间最多有 {max} 个有效密钥，请先吊销不用的密钥。',
  },
  usage_busy: {
    status: 429,
    en: 'More usage is waiting than we can store at once. Send this again in {seconds} seconds; what was taken before counts once.',
    zh: '等待写入的用量过多，请在 {seconds} 秒后重新发送，已接收的事件不会重复计算。',
  },
  stream_broken: {
    status: 400,
    en: 'The stream broke off ({reason}). Send it again from its beginning; what was taken before counts once.',
    zh: '数据流中断（{reason}），请从头重新发送，已接收的事件不会重复计算。',
  },
  body_unreadable: {
    status: 400,
    en: 'The body could not be read: {reason}. Nothing of it was taken.',
    zh: '无法读取请求内容（{reason}），本次调用未被接收。',
  },
  body_too_large: {
    status: 413,
    en: 'The body is too large: at most 8 MiB of usage, also after decompression; at most 1 MiB of anything else.',
    zh: '请求内容过大：用量数据最多 8 MiB（含解压后），其他请求最多 1 MiB。',
  },
  too_many_events: {
    status: 413,
    en: 'At most {max} events are taken in one call; this one has more. Nothing of it was taken; split it.',
    zh: '每次调用最多接收 {max} 个事件，本次调用超出限制，未被接收，请拆分后重新发送。',
  },
  media_type_unsupported: {
    status: 415,
    en: 'This kind of body is not taken. Allowed: {allowed}.',
    zh: '不支持该内容类型，可用的有：{allowed}。',
  },
  unknown_meter: {
    status: 400,
    en: 'There is no such meter. Choose one of: {allowed}.',
    zh: '没有该计量项，请从以下选项中选择：{allowed}。',
  },
  retention_not_offered: {
    status: 400,
    en: 'This kind of data can be kept for {allowed} days.',
    zh: '该类数据可选的保存天数为：{allowed}。',
  },
  retention_fixed: {
    status: 409,
    en: 'On the free plan data is kept for {days} days. On the commercial plan you choose.',
    zh: '体验版的数据固定保存 {days} 天，升级到商业版后可自行选择。',
  },
  range_too_long: {
    status: 400,
    en: 'From the first day to the last, at most {max} days can be asked for at once.',
    zh: '从起始日到结束日，一次最多查询 {max} 天。',
  },
  sign_in_failed: {
    status: 401,
    en: 'The username or password is not right. Check both, or reset the password.',
    zh: '用户名或密码不正确，请检查后重试，或重置密码。',
  },
  username_taken: {
    status: 409,
    en: 'This username is taken. Please choose another one.',
    zh: '该用户名已被使用，请换一个。',
  },
  email_taken: {
    status: 409,
    en: 'This e-mail already has an account on site {site}. Use that account, or another e-mail.',
    zh: '该邮箱在站点 {site} 已有账号，请使用该账号，或换一个邮箱。',
  },
  password_too_common: {
    status: 400,
    en: 'This password is among the most used ones. Please choose another.',
    zh: '该密码过于常见，请换一个。',
  },
  code_wrong: {
    status: 400,
    en: 'This code is not right. You have {left} tries left.',
    zh: '验证码不正确，还可以尝试 {left} 次。',
  },
  code_expired: {
    status: 400,
    en: 'This code has expired. Ask for a new one.',
    zh: '验证码已过期，请重新获取。',
  },
  code_exhausted: {
    status: 400,
    en: 'This code was tried too often. Ask for a new one.',
    zh: '该验证码尝试次数过多，请重新获取。',
  },
  code_missing: {
    status: 400,
    en: 'There is no code for this address yet. Ask for one first.',
    zh: '尚未向该地址发送验证码，请先获取。',
  },
  code_too_soon: {
    status: 429,
    en: 'A code was just sent. You can ask for another in {seconds} seconds.',
    zh: '验证码刚刚发送过，请在 {seconds} 秒后重新获取。',
  },
  code_too_many: {
    status: 429,
    en: 'At most 5 codes an hour are sent to one address. Please try again in {minutes} minutes.',
    zh: '同一地址每小时最多发送 5 次验证码，请在 {minutes} 分钟后重试。',
  },
  terms_outdated: {
    status: 409,
    en: 'The terms have changed. Please read and accept the current version ({version}).',
    zh: '服务条款已更新，请阅读并同意最新版本（{version}）。',
  },
  unknown_site: {
    status: 400,
    en: 'There is no such site. Choose one of: {allowed}.',
    zh: '没有这个站点，请从以下站点中选择：{allowed}。',
  },
  site_not_offered: {
    status: 400,
    en: 'The purchased product is not offered on this site. Choose one of: {allowed}.',
    zh: '所购商品不支持该站点，请从以下站点中选择：{allowed}。',
  },
  handoff_expired: {
    status: 400,
    en: 'This Direct Login link has expired. Go back to the marketplace and press Direct Login again.',
    zh: '该免登链接已过期，请回到云市场重新点击“免登”。',
  },
  handoff_used: {
    status: 400,
    en: 'This Direct Login link was already used in another browser. Go back to the marketplace and press Direct Login again.',
    zh: '该免登链接已在其他浏览器中使用过，请回到云市场重新点击“免登”。',
  },
  handoff_tampered: {
    status: 400,
    en: 'We could not confirm that this link comes from the marketplace. Go back there and press Direct Login again.',
    zh: '无法确认该链接来自云市场，请回到云市场重新点击“免登”。',
  },
  instance_unknown: {
    status: 404,
    en: 'We have not heard of this purchase from the marketplace yet. Wait a minute and press Direct Login again.',
    zh: '我们尚未从云市场收到这笔订单，请稍等一分钟后重新点击“免登”。',
  },
  instance_released: {
    status: 409,
    en: 'This service was closed in the marketplace. Subscribe again there, then press Direct Login on the new instance.',
    zh: '该服务已在云市场关闭，请重新开通，并在新实例上点击“免登”。',
  },
  instance_pair_wrong: {
    status: 400,
    en: 'This Account ID and Product Instance ID do not belong together, or the service is not open. Copy both from the marketplace once more.',
    zh: '账号 ID 与商品实例 ID 不匹配，或该服务未开通，请从云市场重新复制。',
  },
  instance_id_wrong: {
    status: 400,
    en: 'Your cloud account is known, but it has no open service with this Product Instance ID. Copy it again from Purchased Services.',
    zh: '已确认您的云账号，但其下没有该商品实例 ID 对应的服务，请从“已购买的服务”中重新复制。',
  },
  file_unreadable: {
    status: 400,
    en: 'Line {line} of the file cannot be read. Allowed: {allowed}.',
    zh: '文件第 {line} 行无法读取，允许的内容：{allowed}。',
  },
  push_not_unknown: {
    status: 409,
    en: 'Nothing is unknown about this report any more: it is {state}. Reload the page.',
    zh: '该上报已不再是未知状态，当前状态为 {state}，请刷新页面。',
  },
  push_deadline_over: {
    status: 409,
    en: 'The marketplace no longer takes this report: its deadline is over. Choose another answer.',
    zh: '该上报已过云市场的截止时间，无法重新发送，请选择其他处理方式。',
  },
  push_not_uncollected: {
    status: 409,
    en: 'Only a refused or expired report is written off, and only once. This one is {state}.',
    zh: '仅被拒绝或已过期的上报可以核销，且只能处理一次。该上报当前状态为 {state}。',
  },
  marketplace_unreachable: {
    status: 502,
    en: 'The marketplace did not answer, so we could not check this. Nothing was changed; please try again in a minute.',
    zh: '云市场暂时没有响应，无法核对。没有任何内容被更改，请稍后重试。',
  },
  cloud_account_bound_elsewhere: {
    status: 409,
    en: 'This cloud account already belongs to another Billing Center account. Sign in with that account, or ask the people who use it.',
    zh: '该云账号已绑定其他费用中心账号，请使用该账号登录，或联系其使用者。',
  },
  activation_over: {
    status: 409,
    en: 'This activation is already complete.',
    zh: '开通已完成。',
  },
  step_not_open: {
    status: 409,
    en: 'This step is not open yet, or was finished elsewhere. We take you to the right one.',
    zh: '该步骤尚未开放或已在别处完成，将为您跳转到正确的步骤。',
  },
  proof_needed: {
    status: 401,
    en: 'Please confirm with an e-mail code that this is your account.',
    zh: '请通过邮箱验证码确认这是您的账号。',
  },
  workspace_not_bindable: {
    status: 409,
    en: 'This workspace was bound by somebody else in the meantime. Choose another one.',
    zh: '该工作空间已被他人绑定，请选择其他工作空间。',
  },
  settlement_changed_this_month: {
    status: 409,
    en: 'The billing method of a workspace can change once a calendar month. It can change again from {date}.',
    zh: '每个工作空间每个自然月只能更改一次结算方式，{date} 起可再次更改。',
  },
  workspace_dissolved: {
    status: 409,
    en: 'This workspace is dissolved and its data is deleted. It cannot be changed or used again; create another one.',
    zh: '该工作空间已解散，数据已删除，无法再更改或使用，请新建工作空间。',
  },
  settlement_cloud_alive: {
    status: 409,
    en: 'This workspace is paid through a live cloud service. Close that service in its marketplace first.',
    zh: '该工作空间正通过有效的云服务结算，请先在云市场关闭该服务。',
  },
  settlement_unchanged: {
    status: 409,
    en: 'This workspace is already paid this way.',
    zh: '该工作空间已在使用此结算方式。',
  },
  billing_account_needed: {
    status: 409,
    en: 'Sign in to the Billing Center account that holds this cloud account first.',
    zh: '请先登录持有该云账号的费用中心账号。',
  },
  day_not_over: {
    status: 409,
    en: '{day} is not over yet on site {site}.',
    zh: '站点 {site} 的 {day} 尚未结束。',
  },
  day_out_of_turn: {
    status: 409,
    en: 'Days are closed in their order: {day} is next on site {site}.',
    zh: '账单日须按顺序关账，站点 {site} 下一个应关账的日期为 {day}。',
  },
  bill_not_parked: {
    status: 409,
    en: 'This bill is not parked any more. Reload the page.',
    zh: '该账单已不在搁置状态，请刷新页面。',
  },
  top_up_over: {
    status: 409,
    en: 'This payment is {state} already. Start a new top-up.',
    zh: '该笔支付当前状态为 {state}，请重新发起充值。',
  },
  amount_too_fine: {
    status: 400,
    en: 'An amount in {currency} has at most {decimals} decimals.',
    zh: '{currency} 金额最多保留 {decimals} 位小数。',
  },
  expiry_not_ahead: {
    status: 400,
    en: 'The expiry must be later than now.',
    zh: '到期时间必须晚于当前时间。',
  },
  top_up_not_offered: {
    status: 409,
    en: 'Online payment is not offered here. Please pay by bank transfer.',
    zh: '暂不支持在线支付，请通过银行转账充值。',
  },
  currency_differs: {
    status: 409,
    en: 'This workspace is billed in {workspaceCurrency}, the Billing Center account holds {accountCurrency}.',
    zh: '该工作空间以 {workspaceCurrency} 计费，而费用中心账号使用 {accountCurrency}。',
  },
} as const satisfies Record<string, ProblemWords>

export type ProblemCode = keyof typeof problems

/** Words of a problem in one language, details filled in. */
export function problemWords(
  code: ProblemCode,
  language: Language,
  details: Record<string, string | number> = {},
): string {
  return problems[code][language].replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(details[name] ?? placeholder),
  )
}

/** One field that was refused: its path in the body (`email`, `account.code`), a code and words in the reader's language. */
export interface FieldProblem {
  path: string
  code: string
  message: string
}

/** Body of every answer that is not a success. */
export interface ProblemBody {
  error: {
    code: ProblemCode
    message: string
    details: Record<string, string | number>
    fields: FieldProblem[]
    requestId: string
  }
}

/**
 * The only foreseen failure. Thrown by actions, turned into status and words at the edge; anything else thrown is a bug.
 * `field` puts the words beside the input they are about.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly details: Record<string, string | number>
  readonly field: string | undefined

  constructor(code: ProblemCode, details: Record<string, string | number> = {}, field?: string) {
    super(code)
    this.code = code
    this.details = details
    this.field = field
  }

  get status(): number {
    return problems[this.code].status
  }
}

import { demoBuyers, demoOperator, demoPassword } from './buyers.ts'
import type { DemoBuyer } from './buyers.ts'
import { demoProductCode } from './world.ts'

export interface DemoPlaces {
  purser: string
  sandbox: string
  inbox: string
}

const en = {
  title: 'Purser, the demo world',
  lead: 'A whole marketplace sale on your machine: the shop, the vendor’s Billing Center and consoles, and the buyers’ mail. Nothing leaves this computer.',
  first: 'Begin here',
  firstText:
    'You are Lin Qing, who has nothing yet. Buy the product, press Direct Login, and follow Purser until you stand in a working workspace. Codes arrive in the inbox.',
  firstButton: 'Open the shop as Lin Qing',
  places: 'What is here',
  sandbox: 'Marketplace sandbox',
  sandboxText:
    'Stands in for Alibaba Cloud Marketplace: buy, Direct Login, release, fall into arrears. Behind the scenes it shows every notification it sends.',
  inbox: 'Inbox',
  inboxText: 'Catches every mail Purser sends, for anybody.',
  billing: 'Billing Center',
  billingText: 'Who pays: workspaces, cloud accounts, account.',
  console: 'Console',
  consoleText: 'Where work happens, one login per site.',
  register: 'Website registration',
  registerText: 'The way in without Direct Login; ids are typed and verified.',
  operator: 'Operator desk',
  operatorText: `Reports to the marketplace, bills, vouchers, audit, and the test clock. Sign in as “${demoOperator.username}” with the password below.`,
  buyers: 'Buyers ready to play',
  password: 'Password of all of them, in Billing Center and console (site cn1), and of the operator:',
  cloudAccount: 'Account ID',
  username: 'Username',
  email: 'E-mail',
  none: 'none yet',
  shop: 'Open the shop as this buyer',
  fresh: 'Has nothing: goes through registration.',
  payer:
    'Has a Billing Center account, money in it, and two workspaces no cloud pays for yet: buy, choose “Existing Billing Center account”, bind one or create another.',
  active:
    'Has been activated for a week: Direct Login leads to the workspace, with usage, bills, a voucher used up and what the cloud account paid.',
  other: '中文',
}
type Words = typeof en

const zh: Words = {
  title: 'Purser 演示环境',
  lead: '在您的电脑上完整体验一次云市场售卖：云市场、服务商的费用中心与控制台，以及买家的邮箱。所有内容都不会离开这台电脑。',
  first: '从这里开始',
  firstText:
    '您是林青，还没有任何账号。请购买商品，点击“免登”，再跟随 Purser 一步步操作，直到进入可用的工作空间。验证码会发送到收件箱。',
  firstButton: '以林青的身份打开云市场',
  places: '这里有什么',
  sandbox: '云市场沙箱',
  sandboxText: '模拟阿里云云市场：购买、免登、关闭、欠费。在“后台”可以查看它发出的每一条通知。',
  inbox: '收件箱',
  inboxText: '接收 Purser 发给任何人的所有邮件。',
  billing: '费用中心',
  billingText: '谁来付费：工作空间、云账号与账号信息。',
  console: '控制台',
  consoleText: '日常工作的地方，每个站点单独登录。',
  register: '官网注册',
  registerText: '不经过免登的入口，账号 ID 与实例 ID 需手动填写并核对。',
  operator: '运营台',
  operatorText: `上报云市场的用量、账单、代金券、审计与测试时钟。请用“${demoOperator.username}”和下面的密码登录。`,
  buyers: '可以直接使用的买家',
  password: '他们在费用中心与控制台（站点 cn1）的密码，以及运营人员的密码，都是：',
  cloudAccount: '账号 ID',
  username: '用户名',
  email: '邮箱',
  none: '暂无',
  shop: '以该买家的身份打开云市场',
  fresh: '什么都没有：需要完成注册。',
  payer:
    '已有费用中心账号、账户余额和两个尚未由云账号付费的工作空间：购买后选择“已有费用中心账号”，绑定其中一个，或新建一个。',
  active: '一周前已经开通：点击“免登”即可进入工作空间，可查看用量、账单、已用完的代金券，以及由云账号支付的金额。',
  other: 'English',
}

const names: Record<DemoBuyer['key'], { en: string; zh: string }> = {
  fresh: { en: 'Lin Qing', zh: '林青' },
  payer: { en: 'Wang Hao', zh: '王浩' },
  active: { en: 'Chen Yu', zh: '陈宇' },
}

const style = `
:root{color-scheme:light dark;--paper:#fbfaf8;--ink:#16202c;--quiet:#566270;--line:#e2ded6;--accent:#0e5a6b;--on:#fff;--tint:#eaf2f3}
@media(prefers-color-scheme:dark){:root{--paper:#0f1720;--ink:#e6e9ec;--quiet:#a3afbb;--line:#2b3846;--accent:#7cc7d6;--on:#0f1720;--tint:#16232e}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.55 Inter,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:960px;margin:0 auto;padding:48px 24px 72px}header{display:flex;justify-content:space-between;gap:24px;align-items:baseline}
h1{font-size:28px;font-weight:600;margin:0 0 8px;letter-spacing:-.01em}h2{font-size:16px;font-weight:600;margin:40px 0 12px}h3{font-size:14px;font-weight:600;margin:0 0 4px}
p{margin:0 0 12px;color:var(--quiet);max-width:64ch}a{color:var(--accent)}.first{margin-top:28px;padding:24px;border:1px solid var(--line);border-left:3px solid var(--accent);border-radius:6px;background:var(--tint)}
.first h2{margin-top:0}.button{display:inline-block;padding:9px 16px;border-radius:6px;background:var(--accent);color:var(--on);text-decoration:none;font-weight:500}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(260px,1fr));gap:12px}.card{border:1px solid var(--line);border-radius:6px;padding:16px;min-width:0}.card p{margin:0 0 8px}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 12px;margin:0 0 12px}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:13px}.keep{white-space:nowrap}dd code{font-size:12px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`

/** The page at the root of the demo world: what each part is and where to click first. */
export function startPage(language: 'en' | 'zh', places: DemoPlaces): string {
  const words = language === 'zh' ? zh : en
  const shop = (buyer: DemoBuyer) =>
    `${places.sandbox}/as/${buyer.accountRef}?next=${encodeURIComponent(buyer.key === 'active' ? '/purchased-services' : `/products/${demoProductCode}`)}`
  const place = (url: string, title: string, text: string) =>
    `<div class="card"><h3><a href="${url}">${title}</a></h3><p>${text}</p><code>${url}</code></div>`
  const other = language === 'zh' ? 'en' : 'zh'
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title><style>${style}</style></head>
<body><main><header><h1>${words.title}</h1><a href="/?language=${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${words.other}</a></header><p>${words.lead}</p>
<section class="first"><h2>${words.first}</h2><p>${words.firstText}</p><a class="button" href="${shop(demoBuyers[0])}">${words.firstButton}</a></section>
<h2>${words.places}</h2><div class="grid">
${place(places.sandbox, words.sandbox, words.sandboxText)}${place(places.inbox, words.inbox, words.inboxText)}${place(`${places.purser}/billing`, words.billing, words.billingText)}${place(`${places.purser}/console`, words.console, words.consoleText)}${place(`${places.purser}/register`, words.register, words.registerText)}${place(`${places.purser}/operator`, words.operator, words.operatorText)}
</div><h2>${words.buyers}</h2><p>${words.password} <code class="keep">${demoPassword}</code></p><div class="grid">${demoBuyers.map((buyer) => buyerCard(buyer, words, language, shop(buyer))).join('')}</div></main></body></html>`
}

function buyerCard(buyer: DemoBuyer, words: Words, language: 'en' | 'zh', shop: string): string {
  const none = `<span>${words.none}</span>`
  return `<div class="card"><h3>${names[buyer.key][language]}</h3><p>${words[buyer.key]}</p><dl>
<dt>${words.cloudAccount}</dt><dd><code>${buyer.accountRef}</code></dd><dt>${words.username}</dt><dd>${buyer.person ? `<code>${buyer.person.username}</code>` : none}</dd>
<dt>${words.email}</dt><dd>${buyer.person ? `<code>${buyer.person.email}</code>` : none}</dd></dl><a href="${shop}">${words.shop}</a></div>`
}

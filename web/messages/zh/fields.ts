import type { broken as brokenEnglish, help as helpEnglish } from '../en/fields.ts'

/** 字段下方的说明，先于错误出现。 */
export const help: typeof helpEnglish = {
  username: '3–64 个字符，可用字母、数字、点、短横线和下划线，以字母开头。',
  password: '至少 10 个字符。越长越安全，不强制使用符号。',
  email: '我们会向该邮箱发送 6 位验证码。',
  workspaceName: '最多 128 个字符，之后可以修改。',
  workspaceLanguage: '决定通知的语言以及工作空间初始内容的语言。',
  cloudAccountRef: '主账号的账号 ID，由数字组成。',
  instanceRef: '即“已购买的服务”中显示的实例 ID。',
}

/** 规则未满足时，代替说明出现。 */
export const broken: typeof brokenEnglish = {
  empty: '请填写此项。',
  choose: '请选择一项。',
  username: '请使用 3–64 个字母、数字、点、短横线或下划线，并以字母开头。',
  password: '请使用 10 到 200 个字符。',
  passwordAgain: '两次输入的密码不一致，请重新输入。',
  email: '请填写邮箱地址，例如 name@company.com。',
  code: '请输入邮件中的 6 位数字。',
  phone: '请填写数字，可以 + 开头，也可以留空。',
  workspaceName: '请不要超过 128 个字符。',
  amount: '请输入大于 0 的金额，使用小数点，例如 500.00。',
  note: '请用最多 200 个字符说明用途。',
  apiKeyName: '请使用最多 64 个字符。',
  companyName: '请不要超过 200 个字符。',
  shortText: '请不要超过 100 个字符。',
  longText: '请不要超过 2000 个字符。',
  cloudAccountRef: '请只复制主账号的数字 ID。',
  instanceRef: '请复制“已购买的服务”中显示的实例 ID。',
  terms: '请阅读并同意服务条款后继续。',
}

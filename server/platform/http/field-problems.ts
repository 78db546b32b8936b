import { z } from 'zod'
import { Problem } from '../../../contract/problems.ts'
import type { FieldProblem, Language } from '../../../contract/problems.ts'

/** Input that does not fit the endpoint: one entry per field, each naming what is allowed. */
export class InputProblem extends Problem {
  readonly fields: FieldProblem[]

  constructor(fields: FieldProblem[]) {
    super('bad_input')
    this.fields = fields
  }
}

/** Turns zod's findings into field problems in the reader's language. */
export function readFieldProblems(error: z.ZodError, language: Language): FieldProblem[] {
  return error.issues.map((issue) => ({
    path: issue.path.join('.'),
    code: issue.code,
    message: fieldWords(issue, language),
  }))
}

const ownWords: Record<string, string> = {
  'must not be empty': '不能为空',
  'must be an e-mail address such as name@company.com': '请输入邮箱地址，例如 name@company.com',
  'must be the 6 digits from the e-mail': '请输入邮件中的 6 位数字验证码',
  'must have at least 10 characters': '至少需要 10 个字符',
  'must be 3–64 letters, digits, dots, dashes or underscores, beginning with a letter':
    '须为 3–64 个字符，以字母开头，可包含字母、数字、点、短横线和下划线',
  'must be a phone number, digits with an optional leading +': '请输入电话号码，可以 + 开头',
  'must be the digits of the main account id': '请输入主账号 ID（纯数字）',
  'must be the Instance ID shown under Purchased Services': '请输入“已购买的服务”中显示的实例 ID',
  'must be a site code such as cn1': '请输入站点代码，例如 cn1',
  'must be the version of the terms that were accepted': '请提供所同意的服务条款版本',
  'must be a UUID chosen once per intent': '须为每次操作唯一的 UUID',
}

function fieldWords(issue: z.core.$ZodIssue, language: Language): string {
  const missing = issue.code === 'invalid_type' && issue.message.includes('received undefined')
  if (language === 'en') return missing ? 'is required' : issue.message
  if (missing) return '此项必填'
  const own = ownWords[issue.message]
  if (own) return own
  const most = /^must be at most (\d+) characters$/.exec(issue.message)
  if (most) return `最多 ${most[1]} 个字符`
  return zhLocale(issue)
}

const zhError = z.locales.zhCN().localeError

function zhLocale(issue: z.core.$ZodIssue): string {
  const words = zhError(issue as Parameters<typeof zhError>[0])
  if (typeof words === 'string') return words
  return words?.message ?? '请检查此项'
}

const en = {
  title: 'Inbox of the demo world',
  about: 'Every mail Purser sends lands here, whoever it is for. Nothing leaves this machine.',
  search: 'Recipient',
  find: 'Find',
  empty: 'No mail yet. Ask for a code somewhere and it appears here by itself.',
  nothingFound: 'No mail to this recipient.',
  from: 'From',
  to: 'To',
  at: 'Received',
  subject: 'Subject',
  back: 'All mails',
  asHtml: 'As it looks',
  asText: 'As plain text',
  missing: 'This mail is not here any more.',
  otherLanguage: '简体中文',
}
export type InboxWords = typeof en

const zh: InboxWords = {
  title: '演示环境收件箱',
  about: 'Purser 发出的所有邮件都会出现在这里，不论收件人是谁，也不会发往外部。',
  search: '收件人',
  find: '查找',
  empty: '还没有邮件。获取一次验证码，邮件就会自动出现在这里。',
  nothingFound: '没有发给该收件人的邮件。',
  from: '发件人',
  to: '收件人',
  at: '收到时间',
  subject: '主题',
  back: '全部邮件',
  asHtml: '显示效果',
  asText: '纯文本',
  missing: '这封邮件已不存在。',
  otherLanguage: 'English',
}

export const inboxWords: Record<'en' | 'zh', InboxWords> = { en, zh }

import type { Language } from '../../../contract/problems.ts'
import type { MailWords } from './mail-words.ts'

export interface Frame {
  language: Language
  brand: string
  /** CSS colour of the button. */
  accent: string
  footer: string
  openLink: string
}

/** The mail as plain text: everything the HTML says, in the same order. */
export function layOutText(words: MailWords, frame: Frame): string {
  const colon = frame.language === 'zh' ? '：' : ': '
  const blocks = [
    words.heading,
    ...words.opening,
    words.code,
    words.facts?.map(([label, value]) => `${label}${colon}${value}`).join('\n'),
    words.action && `${words.action.label}${colon.trim()}\n${words.action.url}`,
    ...(words.closing ?? []),
    `-- \n${frame.footer}`,
  ]
  return `${blocks.filter((block) => block !== undefined).join('\n\n')}\n`
}

/**
 * The mail as HTML: one column, no tables, no images, nothing loaded from elsewhere. Text and ground keep the reader's own
 * colours, so it is right on light and dark alike; only the button and the hairlines bring theirs.
 */
export function layOutHtml(words: MailWords, frame: Frame): string {
  const language = frame.language === 'zh' ? 'zh-CN' : 'en'
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(words.subject)}</title>
</head>
<body style="margin:0;padding:24px;font-family:${fonts}">
<div style="max-width:520px;margin:0 auto;font-size:15px;line-height:1.6">
<p style="margin:0 0 24px;font-size:13px;font-weight:600;opacity:.75">${escapeHtml(frame.brand)}</p>
${body(words, frame)}
<p style="margin:32px 0 0;padding-top:12px;border-top:1px solid ${hairline};font-size:12px;opacity:.75">${escapeHtml(frame.footer)}</p>
</div>
</body>
</html>
`
}

const fonts = "Inter,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans SC',sans-serif"
const hairline = 'rgba(128,128,128,.35)'

function body(words: MailWords, frame: Frame): string {
  return [
    `<h1 style="margin:0 0 12px;font-size:20px;line-height:1.35;font-weight:600">${escapeHtml(words.heading)}</h1>`,
    ...words.opening.map(paragraph),
    words.code && code(words.code),
    words.facts && facts(words.facts),
    words.action && action(words.action, frame),
    ...(words.closing ?? []).map(paragraph),
  ]
    .filter(Boolean)
    .join('\n')
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 12px">${escapeHtml(text)}</p>`
}

function code(digits: string): string {
  const style = `margin:16px 0;padding:12px 16px;border:1px solid ${hairline};border-radius:6px;font-size:28px;font-weight:600;letter-spacing:.25em;font-variant-numeric:tabular-nums;text-align:center`
  return `<p style="${style}">${escapeHtml(digits)}</p>`
}

function facts(pairs: [string, string][]): string {
  const lines = pairs.map(
    ([label, value]) =>
      `<dt style="font-size:13px;opacity:.75">${escapeHtml(label)}</dt><dd style="margin:0 0 8px">${escapeHtml(value)}</dd>`,
  )
  return `<dl style="margin:16px 0;padding:12px 16px 4px;border:1px solid ${hairline};border-radius:6px">${lines.join('')}</dl>`
}

function action(button: { label: string; url: string }, frame: Frame): string {
  const url = escapeHtml(button.url)
  const style = `display:inline-block;padding:10px 20px;border-radius:6px;background-color:${escapeHtml(frame.accent)};color:#ffffff;font-weight:600;text-decoration:none`
  return `<p style="margin:20px 0 8px"><a href="${url}" style="${style}">${escapeHtml(button.label)}</a></p>
<p style="margin:0 0 20px;font-size:12px;opacity:.75;word-break:break-all">${escapeHtml(frame.openLink)}<br>${url}</p>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

import type { Mail } from './mailbox.ts'
import { inboxWords } from './messages.ts'

export type PageLanguage = 'en' | 'zh'

const style = `
:root{color-scheme:light dark;--paper:#fbfaf8;--ink:#16202c;--quiet:#566270;--line:#dcd8d0;--accent:#0e5a6b}
@media(prefers-color-scheme:dark){:root{--paper:#0f1720;--ink:#e6e9ec;--quiet:#a3afbb;--line:#2b3846;--accent:#6fc0d1}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.5 Inter,system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:880px;margin:0 auto;padding:32px 20px 64px}h1{font-size:20px;margin:0 0 4px}p{margin:0 0 20px;color:var(--quiet)}a{color:var(--accent)}
header{display:flex;justify-content:space-between;gap:16px;align-items:baseline}form{display:flex;gap:8px;align-items:end;margin:0 0 20px;flex-wrap:wrap}
label{display:grid;gap:4px;font-weight:500}input,button{font:inherit;padding:8px 12px;border:1px solid var(--line);border-radius:6px;background:transparent;color:inherit}
button{background:var(--accent);border-color:var(--accent);color:var(--paper);cursor:pointer}ul{list-style:none;padding:0;margin:0;border-top:1px solid var(--line)}
li{border-bottom:1px solid var(--line)}li a{display:grid;grid-template-columns:1fr auto;gap:2px 16px;padding:12px 4px;text-decoration:none;color:inherit}li a:hover{color:var(--accent)}
li strong{font-weight:500;overflow-wrap:anywhere}.quiet{color:var(--quiet);font-size:13px;overflow-wrap:anywhere}time{font-variant-numeric:tabular-nums}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}iframe{width:100%;height:560px;border:1px solid var(--line);border-radius:6px;background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:6px;padding:16px;font-size:13px}h2{font-size:16px;margin:24px 0 8px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}`

/** Asks for the list again every two seconds while it is looked at, and replaces it only when it changed. */
const refresh = `
const list=document.querySelector('#mails');
setInterval(async()=>{if(document.hidden)return;const answer=await fetch(location.href);if(!answer.ok)return;
const fresh=new DOMParser().parseFromString(await answer.text(),'text/html').querySelector('#mails');
if(fresh&&fresh.innerHTML!==list.innerHTML)list.innerHTML=fresh.innerHTML},2000)`

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function page(language: PageLanguage, title: string, body: string, script = ''): string {
  const words = inboxWords[language]
  const other = language === 'en' ? 'zh' : 'en'
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(title)}</title><style>${style}</style></head>
<body><main><header><h1>${escape(title)}</h1><a href="?lang=${other}" lang="${other === 'zh' ? 'zh-CN' : 'en'}">${words.otherLanguage}</a></header>${body}</main>${script && `<script>${script}</script>`}</body></html>`
}

export function listPage(language: PageLanguage, mails: Mail[], to: string): string {
  const words = inboxWords[language]
  const rows = mails
    .map(
      (mail) =>
        `<li><a href="/mails/${mail.id}"><strong>${escape(mail.subject)}</strong><time datetime="${mail.receivedAt}">${escape(shown(mail))}</time><span class="quiet">${escape(mail.to.join(', '))}</span></a></li>`,
    )
    .join('')
  const nothing = `<p>${to ? words.nothingFound : words.empty}</p>`
  return page(
    language,
    words.title,
    `<p>${words.about}</p><form method="get"><label>${words.search}<input name="to" value="${escape(to)}" autocomplete="off"></label><button>${words.find}</button></form><div id="mails">${rows ? `<ul>${rows}</ul>` : nothing}</div>`,
    refresh,
  )
}

export function mailPage(language: PageLanguage, mail: Mail | undefined): string {
  const words = inboxWords[language]
  const back = `<p><a href="/">← ${words.back}</a></p>`
  if (!mail) return page(language, words.title, `<p>${words.missing}</p>${back}`)
  const html = mail.html
    ? `<h2>${words.asHtml}</h2><iframe title="${escape(mail.subject)}" sandbox srcdoc="${escape(mail.html)}"></iframe>`
    : ''
  return page(
    language,
    mail.subject,
    `${back}<dl><dt>${words.from}</dt><dd>${escape(mail.from)}</dd><dt>${words.to}</dt><dd>${escape(mail.to.join(', '))}</dd><dt>${words.at}</dt><dd><time datetime="${mail.receivedAt}">${escape(shown(mail))}</time></dd></dl>${html}<h2>${words.asText}</h2><pre tabindex="0">${escape(mail.text)}</pre>`,
  )
}

function shown(mail: Mail): string {
  return mail.receivedAt.slice(0, 19).replace('T', ' ') + ' UTC'
}

/** The one style sheet of the sandbox: a plain cloud console, orange on grey, square corners; nothing of the vendor's product it sells. */
export const styles = `
:root {
  color-scheme: light dark;
  --sans: -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif;
  --page: #f2f3f5; --panel: #ffffff; --ink: #1d2129; --soft: #565d6b; --line: #dcdfe5; --bar: #191d26; --bar-ink: #f4f5f7;
  --accent: #c2410c; --accent-strong: #9a3412; --accent-ink: #ffffff; --tint: #fff4ec; --link: #1559b7;
  --good: #17703a; --good-tint: #e6f4ea; --warn: #8a5a00; --warn-tint: #fdf2d6; --bad: #b3261e; --bad-tint: #fdebea; --grey-tint: #eceef2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171d; --panel: #1d2129; --ink: #e8eaee; --soft: #a6adba; --line: #363c48; --bar: #0c0e12; --bar-ink: #f4f5f7;
    --accent: #f58a4b; --accent-strong: #ffa877; --accent-ink: #1d1106; --tint: #33241a; --link: #8ab8ff;
    --good: #7fd39b; --good-tint: #173324; --warn: #f0c264; --warn-tint: #362a10; --bad: #ff9d95; --bad-tint: #3d1d1b; --grey-tint: #2a303a;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.6 var(--sans); }
a { color: var(--link); }
h1 { font-size: 22px; line-height: 1.35; margin: 0; font-weight: 600; }
h2 { font-size: 16px; margin: 0 0 12px; font-weight: 600; }
h3 { font-size: 14px; margin: 0; font-weight: 600; }
p { margin: 0; }
h1 + p { margin-top: 4px; }
.panel > table + p { margin-top: 12px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -999px; top: 0; background: var(--panel); color: var(--ink); padding: 8px 12px; z-index: 5; }
.skip:focus { left: 8px; top: 8px; }
.bar { background: var(--bar); color: var(--bar-ink); }
.bar-row { max-width: 1200px; margin: 0 auto; padding: 0 24px; min-height: 52px; display: flex; align-items: center; gap: 24px; }
.brand { display: flex; align-items: center; gap: 10px; color: inherit; text-decoration: none; font-weight: 600; font-size: 15px; white-space: nowrap; }
.brand svg { display: block; }
.tag { border: 1px solid #f58a4b; color: #ffb58a; font-size: 12px; font-weight: 500; padding: 0 6px; line-height: 18px; }
.bar nav { display: flex; gap: 4px; flex: 1; }
.bar nav a { color: #c9ced8; text-decoration: none; padding: 14px 12px; border-bottom: 2px solid transparent; white-space: nowrap; }
.bar nav a:hover { color: #fff; }
.bar nav a[aria-current] { color: #fff; border-color: #f58a4b; }
.bar button.plain { background: none; border: 0; color: #c9ced8; font: inherit; cursor: pointer; padding: 8px; white-space: nowrap; }
.bar button.plain:hover { color: #fff; }
.bar :focus-visible { outline-color: #f58a4b; }
.side { display: flex; align-items: center; gap: 8px; }
.menu { position: relative; }
.menu summary { list-style: none; cursor: pointer; display: flex; align-items: center; gap: 8px; padding: 6px; }
.menu summary::-webkit-details-marker { display: none; }
.avatar { width: 28px; height: 28px; background: #f58a4b; color: #1d1106; display: grid; place-items: center; font-weight: 600; border-radius: 50%; }
.menu-name { max-width: 140px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.menu-panel { position: absolute; right: 0; top: 100%; width: 330px; max-width: calc(100vw - 32px); background: var(--panel); color: var(--ink); border: 1px solid var(--line); box-shadow: 0 8px 24px rgb(0 0 0 / .22); z-index: 4; padding: 16px; display: grid; gap: 12px; }
.menu-panel form { margin: 0; }
.menu-panel dl.facts { grid-template-columns: max-content minmax(0, 1fr); }
.menu-panel :focus-visible { outline-color: var(--accent); }
.menu-list { list-style: none; margin: 0; padding: 0; display: grid; gap: 2px; }
.bar .menu-panel button.row { width: 100%; text-align: left; background: none; border: 0; font: inherit; color: var(--ink); padding: 6px 8px; cursor: pointer; display: flex; justify-content: space-between; gap: 8px; }
.bar .menu-panel button.row:hover { background: var(--grey-tint); }
.note { background: var(--tint); color: var(--ink); border-bottom: 1px solid var(--line); font-size: 13px; padding: 6px max(24px, calc((100% - 1152px) / 2)); }
main { max-width: 1200px; margin: 0 auto; padding: 24px; display: grid; gap: 16px; }
main > * { min-width: 0; }
.head { display: flex; justify-content: space-between; align-items: flex-start; gap: 16px; flex-wrap: wrap; }
.soft { color: var(--soft); }
.small { font-size: 13px; }
.panel { background: var(--panel); border: 1px solid var(--line); padding: 20px; }
.panel.narrow { max-width: 560px; width: 100%; margin: 24px auto; }
.stack { display: grid; gap: 12px; }
.stack > * { min-width: 0; }
.cards { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(300px, 1fr)); }
.button, button.button { display: inline-block; border: 1px solid var(--line); background: var(--panel); color: var(--ink); font: inherit; font-weight: 500; padding: 6px 16px; text-decoration: none; cursor: pointer; text-align: center; line-height: 1.5; border-radius: 2px; }
.button:hover { border-color: var(--accent); color: var(--accent); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); }
.button.primary:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--accent-ink); }
.button.small { padding: 2px 10px; font-size: 13px; }
.button[disabled] { opacity: .6; cursor: default; }
.buttons { display: flex; gap: 8px; flex-wrap: wrap; align-items: center; }
.buttons form { margin: 0; }
dl.facts { display: grid; grid-template-columns: minmax(110px, max-content) minmax(0, 1fr); gap: 6px 16px; margin: 0; }
dl.facts dt { color: var(--soft); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
.id { font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.copy { font: inherit; font-size: 12px; background: none; border: 1px solid var(--line); color: var(--link); padding: 0 6px; margin-left: 6px; cursor: pointer; border-radius: 2px; line-height: 20px; }
.table-wrap { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: 10px 12px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { background: var(--grey-tint); font-weight: 500; color: var(--soft); font-size: 13px; white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
tfoot td { font-weight: 600; }
.badge { display: inline-flex; align-items: center; gap: 6px; padding: 0 8px; line-height: 22px; font-size: 12px; font-weight: 500; background: var(--grey-tint); white-space: nowrap; }
.badge::before { content: ""; width: 7px; height: 7px; border: 2px solid currentColor; border-radius: 50%; }
.badge.good { background: var(--good-tint); color: var(--good); } .badge.good::before { background: currentColor; }
.badge.warn { background: var(--warn-tint); color: var(--warn); } .badge.warn::before { border-radius: 0; transform: rotate(45deg); }
.badge.bad { background: var(--bad-tint); color: var(--bad); } .badge.bad::before { border-radius: 0; background: currentColor; }
.alert { border-left: 3px solid var(--warn); background: var(--warn-tint); padding: 10px 14px; }
.alert.bad { border-color: var(--bad); background: var(--bad-tint); }
.alert.good { border-color: var(--good); background: var(--good-tint); }
.check { display: flex; gap: 10px; align-items: flex-start; }
.check input { margin: 4px 0 0; width: 16px; height: 16px; accent-color: var(--accent); flex: none; }
label { display: block; }
.field { display: grid; gap: 4px; min-width: 0; }
.field > span { font-size: 13px; color: var(--soft); }
input:not([type=checkbox]), select { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--soft); padding: 6px 8px; width: 100%; border-radius: 2px; min-width: 0; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(200px, 1fr)); gap: 12px; align-items: end; }
.tabs { display: flex; gap: 4px; flex-wrap: wrap; border-bottom: 1px solid var(--line); }
.tabs a { padding: 8px 14px; text-decoration: none; color: var(--soft); border-bottom: 2px solid transparent; }
.tabs a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 500; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; background: var(--grey-tint); padding: 8px 10px; }
details.more > summary { cursor: pointer; color: var(--link); font-size: 13px; }
.entry { display: grid; gap: 10px; padding: 14px 0; border-bottom: 1px solid var(--line); }
.entry:first-child { padding-top: 0; } .entry:last-child { border-bottom: 0; padding-bottom: 0; }
.entry-head h2 { margin: 0; }
.entry-head { display: flex; gap: 8px 14px; flex-wrap: wrap; align-items: center; }
.done-mark { width: 48px; height: 48px; border-radius: 50%; background: var(--good-tint); color: var(--good); display: grid; place-items: center; }
.action-row { display: flex; justify-content: space-between; gap: 12px 24px; align-items: center; padding: 12px 0; border-bottom: 1px solid var(--line); flex-wrap: wrap; }
.action-row:last-child { border-bottom: 0; padding-bottom: 0; }
.action-row > div { flex: 1 1 260px; }
.action-row form { display: flex; gap: 8px; align-items: end; flex-wrap: wrap; }
.offer { display: grid; grid-template-columns: 1fr auto; gap: 24px; align-items: center; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 760px) {
  .bar-row { padding: 0 16px; flex-wrap: wrap; gap: 0 12px; }
  .brand { min-height: 48px; }
  .side { margin-left: auto; }
  .menu-name { display: none; }
  .bar nav { order: 3; flex-basis: 100%; margin: 0 -12px; }
  .bar nav a { padding: 8px 12px; }
  .note { padding: 6px 16px; }
  main { padding: 16px; }
  .panel { padding: 16px; }
  .panel.narrow { margin: 0; }
  .offer { grid-template-columns: 1fr; }
  table.fold, table.fold tbody, table.fold tr, table.fold td { display: block; }
  table.fold thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.fold tr { border-bottom: 1px solid var(--line); padding: 12px 0; }
  table.fold tr:first-child { padding-top: 0; }
  table.fold td { border: 0; padding: 3px 0; display: grid; grid-template-columns: 108px minmax(0, 1fr); gap: 8px; text-align: left; }
  table.fold td::before { content: attr(data-label); color: var(--soft); font: 14px/1.6 var(--sans); }
  table.fold td.number { text-align: left; }
}
`

import pg from 'pg'
const times = new Map<string, { n: number; ms: number }>()
const original = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (...args: any[]) {
  const text = typeof args[0] === 'string' ? args[0] : (args[0]?.text ?? '?')
  const key = text.replace(/\s+/g, ' ').trim().slice(0, 60)
  const t = performance.now()
  const done = () => { const e = times.get(key) ?? { n: 0, ms: 0 }; e.n++; e.ms += performance.now() - t; times.set(key, e) }
  const last = args.at(-1)
  if (typeof last === 'function') { args[args.length - 1] = (...r: any[]) => { done(); last(...r) }; return original.apply(this, args) }
  const result = original.apply(this, args)
  if (result?.then) result.then(done, done)
  return result
}
process.on('exit', () => { console.log([...times].sort((a, b) => b[1].ms - a[1].ms).slice(0, 25).map(([k, v]) => `${v.ms.toFixed(0)} ms  n=${v.n}  ${k}`).join('\n')) })
await import('./close.ts')

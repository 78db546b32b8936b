/**
 * The little script of the pages: copy buttons, one menu at a time, forms sent once, and a page that looks again while an instance
 * is being opened. Everything but copying works without it.
 */
export const script = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]')
  if (button) {
    const text = button.dataset.copy
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      const box = document.createElement('textarea')
      box.value = text
      document.body.append(box)
      box.select()
      document.execCommand('copy')
      box.remove()
      button.focus()
    }
    const before = button.textContent
    button.textContent = button.dataset.copied
    document.getElementById('said').textContent = button.dataset.copied
    setTimeout(() => { button.textContent = before }, 1500)
  }
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(event.target)) menu.open = false
  }
})
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})
document.addEventListener('submit', (event) => {
  if (event.target.dataset.sent) event.preventDefault()
  event.target.dataset.sent = 'yes'
})
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})
const waiting = document.querySelector('[data-look-again]')
if (waiting) {
  const look = async () => {
    try {
      const answer = await fetch('/api/instances/' + encodeURIComponent(waiting.dataset.lookAgain))
      if (answer.ok && (await answer.json()).status !== 'OPENING') return location.reload()
    } catch {}
    setTimeout(look, 1500)
  }
  setTimeout(look, 800)
}
`

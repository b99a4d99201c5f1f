const EVERY_MS = 2000

/** The token of a one-time link stands after the #, leaves the address at once, and is sent in a form. */
function enter() {
  const form = document.querySelector('#gate')
  const field = document.querySelector('#token')
  if (!(form instanceof HTMLFormElement) || !(field instanceof HTMLInputElement)) return
  const token = location.hash.slice(1)
  if (token === '') return
  history.replaceState(null, '', location.pathname)
  field.value = token
  form.submit()
}

/** The panel is replaced only when it changed, and a new state is spoken once. */
async function look() {
  const before = document.querySelector('#panel')
  if (!before) return
  const answer = await fetch('/whatsapp/panel', { cache: 'no-store' }).catch(() => undefined)
  if (answer?.status === 403) return location.reload()
  if (answer?.ok) show(before, await answer.text())
  setTimeout(look, EVERY_MS)
}

/** @param {Element} before @param {string} html */
function show(before, html) {
  const after = new DOMParser().parseFromString(html, 'text/html').querySelector('#panel')
  if (!(after instanceof HTMLElement) || after.outerHTML === before.outerHTML) return
  const was = before.getAttribute('data-status')
  before.replaceWith(after)
  if (after.dataset['status'] === was) return
  const spoken = document.querySelector('#spoken')
  if (spoken) spoken.textContent = after.querySelector('#state')?.textContent ?? ''
  document.querySelector('#by-code')?.toggleAttribute('hidden', after.dataset['status'] !== 'needs_pairing')
}

enter()
setTimeout(look, EVERY_MS)

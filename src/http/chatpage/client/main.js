import { act } from './acts.js'
import { Chat } from './chat.js'
import { listen } from './stream.js'
import { find } from './words.js'

/** @type {Map<number, Chat>} */
const chats = new Map()
for (const root of document.querySelectorAll('.resident')) {
  if (!(root instanceof HTMLElement)) continue
  const chat = new Chat(root)
  chats.set(chat.resident, chat)
  wire(chat)
}

/** @param {Chat} chat */
function wire(chat) {
  const form = find(chat.root, '.composer', HTMLFormElement)
  form.addEventListener('submit', event => {
    event.preventDefault()
    const text = chat.field.value.trim()
    chat.field.focus()
    if (!text) return
    chat.clearDraft()
    chat.say({ kind: 'text', text }, text)
  })
  chat.field.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    form.requestSubmit()
  })
}

document.addEventListener('click', event => {
  const target = event.target instanceof Element ? event.target : document.body
  const button = target.closest('button[data-act]')
  const section = target.closest('.resident')
  const chat = section instanceof HTMLElement ? chats.get(Number(section.dataset.resident)) : undefined
  if (button instanceof HTMLButtonElement) act(button, chat)
  for (const open of document.querySelectorAll('details.tools[open]'))
    if (!open.contains(target)) open.removeAttribute('open')
})

document.addEventListener('change', event => {
  const input = event.target
  if (!(input instanceof HTMLInputElement) || !input.name.startsWith('look-')) return
  const section = input.closest('.resident')
  if (!(section instanceof HTMLElement)) return
  section.dataset.look = input.value
  document.cookie = `look${section.dataset.resident}=${input.value}; path=/; max-age=2592000; samesite=lax`
  chats.get(Number(section.dataset.resident))?.toEnd()
})

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  const open = document.querySelector('details.tools[open]')
  open?.removeAttribute('open')
  open?.querySelector('summary')?.focus()
})

/** Deleting asks first. */
document.addEventListener('submit', event => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.dataset.confirm) return
  event.preventDefault()
  const dialog = find(document, 'dialog.confirm', HTMLDialogElement)
  find(dialog, '#confirm-text', HTMLElement).textContent = form.dataset.confirm
  dialog.returnValue = ''
  dialog.addEventListener(
    'close',
    () => {
      if (dialog.returnValue !== 'yes') return
      const chat = form.closest('.resident')
      if (chat instanceof HTMLElement) sessionStorage.removeItem(`draft${chat.dataset.resident}`)
      form.submit()
    },
    { once: true },
  )
  dialog.showModal()
})

/** On a phone one chat is in sight, named by the address's fragment. */
function showCurrent() {
  const links = [...document.querySelectorAll('.switch a')]
  const current = links.find(link => link.getAttribute('href') === location.hash) ?? links[0]
  for (const link of links) {
    if (link === current) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
  if (!(current instanceof HTMLElement)) return
  find(current, '.unread', HTMLElement).hidden = true
  chats.get(Number(current.dataset.resident))?.toEnd()
}
addEventListener('hashchange', showCurrent)
showCurrent()

listen({
  message(news) {
    const chat = chats.get(news.resident)
    if (!chat?.draw(news) || chat.root.checkVisibility()) return
    find(document, `.switch a[data-resident="${news.resident}"] .unread`, HTMLElement).hidden = false
  },
  state: state => chats.get(state.resident)?.update(state),
  connected(yes) {
    find(document, '.connection', HTMLElement).hidden = yes
    if (yes) for (const chat of chats.values()) chat.outbox.wake()
  },
})
setInterval(() => chats.forEach(chat => chat.tick()), 10_000)

import { find, words } from './words.js'

/** @typedef {import('./chat.js').Chat} Chat */

/** What each button of the page does. @type {Record<string, (button: HTMLButtonElement, chat: Chat) => void>} */
const ACTS = {
  tap(button, chat) {
    const { wait = '', option } = button.dataset
    chat.say({ kind: 'tap', wait, option: Number(option) }, button.textContent ?? '')
  },
  text(button, chat) {
    const text = button.dataset.text ?? ''
    chat.say({ kind: 'text', text }, text)
  },
  contact(_button, chat) {
    const phone = find(chat.root, '.phone', HTMLInputElement).value.trim()
    if (!phone) return
    closeTools(chat)
    chat.say({ kind: 'contact', phone }, `👤 ${phone}`)
  },
  media(button, chat) {
    const media = button.dataset.media ?? 'photo'
    closeTools(chat)
    chat.say({ kind: 'media', media }, `📎 ${words.media[media] ?? media}`)
  },
  retry: (button, chat) => chat.outbox.retry(keyOf(button)),
  discard: (button, chat) => chat.outbox.discard(keyOf(button)),
  newest: (_button, chat) => chat.toEnd(),
  clock: (button, chat) => void moveClock(button, chat),
}

/** @param {HTMLButtonElement} button @param {Chat | undefined} chat */
export function act(button, chat) {
  const name = button.dataset.act ?? ''
  if (name === 'theme') switchTheme()
  else if (chat) ACTS[name]?.(button, chat)
}

/** @param {Element} button */
const keyOf = button => button.closest('li')?.dataset.key ?? ''

/** @param {Chat} chat */
function closeTools(chat) {
  chat.root.querySelector('details.tools')?.removeAttribute('open')
}

function switchTheme() {
  const root = document.documentElement
  const dark = root.dataset.theme
    ? root.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
  document.cookie = `theme=${root.dataset.theme}; path=/; max-age=2592000; samesite=lax`
}

/** The server lets time pass timer by timer, which takes a few seconds. @param {HTMLButtonElement} button @param {Chat} chat */
async function moveClock(button, chat) {
  const status = find(chat.root, '.clock-status', HTMLElement)
  const buttons = chat.root.querySelectorAll('[data-act="clock"]')
  const busy = (/** @type {boolean} */ yes) =>
    buttons.forEach(b => b.setAttribute('aria-disabled', String(yes)))
  if (button.getAttribute('aria-disabled') === 'true') return
  busy(true)
  status.textContent = words.clockMoving ?? ''
  const answer = await fetch(`/chat/residents/${chat.resident}/clock`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ step: button.dataset.step }),
  }).catch(() => undefined)
  busy(false)
  status.textContent = (answer?.ok ? `${words.clockMoved}: ${button.textContent}` : words.clockFailed) ?? ''
}

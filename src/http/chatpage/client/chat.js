import { Outbox } from './outbox.js'
import { find, words } from './words.js'

/** Nearer than this to the end, the log follows new messages. */
const NEAR = 120
/** Room above the start of a long answer. */
const ABOVE = 12
/** Messages that come nearer together than this are one answer. */
const ONE_ANSWER_MS = 3000

/** The chat of one resident on the page. */
export class Chat {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root
    this.resident = Number(root.dataset.resident)
    this.conversation = Number(root.dataset.conversation)
    this.log = find(root, '.log', HTMLElement)
    this.messages = find(root, '.messages', HTMLElement)
    this.outgoing = find(root, '.outgoing', HTMLElement)
    this.field = find(root, '.composer textarea', HTMLTextAreaElement)
    this.newest = find(root, '.newest', HTMLElement)
    this.outbox = new Outbox(this.resident, (waiting, state) => this.#showPending(waiting, state))
    this.#keepDraft()
    this.#afterChange()
    this.toEnd()
    this.log.addEventListener('scroll', () => this.#nearEnd() && (this.newest.hidden = true), {
      passive: true,
    })
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this.log)
  }

  #following = true
  /** The first message of the answer that is being given. @type {HTMLElement | undefined} */
  #answer
  #drawnAt = 0

  /** @param {import('./outbox.js').Incoming} incoming @param {string} label */
  say(incoming, label) {
    this.outbox.add(incoming, label)
    this.toEnd()
  }

  /** @param {import('./stream.js').News} news @returns {boolean} whether it was new */
  draw(news) {
    if (document.getElementById(news.id)) return false
    const follow = this.#nearEnd()
    if (news.key) this.#pendingItem(news.key)?.remove()
    this.messages.insertAdjacentHTML('beforeend', news.html)
    this.#afterChange()
    if (follow) this.#toAnswer()
    else this.newest.hidden = false
    return true
  }

  /** @param {import('./stream.js').State} state */
  update(state) {
    if (this.conversation && state.conversation !== this.conversation) this.#empty()
    this.conversation = state.conversation
    this.root.dataset.offset = String(state.offset)
    find(this.root, '.typing', HTMLElement).hidden = !state.typing
    find(this.root, '.step', HTMLElement).textContent = state.step
    find(this.root, '.timer', HTMLElement).textContent = state.timer
    this.tick()
    if (state.typing && this.#nearEnd()) this.toEnd()
  }

  /** Draws the chat's own clock. */
  tick() {
    const now = Date.now() + skew + Number(this.root.dataset.offset)
    find(this.root, '.clock', HTMLElement).textContent = `${clock.format(now)} WIB`
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight
    this.newest.hidden = true
  }

  /** To the end, but no further than the start of the answer: what is longer than the window is read from its top. */
  #toAnswer() {
    const item = this.messages.lastElementChild
    const fresh = performance.now() - this.#drawnAt > ONE_ANSWER_MS
    this.#drawnAt = performance.now()
    this.toEnd()
    if (!(item instanceof HTMLElement)) return
    if (item.matches('.own')) this.#answer = undefined
    else if (!this.#answer || fresh) this.#answer = item
    if (!this.#answer) return
    this.log.scrollTop = Math.min(this.log.scrollTop, this.#answer.offsetTop - ABOVE)
    this.newest.hidden = this.#nearEnd()
  }

  clearDraft() {
    this.field.value = ''
    this.field.dispatchEvent(new Event('input'))
  }

  #nearEnd() {
    this.#following = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR
    return this.#following
  }

  /** The chat was started anew, here or in another tab. */
  #empty() {
    this.messages.replaceChildren()
    this.outbox.clear()
    this.#afterChange()
  }

  /** Pressed buttons are marked; those of older questions still work, but the Tab key passes them by. */
  #afterChange() {
    const nothing = !this.messages.children.length && !this.outgoing.children.length
    find(this.log, '.empty', HTMLElement).hidden = !nothing
    for (const item of this.messages.querySelectorAll('li[data-tap]')) {
      const [wait, option] = (item.getAttribute('data-tap') ?? '').split('.')
      this.messages.querySelector(`[data-wait="${wait}"][data-option="${option}"]`)?.classList.add('chosen')
    }
    const asking = [...this.messages.querySelectorAll('.message:has(button)')]
    for (const old of asking.slice(0, -1))
      for (const button of old.querySelectorAll('button')) button.tabIndex = -1
  }

  /** @param {import('./outbox.js').Waiting} waiting @param {'sending' | 'sent' | 'failed' | 'gone'} state */
  #showPending(waiting, state) {
    const item =
      this.#pendingItem(waiting.key) ??
      (state === 'sending' || state === 'failed' ? this.#addPending(waiting) : null)
    if (!item) return
    if (state === 'gone') item.remove()
    item.classList.toggle('has-failed', state === 'failed')
    find(item, '.failed', HTMLElement).hidden = state !== 'failed'
    const status = find(item, '.status', HTMLElement)
    status.textContent =
      state === 'failed'
        ? (words[waiting.failed ?? 'failed'] ?? '')
        : state === 'sent'
          ? '✓'
          : (words.sending ?? '')
    if (state === 'failed') status.setAttribute('role', 'alert')
    if (this.#following) this.toEnd()
    this.#afterChange()
  }

  /** @param {import('./outbox.js').Waiting} waiting */
  #addPending(waiting) {
    const template = find(document, '#pending', HTMLTemplateElement)
    const item = find(/** @type {DocumentFragment} */ (template.content.cloneNode(true)), 'li', HTMLElement)
    item.dataset.key = waiting.key
    find(item, '.text', HTMLElement).textContent = waiting.label
    this.outgoing.append(item)
    return item
  }

  /** @param {string} key */
  #pendingItem(key) {
    return this.outgoing.querySelector(`[data-key="${CSS.escape(key)}"]`)
  }

  /** What was half typed survives a reload. */
  #keepDraft() {
    const name = `draft${this.resident}`
    const fit = () => {
      this.field.style.height = 'auto'
      this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 140)}px`
    }
    this.field.value = sessionStorage.getItem(name) ?? ''
    this.field.addEventListener('input', () => {
      sessionStorage.setItem(name, this.field.value)
      fit()
    })
    if (this.field.value) fit()
  }
}

/** The server's clock counts: that of a visitor's machine may be wrong. */
const skew = Number(document.body.dataset.now) - Date.now()

const clock = new Intl.DateTimeFormat(words.locale, {
  timeZone: 'Asia/Jakarta',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})

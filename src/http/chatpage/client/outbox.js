/**
 * What one resident says, on its way to the server: one after the other, so that the order is kept; each with a key of
 * its own, so that offering it again never says it twice. It survives a reload of the tab.
 *
 * @typedef {{kind: 'text', text: string} | {kind: 'tap', wait: string, option: number} |
 *   {kind: 'contact', phone: string} | {kind: 'media', media: string}} Incoming
 * @typedef {{key: string, label: string, incoming: Incoming, failed?: string}} Waiting
 */

/** Pauses before a message is offered again by itself; then the person is asked. */
const PAUSES = [500, 1500, 4000]
/** What will not get better by trying again at once. */
const FINAL = new Set([400, 403, 413, 507])

export class Outbox {
  /** @type {Waiting[]} */
  waiting = []
  #running = false

  /** @param {number} resident @param {(waiting: Waiting, state: 'sending' | 'sent' | 'failed' | 'gone') => void} show */
  constructor(resident, show) {
    this.url = `/chat/residents/${resident}/messages`
    this.store = `outbox${resident}`
    this.show = show
    for (const one of JSON.parse(sessionStorage.getItem(this.store) ?? '[]')) this.#push(one)
    void this.#run()
  }

  /** @param {Incoming} incoming @param {string} label */
  add(incoming, label) {
    this.#push({ key: newKey(), label, incoming })
    void this.#run()
  }

  /** @param {string} key */
  retry(key) {
    const one = this.waiting.find(w => w.key === key)
    if (!one) return
    delete one.failed
    this.show(one, 'sending')
    void this.#run()
  }

  /** @param {string} key */
  discard(key) {
    this.#drop(key, 'gone')
    void this.#run()
  }

  /** After the connection came back: what failed for want of one is offered again. */
  wake() {
    for (const one of this.waiting) if (one.failed === 'failed') this.retry(one.key)
  }

  clear() {
    for (const one of [...this.waiting]) this.#drop(one.key, 'gone')
  }

  /** @param {Waiting} one */
  #push(one) {
    this.waiting.push(one)
    this.#save()
    this.show(one, one.failed ? 'failed' : 'sending')
  }

  /** @param {string} key @param {'sent' | 'gone'} state */
  #drop(key, state) {
    const one = this.waiting.find(w => w.key === key)
    this.waiting = this.waiting.filter(w => w.key !== key)
    this.#save()
    if (one) this.show(one, state)
  }

  #save() {
    sessionStorage.setItem(this.store, JSON.stringify(this.waiting))
  }

  async #run() {
    if (this.#running) return
    this.#running = true
    for (let one = this.waiting[0]; one && !one.failed; one = this.waiting[0]) {
      const problem = await this.#offer(one)
      if (!problem) this.#drop(one.key, 'sent')
      else if (this.waiting.includes(one)) {
        one.failed = problem
        this.#save()
        this.show(one, 'failed')
      }
    }
    this.#running = false
  }

  /** @param {Waiting} one @returns {Promise<string | undefined>} what is wrong, if it stays so */
  async #offer(one) {
    const body = JSON.stringify({ key: one.key, incoming: one.incoming })
    for (const pause of [...PAUSES, 0]) {
      const answer = await fetch(this.url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
      }).catch(() => undefined)
      if (answer?.ok || !this.waiting.includes(one)) return undefined
      if (answer && FINAL.has(answer.status))
        return answer.status === 507
          ? 'full'
          : answer.status === 413 || answer.status === 400
            ? 'tooLong'
            : 'failed'
      const wait = Number(answer?.headers.get('Retry-After') ?? 0) * 1000 || pause
      if (pause) await new Promise(resolve => setTimeout(resolve, wait))
    }
    return 'failed'
  }
}

/** `crypto.randomUUID` is missing where the page is not served from https or localhost. */
const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map(b => b.toString(16).padStart(2, '0')).join('')

import { person } from './jids.ts'

/**
 * One at a time for each person. The client reads and writes a person's ratchet in one transaction when it decrypts and
 * in another when it sends, and neither waits for the other: of two at once one step is lost, and from then on the phone
 * can read nothing any more ("waiting for this message") or we cannot ("Bad MAC"). So whoever touches the ratchet takes
 * this first.
 */
export class Locks {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(jid: string, work: () => Promise<T>): Promise<T> {
    const key = person(jid)
    const before = this.#last.get(key) ?? Promise.resolve()
    const done = before.then(work)
    const settled = done.catch(() => {})
    this.#last.set(key, settled)
    try {
      return await done
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key)
    }
  }
}

import type { AuthStore } from '../../../src/channels/whatsapp/ports.ts'

/** A credential that lives as long as the test; passes the suite of the real one (test/contracts/whatsapp-auth.test.ts). */
export class MemoryAuth implements AuthStore {
  #creds: string | undefined
  /** Replaced with every change, never altered: a test may put back what was there. */
  rows: ReadonlyMap<string, string> = new Map()

  creds = () => Promise.resolve(this.#creds)

  saveCreds = (json: string) => {
    this.#creds = json
    return Promise.resolve()
  }

  get: AuthStore['get'] = (type, ids) =>
    Promise.resolve(
      new Map(
        ids.flatMap(id => {
          const value = this.rows.get(`${type}\n${id}`)
          return value === undefined ? [] : [[id, value] as const]
        }),
      ),
    )

  set: AuthStore['set'] = changes => {
    const next = new Map(this.rows)
    for (const { type, id, value } of changes)
      if (value === null) next.delete(`${type}\n${id}`)
      else next.set(`${type}\n${id}`, value)
    this.rows = next
    return Promise.resolve()
  }

  wipe = () => {
    this.#creds = undefined
    this.rows = new Map()
    return Promise.resolve()
  }
}

import type {
  AccountState,
  Identities,
  Lease,
  Outreach,
  SentMessages,
  SentStatus,
  WhatsAppPorts,
} from '../../../src/channels/whatsapp/ports.ts'
import { MemoryAuth } from './memory-auth.ts'

/** What the adapter remembers, for as long as a test: for what is not about the database. */
export class MemoryPorts implements WhatsAppPorts {
  readonly auth = new MemoryAuth()
  readonly sent = new MemorySent()
  readonly identities = new MemoryIdentities()
  readonly outreach = new MemoryOutreach()
  /** Every state of the account, oldest first. */
  readonly states: AccountState[] = []
  deafAt: number | undefined
  readonly health = {
    changed: (state: AccountState) => void this.states.push(state),
    deaf: (at: number) => {
      this.deafAt = at
    },
  }
  #owned = false
  #freed = () => {}

  /** One owner at a time, within this process. */
  readonly lease: Lease = {
    acquire: async signal => {
      while (this.#owned && !signal.aborted)
        await new Promise<void>(resolve => {
          this.#freed = resolve
          signal.addEventListener('abort', () => resolve(), { once: true })
        })
      if (signal.aborted) return undefined
      this.#owned = true
      return {
        lost: new Promise(() => {}),
        release: async () => {
          this.#owned = false
          this.#freed()
        },
      }
    },
  }
}

class MemorySent implements SentMessages {
  readonly rows = new Map<
    string,
    { content: Uint8Array; at: number; history: SentStatus[]; reason?: string }
  >()

  keep: SentMessages['keep'] = async ({ id, content }, at) => {
    const row = this.rows.get(id) ?? { content, at, history: [] }
    this.rows.set(id, row)
    return row.content
  }

  find: SentMessages['find'] = async (id, since) => {
    const row = this.rows.get(id)
    return row && row.at >= since ? row.content : undefined
  }

  advance: SentMessages['advance'] = async news => {
    for (const { id, status, reason } of news) {
      const row = this.rows.get(id)
      if (!row) continue
      row.history.push(status)
      if (reason !== undefined) row.reason = reason
    }
  }
}

class MemoryIdentities implements Identities {
  readonly #people: { address: string; ids: Set<string>; last: string }[] = []

  addressOf: Identities['addressOf'] = async (jid, alt) => {
    const known = this.#people.find(({ ids }) => ids.has(jid) || (alt !== undefined && ids.has(alt)))
    const person = known ?? { address: `chat of ${jid}`, ids: new Set<string>(), last: jid }
    if (!known) this.#people.push(person)
    for (const id of [jid, alt]) if (id !== undefined) person.ids.add(id)
    person.last = jid
    return person.address
  }

  jidOf: Identities['jidOf'] = async address => this.#people.find(one => one.address === address)?.last

  learn: Identities['learn'] = async pairs => {
    for (const { lid, pn } of pairs)
      for (const { ids } of this.#people) if (ids.has(lid) || ids.has(pn)) ids.add(lid).add(pn)
  }
}

class MemoryOutreach implements Outreach {
  answer: Awaited<ReturnType<Outreach['mayStart']>> = { kind: 'yes' }
  startedCount = 0
  lock: { until: number | undefined } | undefined

  mayStart: Outreach['mayStart'] = async () => this.answer
  started: Outreach['started'] = async () => void this.startedCount++
  locked: Outreach['locked'] = async until => {
    this.lock = { until }
  }
  unlocked: Outreach['unlocked'] = async () => {
    this.lock = undefined
  }
}

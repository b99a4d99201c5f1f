import { MINUTE } from '../../src/lib/time.ts'
import { TEST_KINDS, type TestKind } from './reminders.ts'

/** The slow and obvious model of what is said by itself: everything in lists, looked at one by one. */

export type ChatName = `${'telegram' | 'whatsapp'}/${string}`
/** One with both channels, one with each. */
export const PEOPLE: { chats: ChatName[] }[] = [
  { chats: ['telegram/ani', 'whatsapp/ani'] },
  { chats: ['telegram/budi'] },
  { chats: ['whatsapp/cici'] },
]

export interface Planned {
  kind: TestKind
  who: number
  dueAt: number
  words: string
}

interface Row extends Planned {
  subject: number
  key: string
  expiresAt: number | null
  status: 'waiting' | 'queued' | 'sent' | 'dropped'
  via?: ChatName
}

interface Chat {
  name: ChatName
  /** What we know. */
  blocked: boolean
  /** What is so. */
  blocks: boolean
  wroteAt: number
}

const hourOf = (at: number) => new Date(at + 7 * 60 * MINUTE).getUTCHours()
const isQuiet = (at: number) => hourOf(at) >= 21 || hourOf(at) < 6
const NIGHT_STEP = MINUTE

/** The first minute that is not quiet. */
function morning(at: number): number {
  let then = at
  while (isQuiet(then)) then = Math.floor(then / NIGHT_STEP) * NIGHT_STEP + NIGHT_STEP
  return then
}

export class Oracle {
  readonly handed: string[] = []
  readonly sent: string[] = []
  readonly #rows: Row[] = []
  readonly #chats: Chat[] = PEOPLE.flatMap(({ chats }) => chats).map(name => ({
    ...{ name, blocked: false, blocks: false, wroteAt: 0 },
  }))
  readonly #optedOut = new Set<number>()
  readonly #channels = {
    telegram: { connected: true, held: false },
    whatsapp: { connected: true, held: false },
  }

  constructor(public now: number) {}

  plan(subject: number, version: number, rows: Planned[], replace: boolean): void {
    const keyed = rows.map(row => ({ ...row, subject, key: `${subject}/${version}/${row.kind}/${row.who}` }))
    if (replace)
      for (const row of this.#rows)
        if (row.subject === subject && !keyed.some(each => each.key === row.key)) this.#drop(row)
    for (const row of keyed) {
      const kind = TEST_KINDS[row.kind]
      if (this.#rows.some(each => each.key === row.key)) continue
      if (kind.quiet === 'drop' && isQuiet(row.dueAt)) continue
      const dueAt = kind.quiet === 'always' ? row.dueAt : morning(row.dueAt)
      const expiresAt = kind.late === null ? null : dueAt + kind.late
      this.#rows.push({ ...row, dueAt, expiresAt, status: 'waiting' })
    }
  }

  cancel(subject: number): void {
    for (const row of this.#rows) if (row.subject === subject) this.#drop(row)
  }

  #drop(row: Row): void {
    if (row.status !== 'sent') row.status = 'dropped'
  }

  wants(who: number, reminders: boolean): void {
    if (reminders) this.#optedOut.delete(who)
    else this.#optedOut.add(who)
  }

  blocks(chat: ChatName): void {
    for (const each of this.#chats) if (each.name === chat) each.blocks = true
  }

  /** Whoever writes is back; what was queued comes along. */
  writes(chat: ChatName): void {
    for (const each of this.#chats)
      if (each.name === chat) Object.assign(each, { blocks: false, blocked: false, wroteAt: this.now })
    this.look()
  }

  channel(name: 'telegram' | 'whatsapp', state: { connected: boolean; held: boolean }): void {
    this.#channels[name] = state
  }

  /** Until nothing changes any more, every reminder is looked at. */
  look(): void {
    while (this.#rows.toSorted((a, b) => a.dueAt - b.dueAt).filter(row => this.#step(row)).length > 0);
  }

  #step(row: Row): boolean {
    if (row.status === 'waiting' && row.dueAt <= this.now) return this.#give(row)
    return row.status === 'queued' && this.#hand(row)
  }

  #give(row: Row): boolean {
    const chat = this.#chatFor(row)
    if (!chat || !this.#channelOf(chat.name).connected) return false
    if (!this.#holds(row)) {
      const waits = this.#wanted(row) && !this.#late(row) && TEST_KINDS[row.kind].quiet === 'morning'
      if (waits) row.dueAt = morning(this.now)
      else row.status = 'dropped'
    } else {
      row.status = 'queued'
      row.via = chat.name
    }
    return true
  }

  #hand(row: Row): boolean {
    const chat = this.#chats.find(each => each.name === row.via)
    if (!chat || !row.via || this.#channelOf(row.via).held) return false
    if (chat.blocked || !this.#holds(row)) {
      row.status = 'waiting'
      return true
    }
    this.handed.push(`${chat.name} ${row.words}`)
    if (chat.blocks) {
      chat.blocked = true
      for (const other of this.#rows)
        if (other.via === chat.name && other.status === 'queued') other.status = 'waiting'
    } else {
      row.status = 'sent'
      this.sent.push(row.words)
    }
    return true
  }

  #holds = (row: Row) =>
    this.#wanted(row) && !this.#late(row) && !(TEST_KINDS[row.kind].quiet !== 'always' && isQuiet(this.now))
  #wanted = (row: Row) => !(TEST_KINDS[row.kind].consent && this.#optedOut.has(row.who))
  #late = (row: Row) => row.expiresAt !== null && row.expiresAt < this.now
  #channelOf = (chat: ChatName) => this.#channels[chat.split('/')[0] as 'telegram']

  #chatFor(row: Row): Chat | undefined {
    const own = this.#chats.filter(each => PEOPLE[row.who]?.chats.includes(each.name) && !each.blocked)
    const patient = row.dueAt > this.now - 2 * MINUTE
    const here = patient ? [] : own.filter(each => this.#channelOf(each.name).connected)
    return (here.length > 0 ? here : own).toSorted((a, b) => b.wroteAt - a.wroteAt)[0]
  }
}

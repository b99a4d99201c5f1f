import type { Update } from 'grammy/types'
import { Chats } from './chats.ts'
import { MovableClock } from './clock.ts'
import { Faults, type ActiveFault, type FaultSpec } from './faults.ts'
import { Files } from './files.ts'
import { Refusal, type Call } from './http.ts'
import { Journal, type Stats } from './journal.ts'
import { Flood, type Limits } from './limits.ts'
import { Messages, type SentMessage } from './messages.ts'
import { methods } from './methods.ts'
import { Person } from './person.ts'
import { Polls, type PollOptions } from './polls.ts'
import { BotApiServer } from './server.ts'
import { Updates, type NewUpdate } from './updates.ts'
import { Webhook } from './webhook.ts'

export type { Stats } from './journal.ts'

export interface FakeOptions extends PollOptions {
  /** Default `123456:TEST`. Calls with another get 401. */
  token?: string
  /** Default: any free one. */
  port?: number
  /** Flood limits; none by default. `TELEGRAM_LIMITS` are the real ones. */
  limits?: Limits
  /** What its clock shows at first, epoch ms; default: the time of day. */
  startsAt?: number
}

export const DEFAULT_TOKEN = '123456:TEST'

/**
 * A Bot API server for tests: the official server's behaviour where our bot can meet it (long polls, webhooks,
 * redelivery, refusals, files), the person's side of every chat, faults by script and a clock that can be moved.
 * Not there: Markdown, inline mode, payments.
 */
export class FakeBotApi {
  readonly token: string
  readonly clock: MovableClock
  readonly updates: Updates
  readonly chats = new Chats()
  readonly files = new Files()
  readonly messages: Messages
  readonly webhook: Webhook
  readonly journal: Journal
  /** Called after each delivered message, once its answer is on the way: scripted people answer here. */
  onMessage: ((message: SentMessage, person: Person) => void) | undefined
  readonly #faults = new Faults()
  readonly #polls: Polls
  readonly #people = new Map<number, Person>()
  readonly #queries = new Map<string, number>()
  readonly #server: BotApiServer
  #lastQuery = 0

  constructor(private readonly options: FakeOptions = {}) {
    this.clock = new MovableClock(options.startsAt)
    this.updates = new Updates(this.clock)
    const { clock, chats, files, updates } = this
    this.token = options.token ?? DEFAULT_TOKEN
    const flood = new Flood(options.limits ?? {}, clock)
    this.messages = new Messages({ clock, chats, files, flood })
    this.messages.onDelivered = sent => this.#delivered(sent)
    this.webhook = new Webhook(updates, { clock, faults: this.#faults }, options)
    this.#polls = new Polls(updates, { clock, webhookIsSet: () => this.webhook.isSet }, options)
    this.journal = new Journal(this)
    this.#server = new BotApiServer({
      ...{ token: this.token, clock, faults: this.#faults, active: options.limits?.active },
      methods: methods(this),
      poll: (params, reply) => this.#polls.get(params, reply),
      download: path => files.download(path),
      onCall: (call, outcome, answered) => this.#called(call, outcome, answered),
    })
  }

  /** @returns the apiRoot for a client */
  start(): Promise<{ url: string }> {
    return this.#server.start(this.options.port ?? 0)
  }

  async stop(): Promise<void> {
    this.#polls.stop()
    this.webhook.stop()
    this.clock.stop()
    await this.#server.stop()
  }

  /** The same id is the same person; name and phone count the first time. */
  person(id: number, { name = `Warga ${id}`, phone = `+6281${200000000 + id}` } = {}): Person {
    const known = this.#people.get(id)
    if (known) return known
    const person = new Person(this, id, name, phone)
    this.#people.set(id, person)
    return person
  }

  /** Any update, raw. Its chat becomes known, and open or blocked as the update says. @returns it with its id */
  push(update: NewUpdate): Update {
    const { message, callback_query: query, my_chat_member: member } = update
    const chat = message?.chat ?? query?.message?.chat
    if (chat) this.chats.know(chat, 'open')
    if (message) this.messages.keep(message)
    if (query) this.#queries.set(query.id, this.clock.now())
    if (member) {
      const gone = member.chat.type === 'private' ? 'blocked' : 'removed'
      const there = !['kicked', 'left'].includes(member.new_chat_member.status)
      this.chats.setState(member.chat, there ? 'open' : gone)
    }
    return this.updates.push(update)
  }

  newQueryId(): string {
    return `77${++this.#lastQuery}`
  }

  /** When a query came, epoch ms; `expireQueries` makes all of them too old. */
  queriedAt(id: string): number | undefined {
    return this.#queries.get(id)
  }

  expireQueries(): void {
    this.#queries.clear()
  }

  /** A webhook is set: whoever polls is told so. */
  endPolls(): void {
    this.#polls.endForWebhook()
  }

  /** A group becomes a supergroup with another id, as happens when it grows or becomes public. @returns the new id */
  upgradeGroup(id: number): number {
    const chat = this.chats.get(id)
    if (!chat) throw new Error(`no group ${id} is known`)
    const upgradedTo = -1_000_000_000_000 + id
    this.chats.know({ id: upgradedTo, type: 'supergroup', title: 'Grup Uji' }, 'open')
    this.chats.setState(chat, { upgradedTo })
    const message = { message_id: this.messages.newId(), date: Math.floor(this.clock.now() / 1000), chat }
    this.updates.push({ message: { ...message, migrate_to_chat_id: upgradedTo } } as NewUpdate)
    return upgradedTo
  }

  /** Scripts a fault; `hits` of the result tells how often it has happened. */
  fault(spec: FaultSpec): ActiveFault {
    return this.#faults.add(spec)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  /** Lets `ms` pass at once: long polls end, retries come, taps grow too old. */
  advance(ms: number): void {
    this.clock.advance(ms)
  }

  stats(): Stats {
    return this.journal.stats(this.#faults.counts)
  }

  #called(call: Call, outcome: unknown, answered: boolean): void {
    this.journal.add(call, outcome, answered)
    if (answered || outcome instanceof Refusal || !call.method.startsWith('send')) return
    // Delivered, and the bot cannot know it.
    const { message_id: id } = outcome as { message_id?: number }
    const sent = id === undefined ? undefined : this.messages.byId(id)?.sent
    if (sent) sent.answered = false
  }

  #delivered(sent: SentMessage): void {
    this.#people.get(sent.chat)?.notify(sent)
    // After the answer, so that nobody answers a message before the bot knows that it was sent.
    if (this.onMessage) setImmediate(() => this.onMessage?.(sent, this.person(sent.chat)))
  }
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Update } from 'grammy/types'
import { Faults, type ActiveFault, type FaultSpec } from './faults.ts'
import { answer, numberOf, readCall, Refusal, textOf, tooMany, type Call } from './http.ts'
import { Messages, type Limits, type SentMessage } from './messages.ts'
import { methods } from './methods.ts'
import { Person } from './person.ts'
import { UpdateQueue, type NewUpdate, type QueueOptions } from './updates.ts'

export interface FakeOptions extends QueueOptions {
  /** Default `123456:TEST`. Calls with another get 401. */
  token?: string
  /** Default: any free one. */
  port?: number
  /** Flood limits; none by default. `TELEGRAM_LIMITS` are the real ones. */
  limits?: Limits
}

export interface Stats {
  /** Messages and documents accepted, and those of them whose answer the bot cannot have read. */
  accepted: number
  acceptedUnanswered: number
  /** By method in lower case, and by error code. */
  calls: Record<string, number>
  refused: Record<string, number>
  faults: Record<string, number>
  updates: { created: number; offered: number; repeated: number; polls: number; pending: number }
  tapsAnswered: number
}

export const DEFAULT_TOKEN = '123456:TEST'
const SENDS = new Set(['sendmessage', 'senddocument'])

/**
 * A Bot API server for tests: the official server's behaviour where our bot can meet it (redelivery, long polls,
 * refusals, lost answers), the person's side of every chat, and faults by script. Not there: webhook delivery, file
 * downloads, Markdown.
 */
export class FakeBotApi {
  readonly token: string
  readonly queue: UpdateQueue
  readonly messages: Messages
  /** Ids of callback queries the bot has answered, in order. */
  readonly answeredTaps: string[] = []
  /** Called after each delivered message, once its answer is on the way: scripted people answer here. */
  onMessage: ((message: SentMessage, person: Person) => void) | undefined
  readonly #faults = new Faults()
  readonly #people = new Map<number, Person>()
  readonly #queries = new Set<string>()
  readonly #counts = { calls: {} as Record<string, number>, refused: {} as Record<string, number> }
  readonly #methods: ReturnType<typeof methods>
  readonly #server: Server
  #lastQuery = 0
  #unanswered = 0

  constructor(private readonly options: FakeOptions = {}) {
    this.token = options.token ?? DEFAULT_TOKEN
    this.queue = new UpdateQueue(options)
    this.messages = new Messages(options.limits)
    this.messages.onDelivered = sent => this.#delivered(sent)
    this.#methods = methods(this)
    // A server that closes idle connections first would cause hang-ups nobody asked for.
    this.#server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      void this.#serve(request, response)
    })
  }

  /** @returns the apiRoot for a client */
  async start(): Promise<{ url: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(this.options.port ?? 0, '127.0.0.1', resolve)
    })
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}` }
  }

  /** Ends every connection, held and hanging ones too. */
  async stop(): Promise<void> {
    this.queue.stop()
    const closed = new Promise(resolve => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
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
    if (chat) this.messages.know(chat, 'open')
    if (query) this.#queries.add(query.id)
    if (member)
      this.messages.setState(member.chat, member.new_chat_member.status === 'kicked' ? 'blocked' : 'open')
    return this.queue.push(update)
  }

  newQueryId(): string {
    return `77${++this.#lastQuery}`
  }

  /** A query the bot may answer; `expireQueries` makes all of them too old. */
  knowsQuery(id: string): boolean {
    return this.#queries.has(id)
  }

  expireQueries(): void {
    this.#queries.clear()
  }

  /** Scripts a fault; `hits` of the result tells how often it has happened. */
  fault(spec: FaultSpec): ActiveFault {
    return this.#faults.add(spec)
  }

  clearFaults(): void {
    this.#faults.clear()
  }

  stats(): Stats {
    return structuredClone({
      accepted: this.messages.all.length,
      acceptedUnanswered: this.#unanswered,
      ...this.#counts,
      faults: this.#faults.counts,
      updates: { ...this.queue.counts, pending: this.queue.pending },
      tapsAnswered: this.answeredTaps.length,
    })
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const method = this.#route(request.url ?? '')
      if (this.#faults.closesUnread(method)) return void request.socket.destroy()
      const call = await readCall(method, request)
      this.#carryOut(call, request.socket, response)
    } catch (error) {
      // Whoever hung up in the middle of a call needs no answer.
      if (request.socket.destroyed) return
      const refusal = error instanceof Refusal ? error : new Refusal(500, `the fake failed: ${String(error)}`)
      this.#answer(response, refusal)
    }
  }

  /** The method called, in lower case; 401 for a wrong token, 404 for all that is not there. */
  #route(url: string): string {
    const [, token, name = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url) ?? []
    if (token === undefined) throw new Refusal(404, 'Not Found')
    if (token !== this.token) throw new Refusal(401, 'Unauthorized')
    const method = name.toLowerCase()
    this.#counts.calls[method] = (this.#counts.calls[method] ?? 0) + 1
    if (method !== 'getupdates' && !Object.hasOwn(this.#methods, method)) throw new Refusal(404, 'Not Found')
    return method
  }

  #carryOut(call: Call, socket: Socket, response: ServerResponse): void {
    const { method, params } = call
    const chat = numberOf(params.chat_id, NaN)
    const fault = this.#faults.pick({ method, chat, text: textOf(params.text ?? params.caption) })
    if (fault && this.#instead(fault, socket, response)) return
    const reply = (outcome: unknown) => {
      if (fault?.kind === 'closeAfterAccept') socket.destroy()
      if (fault?.kind !== 'delay') return this.#finish(method, outcome, response)
      setTimeout(() => this.#finish(method, outcome, response), fault.delayMs ?? 100)
    }
    if (method === 'getupdates') response.on('close', this.queue.get(params, reply))
    else reply(this.#outcome(call))
  }

  #outcome(call: Call): unknown {
    try {
      return this.#methods[call.method]?.(call)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }

  /** Faults that take the place of the call. @returns whether this was one */
  #instead(fault: ActiveFault, socket: Socket, response: ServerResponse): boolean {
    const { kind, retryAfter = 1 } = fault
    if (kind === '429') throw tooMany(retryAfter)
    if (kind === '403') throw new Refusal(403, 'Forbidden: bot was blocked by the user')
    if (kind === '500') throw new Refusal(500, 'Internal Server Error: restart')
    if (kind === '502html')
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')
    else if (kind === 'closeBeforeRead') socket.destroy()
    else if (kind === 'emptyPoll') this.#answer(response, [])
    else return kind === 'hang'
    return true
  }

  #finish(method: string, outcome: unknown, response: ServerResponse): void {
    if (!response.socket || response.socket.destroyed) {
      if (SENDS.has(method) && !(outcome instanceof Refusal)) this.#lost(outcome as { message_id: number })
    } else this.#answer(response, outcome)
  }

  /** Delivered, and the bot cannot know it. */
  #lost(message: { message_id: number }): void {
    const known = this.messages.byId(message.message_id)
    if (known) known.sent.answered = false
    this.#unanswered++
  }

  #answer(response: ServerResponse, outcome: unknown): void {
    if (outcome instanceof Refusal)
      this.#counts.refused[outcome.code] = (this.#counts.refused[outcome.code] ?? 0) + 1
    answer(response, outcome)
  }

  #delivered(sent: SentMessage): void {
    this.#people.get(sent.chat)?.notify()
    // After the answer, so that nobody answers a message before the bot knows that it was sent.
    if (this.onMessage) setImmediate(() => this.onMessage?.(sent, this.person(sent.chat)))
  }
}

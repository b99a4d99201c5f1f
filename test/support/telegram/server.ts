import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { MovableClock } from './clock.ts'
import type { ActiveFault, Faults } from './faults.ts'
import {
  answer,
  badRequest,
  numberOf,
  readCall,
  Refusal,
  textOf,
  tooMany,
  type Call,
  type Params,
} from './http.ts'

/** What the server asks of the fake behind it. */
export interface Behind {
  token: string
  clock: MovableClock
  faults: Faults
  /** Every method but getUpdates. */
  methods: Record<string, (call: Call) => unknown>
  /** getUpdates: answers through `reply`. @returns what to call when the asker hangs up */
  poll(params: Params, reply: (outcome: unknown) => void): () => void
  download(path: string): Buffer
  /** Told of each call that was read and answered, hung up on or left hanging. */
  onCall(call: Call, outcome: unknown, answered: boolean): void
  /** Most requests at work at once; above it 429. Undefined: no limit. */
  active: number | undefined
}

/** So long a bot with too many requests waits for its refusal, and what it is told to wait then. */
const OVERLOAD = { afterMs: 3000, retrySeconds: 60 }

/** The HTTP side: addresses, tokens, bodies, faults. */
export class BotApiServer {
  readonly #server: Server
  #active = 0

  constructor(private readonly behind: Behind) {
    // A server that closes idle connections first would cause hang-ups nobody asked for.
    this.#server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
      this.#active++
      response.on('close', () => this.#active--)
      void this.#serve(request, response)
    })
  }

  async start(port: number): Promise<{ url: string }> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}` }
  }

  /** Ends every connection, held and hanging ones too. */
  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = request.url ?? ''
      const path = this.#own(/^\/file\/bot([^/]+)\/(.+)$/.exec(url))
      if (path !== undefined) return void response.end(this.behind.download(path))
      const method = this.#method(url)
      if (this.behind.faults.closesUnread(method)) return void request.socket.destroy()
      const call = await readCall(method, request)
      if (this.#active > (this.behind.active ?? Infinity)) await this.#refuseOverload()
      this.#carryOut(call, request.socket, response)
    } catch (error) {
      // Whoever hung up in the middle of a call needs no answer.
      if (request.socket.destroyed) return
      answer(
        response,
        error instanceof Refusal ? error : new Refusal(500, `the fake failed: ${String(error)}`),
      )
    }
  }

  async #refuseOverload(): Promise<never> {
    await new Promise<void>(resolve => this.behind.clock.after(OVERLOAD.afterMs, resolve))
    throw tooMany(OVERLOAD.retrySeconds)
  }

  /** What follows the token of an address, if it is one; 401 for another token. */
  #own(match: RegExpExecArray | null): string | undefined {
    if (match && match[1] !== this.behind.token) throw new Refusal(401, 'Unauthorized')
    return match?.[2]
  }

  /** The method called, in lower case; 404 for all that is not there. */
  #method(url: string): string {
    const method = this.#own(/^\/bot([^/]+)\/(\w+)$/.exec(url))?.toLowerCase()
    const known = method === 'getupdates' || (method && Object.hasOwn(this.behind.methods, method))
    if (!method || !known) throw new Refusal(404, 'Not Found')
    return method
  }

  #carryOut(call: Call, socket: Socket, response: ServerResponse): void {
    const { method, params } = call
    const chat = numberOf(params.chat_id, NaN)
    const fault = this.behind.faults.pick({ method, chat, text: textOf(params.text ?? params.caption) })
    const finish = (outcome: unknown) => this.#finish(call, outcome, response)
    if (fault && this.#instead(fault, { socket, response, finish })) return
    const reply = (outcome: unknown) => {
      if (fault?.kind === 'closeAfterAccept') socket.destroy()
      if (fault?.kind !== 'delay') return finish(outcome)
      this.behind.clock.after(fault.delayMs ?? 100, () => finish(outcome))
    }
    if (method === 'getupdates') response.on('close', this.behind.poll(params, reply))
    else reply(this.#outcome(call))
  }

  #outcome(call: Call): unknown {
    try {
      return this.behind.methods[call.method]?.(call)
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  }

  /** Faults that take the place of the call. @returns whether this was one */
  #instead(
    { kind, retryAfter = 1, description = '' }: ActiveFault,
    to: { socket: Socket; response: ServerResponse; finish: (outcome: unknown) => void },
  ): boolean {
    if (kind === '429') to.finish(tooMany(retryAfter))
    else if (kind === '400') to.finish(badRequest(description))
    else if (kind === '401') to.finish(new Refusal(401, 'Unauthorized'))
    else if (kind === '403') to.finish(new Refusal(403, 'Forbidden: bot was blocked by the user'))
    else if (kind === '500') to.finish(new Refusal(500, 'Internal Server Error: restart'))
    else if (kind === 'emptyPoll') to.finish([])
    else if (kind === 'closeBeforeRead') to.socket.destroy()
    else if (kind === '502html')
      to.response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>')
    else return kind === 'hang'
    return true
  }

  #finish(call: Call, outcome: unknown, response: ServerResponse): void {
    const answered = response.socket !== null && !response.socket.destroyed
    this.behind.onCall(call, outcome, answered)
    if (answered) answer(response, outcome)
  }
}

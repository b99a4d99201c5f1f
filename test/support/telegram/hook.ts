import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Update } from 'grammy/types'

export interface Received {
  update: Update
  secret: string | undefined
}

/** What a bot's server answers to a post; undefined hangs up. */
export type Answer = { status: number; retryAfter?: number } | undefined

/** A bot's server that writes down what is posted to it and answers as it is told. */
export class HookServer {
  readonly posts: Received[] = []
  /** Default: 200 at once. */
  answer: (update: Update) => Answer | Promise<Answer> = () => ({ status: 200 })
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const update = JSON.parse(Buffer.concat(chunks).toString()) as Update
        const secret = request.headers['x-telegram-bot-api-secret-token']
        this.posts.push({ update, secret: typeof secret === 'string' ? secret : undefined })
        void Promise.resolve(this.answer(update)).then(answer => {
          if (!answer) request.socket.destroy()
          else if (answer.retryAfter === undefined) response.writeHead(answer.status).end()
          else response.writeHead(answer.status, { 'retry-after': String(answer.retryAfter) }).end()
        })
      })
    })
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  /** Texts, button data and changes, in the order they were posted. */
  get heard(): string[] {
    return this.posts.map(
      ({ update }) => update.message?.text ?? update.callback_query?.data ?? Object.keys(update)[1] ?? '',
    )
  }
}

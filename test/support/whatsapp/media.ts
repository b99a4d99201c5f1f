import { downloadContentFromMessage, type proto } from '@whiskeysockets/baileys'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { Agent } from 'undici'

/** How a client reaches the media host: without TLS, whatever host it is told. */
export interface MediaRoute {
  fetchAgent: HttpsAgent
  options: RequestInit
}

export function mediaRoute(port: number): MediaRoute {
  const plain = () => connect(port, '127.0.0.1')
  const dispatcher = new Agent({
    connect: (_options, callback) => {
      const socket = plain()
      socket.once('connect', () => callback(null, socket))
      socket.once('error', error => callback(error, null))
    },
  })
  return {
    fetchAgent: Object.assign(new HttpsAgent(), { createConnection: plain }),
    options: { dispatcher } as unknown as RequestInit,
  }
}

/** Where encrypted files are put and fetched. Hosts are always https:// for the client, so the way there skips TLS. */
export class MediaHost {
  readonly files = new Map<string, Buffer>()
  uploads = 0
  #server: Server | undefined
  /** Answers uploads with this status instead of keeping them. */
  refuse: number | undefined

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#answer(request, response))
    await new Promise<void>(resolve => this.#server?.listen(0, '127.0.0.1', resolve))
  }

  get host(): string {
    return `127.0.0.1:${this.port}`
  }

  get port(): number {
    return (this.#server?.address() as AddressInfo).port
  }

  route(): MediaRoute {
    return mediaRoute(this.port)
  }

  /** What a phone puts there. */
  async store(file: string, hash: string): Promise<{ mediaUrl: string; directPath: string }> {
    const directPath = `/v/${encodeURIComponent(hash)}`
    this.files.set(directPath, await readFile(file))
    return { mediaUrl: `https://${this.host}${directPath}`, directPath }
  }

  /** The file of a message, as a phone opens it. */
  async open(file: proto.Message.IDocumentMessage | null | undefined): Promise<Buffer> {
    const { mediaKey = null, directPath = null, url = null } = file ?? {}
    const media = { mediaKey, directPath, url }
    const chunks: Buffer[] = []
    for await (const chunk of await downloadContentFromMessage(media, 'document', this.route()))
      chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise<void>(resolve => (this.#server ? this.#server.close(() => resolve()) : resolve()))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://media')
    if (request.method !== 'POST') {
      const file = this.files.get(pathname)
      response.statusCode = file ? 200 : 404
      return void response.end(file)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    this.uploads++
    if (this.refuse !== undefined) {
      response.statusCode = this.refuse
      return void response.end()
    }
    this.files.set(pathname, Buffer.concat(chunks))
    response.end(JSON.stringify({ url: `https://${this.host}${pathname}`, direct_path: pathname }))
  }
}

import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { Update } from 'grammy/types'

/** What the bot's server made of an update. */
export interface Posted {
  ok?: boolean
  status?: number
  /** As getWebhookInfo shows it. */
  message?: string
  /** Seconds, as the bot's server asked for. */
  retryAfter?: number
}

const TIMEOUT_MS = 60_000

/** Posts updates to one webhook over connections that stay open. */
export class Poster {
  readonly #agent: http.Agent
  readonly #client: typeof http | typeof https

  constructor(private readonly hook: { url: string; secret: string; connections: number }) {
    this.#client = hook.url.startsWith('https:') ? https : http
    this.#agent = new this.#client.Agent({ keepAlive: true, maxSockets: hook.connections })
  }

  stop(): void {
    this.#agent.destroy()
  }

  /** Never rejects. */
  post(update: Update): Promise<Posted> {
    return new Promise(resolve => {
      const body = JSON.stringify(update)
      const { url, secret } = this.hook
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(secret ? { 'x-telegram-bot-api-secret-token': secret } : {}),
      }
      const posting = this.#client.request(url, { method: 'POST', agent: this.#agent, headers })
      // by the real clock: a test that lets hours pass would else cut every post under way
      const late = setTimeout(() => posting.destroy(new Error('Read timeout expired')), TIMEOUT_MS)
      const done = (posted: Posted) => {
        clearTimeout(late)
        resolve(posted)
      }
      posting.on('response', response => {
        response.resume()
        response.on('end', () => done(judge(response)))
        response.on('error', () => done({ message: 'Connection closed' }))
      })
      posting.on('error', (error: NodeJS.ErrnoException) =>
        done({ message: error.code === 'ECONNREFUSED' ? 'Connection refused' : error.message }),
      )
      posting.end(body)
    })
  }
}

function judge({ statusCode: status = 0, statusMessage, headers }: IncomingMessage): Posted {
  if (status >= 200 && status < 300) return { ok: true, status }
  const retryAfter = Number(headers['retry-after'])
  return {
    status,
    message: `Wrong response from the webhook: ${status} ${statusMessage}`,
    ...(Number.isFinite(retryAfter) ? { retryAfter } : {}),
  }
}

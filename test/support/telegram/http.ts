import type { IncomingMessage, ServerResponse } from 'node:http'

/** What the Bot API answers instead of a result: `{ok: false, error_code, description, parameters?}`. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    description: string,
    readonly parameters?: { retry_after?: number; migrate_to_chat_id?: number },
  ) {
    super(description)
  }
}

export const badRequest = (what: string) => new Refusal(400, `Bad Request: ${what}`)
export const tooMany = (seconds: number) =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })

export type Params = Record<string, unknown>

export interface Upload {
  name: string
  bytes: Buffer
}

/** One call as received. */
export interface Call {
  /** Lower case: the Bot API does not mind the case of a method's name. */
  method: string
  params: Params
  files: Map<string, Upload>
}

/** Bodies as JSON, urlencoded or multipart, like the official server. */
export async function readCall(method: string, request: IncomingMessage): Promise<Call> {
  const body = await bodyOf(request)
  const call: Call = { method, params: {}, files: new Map() }
  const type = request.headers['content-type'] ?? ''
  if (body.length === 0) return call
  if (type.startsWith('application/json')) call.params = parseJson(body.toString())
  else if (type.startsWith('multipart/form-data')) readMultipart(body, type, call)
  else call.params = Object.fromEntries(new URLSearchParams(body.toString()))
  return call
}

/** By events: an async iterator costs a third of the server's speed. */
function bodyOf(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function parseJson(body: string): Params {
  const value = parsed(body)
  if (typeof value === 'object' && value !== null) return value as Params
  throw badRequest("can't parse request: JSON object expected")
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function readMultipart(body: Buffer, type: string, call: Call): void {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  if (!boundary) throw badRequest('boundary is missing in a multipart request')
  const line = Buffer.from(`--${boundary}`)
  for (let start = body.indexOf(line); start >= 0;) {
    const end = body.indexOf(line, start + line.length)
    if (end < 0) return
    readPart(body.subarray(start + line.length + 2, end - 2), call)
    start = end
  }
}

function readPart(part: Buffer, call: Call): void {
  const split = part.indexOf('\r\n\r\n')
  const head = part.subarray(0, split).toString()
  const name = /[; ]name="?([^";\r]+)/.exec(head)?.[1]
  if (split < 0 || !name) return
  const file = /filename="?([^";\r]+)/.exec(head)?.[1]
  if (file) call.files.set(name, { name: file, bytes: Buffer.from(part.subarray(split + 4)) })
  else call.params[name] = part.subarray(split + 4).toString()
}

/** A parameter that JSON sends as an object and the other bodies as its JSON text. */
export function objectOf<T>(value: unknown): T | undefined {
  if (typeof value !== 'string') return (value ?? undefined) as T | undefined
  return value === '' ? undefined : (parseJson(value) as T)
}

export const numberOf = (value: unknown, fallback: number) =>
  value === undefined || value === '' || Number.isNaN(Number(value)) ? fallback : Number(value)

export const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

/** Writes a result, or a refusal with its HTTP status and, for 429, the `Retry-After` header too. */
export function answer(response: ServerResponse, outcome: unknown): void {
  if (!(outcome instanceof Refusal)) return write(response, 200, { ok: true, result: outcome })
  const { code, message: description, parameters } = outcome
  if (parameters?.retry_after) response.setHeader('retry-after', parameters.retry_after)
  write(response, code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) })
}

function write(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

import { randomBytes, randomUUID } from 'node:crypto'
import type { Work, TurnResult } from '../../src/app/ports.ts'
import { Delivery } from '../../src/app/delivery.ts'
import { createDoor } from '../../src/app/door.ts'
import { silentMeter } from '../../src/app/meter.ts'
import { openChatPage } from '../../src/chatPage.ts'
import { connect, type Db } from '../../src/db/client.ts'
import { createFiles } from '../../src/db/files.ts'
import { createInbox } from '../../src/db/inbox.ts'
import { createOutbox } from '../../src/db/outbox.ts'
import { reposFor } from '../../src/db/repos.ts'
import { Sealer } from '../../src/db/seal.ts'
import { createTimers } from '../../src/db/timers.ts'
import { createTurns } from '../../src/db/turns.ts'
import type { Say, TimerSpec } from '../../src/engine/types.ts'
import { createLog, type Log } from '../../src/lib/log.ts'
import { FixedClock } from '../../src/lib/time.ts'
import { testDatabase } from './postgres.ts'
import { MADE } from './store.ts'

export const NOW = Date.parse('2026-11-25T10:00:00+07:00')

/** What a scripted assistant answers to an inbound; `now` is the chat's own time. */
export type Script = (work: Work, now: number) => { says: Say[]; timer?: TimerSpec; step?: string }

export interface Page extends ReturnType<typeof openChatPage> {
  db: Db
  sealer: Sealer
  clock: FixedClock
  log: Log
  visitor: () => Visitor
  close: () => Promise<void>
}

/** The page on a real database. */
export async function openPage(): Promise<Page> {
  const { url, drop } = await testDatabase()
  const db = connect(url)
  const sealer = new Sealer(randomBytes(32))
  const clock = new FixedClock(NOW)
  const log = createLog('silent')
  const store = { db, sealer, url, embedded: false, stop: async () => {} }
  const page = openChatPage({ clock, log, store, madeFiles: MADE })
  return {
    ...page,
    ...{ db, sealer, clock, log },
    visitor: () => new Visitor(page.routes),
    async close() {
      await db.$disconnect()
      await drop()
    },
  }
}

/** The real path around a scripted assistant: door, turns, outbox, delivery and timers, beaten by hand. */
export async function withScript(page: Page, script: Script) {
  const { db, sealer, clock, log, channel } = page
  const door = createDoor({ inbox: createInbox(db, sealer), clock, meter: silentMeter, ring: () => {} })
  const turns = createTurns(db, sealer, { reposFor: tx => reposFor(tx, sealer) })
  const outbox = createOutbox(db, sealer)
  const files = createFiles(db, sealer, MADE)
  const delivery = new Delivery({
    lane: 'direct',
    account: { pausedUntil: 0 },
    outbox,
    files,
    channel,
    clock,
    log,
    meter: silentMeter,
    door,
  })
  const timers = createTimers(db, sealer)
  await channel.start(door)
  const take = () =>
    turns.set(64, (works, tx) =>
      tx.save(
        works.map(work => resultOf(work, script, clock.now())),
        clock.now(),
      ),
    )
  const settle = async () => {
    await timers.fire([channel.account], clock.now())
    while ((await take()) > 0);
    while ((await db.outbound.count({ where: { status: 'waiting' } })) > 0) {
      await delivery.pass()
      await delivery.drain(30_000)
    }
  }
  return { settle }
}

function resultOf(work: Work, script: Script, now: number): TurnResult {
  const answer = script(work, now + work.conversation.clockOffsetMs)
  return {
    conversationId: work.conversation.id,
    inboundId: work.inbound.id,
    heard: 'answer',
    state: undefined,
    open: answer.step ? { flow: 'uji', version: 1, step: answer.step } : undefined,
    language: undefined,
    says: answer.says,
    touches: [],
    timer: answer.timer ?? null,
    blocked: false, // so that the open step is written though there is no state
    byPerson: true,
    reminderId: undefined,
  }
}

/** Asks once, then repeats what it hears. */
export const echo: Script = ({ inbound: { incoming } }) => {
  if (incoming.kind === 'text' && incoming.text === 'halo')
    return {
      says: [
        {
          text: ['Apakah Anda ', { bold: 'setuju' }, '?'],
          wait: 'w1',
          choices: [{ label: 'Setuju' }, { label: 'Tidak' }],
        },
      ],
      step: 'izin',
    }
  if (incoming.kind === 'text' && incoming.text === 'berkas')
    return { says: [{ text: ['Ini.'], file: { key: 'note/halo', name: 'catatan.txt', as: 'document' } }] }
  return { says: [{ text: [`dengar: ${incoming.kind === 'text' ? incoming.text : incoming.kind}`] }] }
}

const KEY_PAUSES = [20, 50, 100, 200]

/** A browser without a screen: keeps cookies, posts what the page's script would post. */
export class Visitor {
  #cookies = new Map<string, string>()

  constructor(private readonly routes: Page['routes']) {}

  get session(): string {
    return this.#cookies.get('chat') ?? ''
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value)
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('cookie', [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    if (init.method === 'POST' && !headers.has('origin')) headers.set('origin', 'http://localhost')
    const answer = await this.routes.request(`http://localhost${path}`, { ...init, headers })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (name !== undefined && value !== undefined) this.#cookies.set(name, value)
    }
    return answer
  }

  json(path: string, body: unknown): Promise<Response> {
    const headers = { 'content-type': 'application/json' }
    return this.request(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }

  form(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.request(path, { method: 'POST', body: new URLSearchParams(fields) })
  }

  async html(): Promise<string> {
    return (await this.request('/')).text()
  }

  /** Offers a message until it is taken, as the page does. */
  async posts(incoming: unknown, resident = 1, key: string = randomUUID()): Promise<void> {
    for (const pause of KEY_PAUSES) {
      const answer = await this.json(`/chat/residents/${resident}/messages`, { key, incoming })
      if (answer.ok) return
      await new Promise(resolve => setTimeout(resolve, pause))
    }
    throw new Error('The message was not taken.')
  }

  says(text: string, resident = 1): Promise<void> {
    return this.posts({ kind: 'text', text }, resident)
  }
}

export interface Event {
  event: string
  id: string | undefined
  data: Record<string, unknown>
}

/** Reads the stream of news as a browser does, from a place on, until `enough`. */
export async function readStream(
  visitor: Visitor,
  options: { after?: string; lastEventId?: string; enough: (events: Event[]) => boolean },
): Promise<Event[]> {
  const { after = '', lastEventId } = options
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
  const answer = await visitor.request(`/chat/events?after=${after}`, { headers })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!answer.ok || !reader) throw new Error(`The stream answered ${answer.status}`)
  const events: Event[] = []
  for (let text = ''; !options.enough(events);) {
    const { value, done } = await reader.read()
    if (done) break
    const blocks = (text + value).split('\n\n')
    text = blocks.pop() ?? ''
    events.push(...blocks.filter(block => block.includes('data: ')).map(toEvent))
  }
  await reader.cancel()
  return events
}

function toEvent(block: string): Event {
  const fields = new Map(
    block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id'),
    data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
  }
}

export const messagesIn = (events: Event[]) => events.filter(event => event.event === 'message')

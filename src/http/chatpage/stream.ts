import type { SSEStreamingApi } from 'hono/streaming'
import type { SandboxChat } from '../../app/ports/chatPage.ts'
import { MINUTE, SECOND } from '../../lib/time.ts'
import type { ChatPageDeps } from './deps.ts'
import { Message } from './message.tsx'
import { residentOf } from './session.ts'
import { stateOf, view, type Shown } from './view.ts'
import { WORDS, type Language } from './words.ts'

/** A bell is a courtesy here as well: without one the database is asked this often. */
const LOOK_EVERY_MS = SECOND
const PING_EVERY_MS = MINUTE / 4

/** How far one chat was drawn: newest inbound and outbound. */
interface Drawn {
  in: number
  out: number
}
type Cursor = Map<number, Drawn>

/** `1.45.67_2.46.70`: resident, newest inbound, newest outbound. What cannot be read is drawn from the start. */
function readCursor(text: string): Cursor {
  const parts = text.split('_').map(part => /^(\d{1,2})\.(\d{1,15})\.(\d{1,15})$/.exec(part))
  return new Map(parts.flatMap(m => (m ? [[Number(m[1]), { in: Number(m[2]), out: Number(m[3]) }]] : [])))
}

export const writeCursor = (cursor: Cursor) =>
  [...cursor].map(([resident, drawn]) => `${resident}.${drawn.in}.${drawn.out}`).join('_')

export const cursorOf = (chats: SandboxChat[]): Cursor =>
  new Map(chats.map(chat => [residentOf(chat.address), { in: chat.lastIn, out: chat.lastOut }]))

interface Watch {
  session: string
  language: Language
  after: string
}

/** Sends what is new in the chats of a session until the page goes away. Each message carries where to go on. */
export async function pump(stream: SSEStreamingApi, deps: ChatPageDeps, watch: Watch): Promise<void> {
  const cursor = readCursor(watch.after)
  const states = new Map<number, string>()
  const news = deps.news.listen(watch.session)
  stream.onAbort(() => news.ring())
  let pinged = performance.now()
  try {
    while (!stream.aborted && !stream.closed) {
      const chats = await deps.sandbox.chats(watch.session)
      await sendStates(stream, chats, states, watch.language)
      for (const chat of chats) await sendMessages(stream, deps, { chat, cursor, language: watch.language })
      if (performance.now() - pinged > PING_EVERY_MS) {
        await stream.write(': still here\n\n')
        pinged = performance.now()
      }
      await news.next(LOOK_EVERY_MS)
    }
  } finally {
    news.close()
  }
}

/** Also of chats that are gone, so that every open page empties them. */
async function sendStates(
  stream: SSEStreamingApi,
  chats: SandboxChat[],
  sent: Map<number, string>,
  language: Language,
): Promise<void> {
  const now = new Map(chats.map(chat => [residentOf(chat.address), chat]))
  for (const resident of new Set([...now.keys(), ...sent.keys()])) {
    const data = JSON.stringify(stateOf(resident, now.get(resident), language))
    if (sent.get(resident) === data) continue
    sent.set(resident, data)
    await stream.writeSSE({ event: 'state', data })
  }
}

async function sendMessages(
  stream: SSEStreamingApi,
  deps: ChatPageDeps,
  { chat, cursor, language }: { chat: SandboxChat; cursor: Cursor; language: Language },
): Promise<void> {
  const resident = residentOf(chat.address)
  const drawn = cursor.get(resident) ?? { in: 0, out: 0 }
  cursor.set(resident, drawn)
  if (chat.lastIn <= drawn.in && chat.lastOut <= drawn.out) return
  const words = WORDS[language]
  const messages = await deps.sandbox.messages(chat)
  for (const [i, shown] of view(messages, language).entries()) {
    const message = messages[i]
    const way = message?.from === 'person' ? 'in' : 'out'
    if (!message || message.id <= drawn[way]) continue
    drawn[way] = message.id
    const html = String(await Message({ message: shown, words, numberedText: deps.numberedText }))
    await stream.writeSSE({ event: 'message', data: frame(resident, shown, html), id: writeCursor(cursor) })
  }
}

const frame = (resident: number, shown: Shown, html: string) =>
  JSON.stringify({ resident, id: shown.id, key: shown.key ?? null, html })

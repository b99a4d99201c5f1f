import type { SandboxChat, SandboxMessage } from '../../app/ports/chatPage.ts'
import type { Incoming, Say } from '../../engine/types.ts'
import { WORDS, type Language, type Words } from './words.ts'

/** A message as it is drawn. */
export interface Shown {
  /** `i12` or `o34`: unique on the page, so that nothing is drawn twice. */
  id: string
  from: SandboxMessage['from']
  /** Set on the first message of a day. */
  day: string | undefined
  time: string
  iso: string
  /** What the person did, in words; undefined = erased. */
  text: string | undefined
  say: Say | undefined
  /** The page's own name of a person's message. */
  key: string | undefined
  /** `<wait>.<n>` of the button that was pressed. */
  tap: string | undefined
}

/** What a chat's messages look like, oldest first. Pure. */
export function view(messages: SandboxMessage[], language: Language): Shown[] {
  const says = new Map(
    messages.flatMap(m => (m.from === 'assistant' && m.say?.wait ? [[m.say.wait, m.say]] : [])),
  )
  let lastDay = ''
  return messages.map(message => {
    const day = dayOf(message.at, language)
    const first = day !== lastDay
    lastDay = day
    return {
      id: `${message.from === 'person' ? 'i' : 'o'}${message.id}`,
      from: message.from,
      day: first ? day : undefined,
      time: timeOf(message.at, language),
      iso: new Date(message.at).toISOString(),
      ...contentOf(message, says, WORDS[language]),
    }
  })
}

function contentOf(message: SandboxMessage, says: Map<string, Say>, words: Words) {
  if (message.from === 'assistant')
    return { say: message.say, text: undefined, key: undefined, tap: undefined }
  const { incoming, key } = message
  return {
    say: undefined,
    text: incoming && describe(incoming, says, words),
    key,
    tap: incoming?.kind === 'tap' ? `${incoming.wait}.${incoming.option}` : undefined,
  }
}

/** A tap reads as the label that was pressed. */
function describe(incoming: Incoming, says: Map<string, Say>, words: Words): string {
  switch (incoming.kind) {
    case 'text':
      return incoming.text
    case 'tap': {
      const say = says.get(incoming.wait)
      const label = incoming.option === 0 ? say?.more : say?.choices?.[incoming.option - 1]?.label
      return label ?? '…'
    }
    case 'contact':
      return `👤 ${incoming.phone}`
    case 'location':
      return `📍 ${words.location}`
    case 'media':
      return `📎 ${words.media[incoming.media]}`
    default:
      return '…'
  }
}

const LOCALE: Record<Language, string> = { id: 'id-ID', en: 'en-GB' }
const ZONE = { timeZone: 'Asia/Jakarta' } as const
const formats = (language: Language) => ({
  time: new Intl.DateTimeFormat(LOCALE[language], { ...ZONE, hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat(LOCALE[language], {
    ...ZONE,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }),
  clock: new Intl.DateTimeFormat(LOCALE[language], {
    ...ZONE,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }),
})
const FORMATS = { id: formats('id'), en: formats('en') }

const timeOf = (at: number, language: Language) => FORMATS[language].time.format(at)
const dayOf = (at: number, language: Language) => FORMATS[language].day.format(at)
/** `Rab, 25 Nov, 10.00 WIB` */
export const clockOf = (at: number, language: Language) => `${FORMATS[language].clock.format(at)} WIB`

/** What the page shows beside the messages. */
export interface ChatState {
  resident: number
  /** Another number means that the chat was started anew. 0 = nothing stored yet. */
  conversation: number
  typing: boolean
  offset: number
  step: string
  timer: string
}

export function stateOf(resident: number, chat: SandboxChat | undefined, language: Language): ChatState {
  const words = WORDS[language]
  const open = chat?.open
  const timer = chat?.timer
  const offset = chat?.clockOffsetMs ?? 0
  return {
    resident,
    conversation: chat?.conversation ?? 0,
    typing: chat !== undefined && (chat.unhandled || chat.unsent > 1), // one unsent is the one just drawn
    offset,
    step: open ? `${open.flow} / ${open.step} · v${open.version}` : words.noStep,
    timer: timer ? `${timer.name} · ${clockOf(timer.dueAt + offset, language)}` : words.noTimer,
  }
}

/**
 * The words that the engine, the path and the channels share.
 * Everything here is plain JSON: states, waits and says are stored and read back between turns.
 */

export type Lang = 'id' | 'en'

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value }
export type Values = { [key: string]: Value }

/** The platform's own number of a message, where something can be done to it afterwards. */
export type MessageId = string

/** What a person (or a timer) brought in, as the channel read it. */
export type Incoming =
  | { kind: 'text'; text: string; message?: MessageId }
  /** A button: `option` is its number on the wait that showed it (1-based; 0 = the next page). `message` shows it. */
  | { kind: 'tap'; wait: string; option: number; message?: MessageId }
  /** `own` is true only when the channel itself vouches that the number is the sender's. */
  | { kind: 'contact'; phone: string; own: boolean }
  | { kind: 'location'; latitude: number; longitude: number }
  | { kind: 'media'; media: 'photo' | 'voice' | 'sticker' | 'document' | 'video' | 'other'; caption?: string }
  | { kind: 'timer'; timer: TimerName; wait: string }
  /** Something the assistant says by itself: the notice flow that says it, for which reminder, and what the flow is given. */
  | { kind: 'notice'; notice: string; id: string; values: Values }
  /** A notice whose reminder was taken back before its turn. */
  | { kind: 'withdrawn' }
  /** In a group the assistant says one sentence a day and nothing else. */
  | { kind: 'group' }
  | { kind: 'edited' }
  /** The person blocked or unblocked the assistant. */
  | { kind: 'blocked' }
  | { kind: 'unblocked' }
  /** The chat goes on under another address. */
  | { kind: 'moved'; to: string }
  /** The channel could not make sense of it, or it could not be stored as it came. */
  | { kind: 'unreadable' }

export type TimerName = 'nudge' | 'card' | 'expire'

/** Text with bold as the only markup. Words of a person are never bold and never markup: each channel escapes. */
export type Span = string | { bold: string }
export type RichText = Span[]

export interface ShownChoice {
  label: string
  description?: string
}

/**
 * A file that goes with a message. The key says what is in it: `own/<id>` was made for one conversation, any other is
 * made by code, and the same key is always the same file, so that a channel may send what it has kept of it.
 */
export type FileRef = {
  key: string
  /** As people see it, e.g. `buku-kas.xlsx`. */
  name: string
  as: 'document' | 'picture'
  /** A picture in words, for who cannot see it. */
  alt?: string
}

/** One message to send. Numbers and taps refer to `choices` by position (1-based). */
export interface Say {
  text: RichText
  /** The wait that these choices belong to; button data is `<wait>.<n>`. */
  wait?: string
  choices?: ShownChoice[]
  /** A row "0 = lainnya" follows the choices. */
  more?: string
  /** How to answer where choices are numbers; channels with buttons need no such words. */
  hint?: RichText
  /**
   * Where there are no buttons, these choices are answered with their words, and this stands before them: numbers stay
   * those of the question that is open beside them.
   */
  words?: string
  /** Ask the channel for a button that shares the person's own phone number, where it has one. */
  request?: 'contact'
  /** The text is its caption. */
  file?: FileRef
  /** The message whose place this one takes, where the channel can edit; elsewhere it is simply sent. */
  replaces?: MessageId
}

/** Something done to a message that is in the chat already: its buttons go, or all of it. */
export interface Touch {
  touch: 'unbutton' | 'delete'
  message: MessageId
}

/** A flow's timer; `at` is epoch ms on the conversation's own clock. Stale when `wait` is no longer the open one. */
export interface TimerSpec {
  name: TimerName
  wait: string
  at: number
}

/** Counted by number only; never with what was said. */
export interface StepEvent {
  flow: string
  version: number
  step: string
  event: 'entered' | 'answered' | 'invalid' | 'timeout' | 'abandoned'
}

/** What a saved answer is. Placeholders format themselves by it; calls declare their input and output in it. */
export type VarType =
  | 'text'
  | 'name'
  | 'choice'
  | 'choices'
  | 'phone'
  | 'number'
  | 'rupiah'
  | 'date'
  | 'time'
  | 'datetime'
  | 'place'
  | 'location'
  | 'nik'
  | 'rows'
  | 'file'

/** A row of a list that a call gives to a `from:` question. */
export interface ListRow {
  value: Value
  label: string
  description?: string
}

/** What a flow may ask the programme to do. Pure data: the checker holds flows against it. */
export interface CallSpec {
  /** `?` after the type: may be missing; the call then receives null. */
  input: Record<string, VarType | `${VarType}?`>
  /** Each named outcome with what it gives. */
  outcomes: Record<string, Record<string, VarType>>
  /** Gives a list for a `from:` question. */
  rows?: boolean
  /** *Kembali* does not go back before it. */
  writes: boolean
  /** Must run in a short transaction of its own. */
  contended: boolean
}
export type CallSpecs = Readonly<Record<string, CallSpec>>

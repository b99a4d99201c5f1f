import {
  readDate,
  readDateTime,
  readName,
  readNik,
  readNumber,
  readPhone,
  readRupiah,
  readTime,
  type Moment,
  type Reading,
} from '../../understand/index.ts'
import type { Value } from '../types.ts'
import { optionsOf } from './choice.ts'
import type { Asked, Kind, Reply } from './kind.ts'

/** A bare hour is read inside these, until a flow knows the hours of a place. */
const HOURS = { open: '08:00', close: '16:00' }
export const momentOf = ({ env }: Asked): Moment => ({ now: env.now, holidays: env.holidays, hours: HOURS })

interface Free {
  read: (text: string, asked: Asked) => Reading<Value>
  /** Every reading is read back before it is saved. */
  echo?: boolean
}

/** A kind whose answer is typed. Repaired and rounded readings are confirmed, several are offered. */
function free({ read, echo = false }: Free): Kind {
  return {
    closed: false,
    show: () => ({ options: [] }),
    choose: () => ({ unread: 'unread' }),
    read: (asked, typed) => replyTo(read(typed, asked), echo),
  }
}

function replyTo(reading: Reading<Value>, echo: boolean): Reply {
  switch (reading.kind) {
    case 'value':
      return echo ? { sub: { confirm: reading.value } } : { answer: reading.value }
    case 'approximate':
      return { sub: { confirm: reading.value } }
    case 'ask':
      return several(reading.candidates, reading.why)
    case 'none':
      return { unread: reading.why }
  }
}

function several(candidates: Value[], why: string): Reply {
  const [only] = candidates
  if (only === undefined) return { unread: why }
  return { sub: candidates.length === 1 ? { confirm: only } : { pick: candidates } }
}

/** The same reading of another value. */
function mapped<T>(reading: Reading<T>, map: (value: T) => Value | undefined): Reading<Value> {
  if (reading.kind === 'none') return reading
  if (reading.kind === 'ask') {
    const candidates = reading.candidates.map(map).filter(value => value !== undefined)
    return { ...reading, candidates: [...new Set(candidates)] }
  }
  const value = map(reading.value)
  return value === undefined ? { kind: 'none', why: 'unread' } : { ...reading, value }
}

const words = free({
  read: (typed, asked) => {
    const words = typed.replace(/\s+/gu, ' ').trim()
    if (!/[\p{L}\p{N}]/u.test(words)) return { kind: 'none', why: 'unread' }
    return [...words].length > asked.step.max
      ? { kind: 'none', why: 'too_long' }
      : { kind: 'value', value: words }
  },
})

/** A row of the list, where the step has one. */
const rows: Pick<Kind, 'show' | 'choose'> = {
  show: asked => ({ options: asked.step.from === undefined ? [] : optionsOf(asked) }),
  choose: ({ rows }, value) => {
    const row = rows[Number(value)]
    return row ? { answer: row.value } : { unread: 'unread' }
  },
}

/** Any words, up to the step's `max`; with `from:`, a row of the list instead. */
export const text: Kind = { ...words, ...rows }

/** A day, a time of day, or both, saved as said: a call knows what can be had. With `from:`, a row of the list instead. */
export const when: Kind = {
  ...words,
  ...rows,
  first: true,
  read(asked, typed) {
    const moment = momentOf(asked)
    const readings = [readDateTime(typed, moment), readTime(typed, moment)]
    const means = readings.some(reading => reading.kind !== 'none' || SAID.has(reading.why))
    return means ? words.read(asked, typed) : { unread: 'unread' }
  },
}
/** A date or time that cannot be had was said all the same. */
const SAID = new Set(['past', 'invalid'])

export const name = free({ read: readName })
export const number = free({ read: readNumber })
/** Whole rupiah; of a range the lower end, read back. */
export const rupiah = free({ read: typed => mapped(readRupiah(typed), ({ amount }) => Math.round(amount)) })
/** `YYYY-MM-DD`, always read back with its weekday. */
export const date = free({ read: (typed, asked) => readDate(typed, momentOf(asked)), echo: true })
/** `HH:MM`, always read back. */
export const time = free({
  read: (typed, asked) =>
    mapped(readTime(typed, momentOf(asked)), found => ('at' in found ? found.at : undefined)),
  echo: true,
})
/** 16 digits of the right form: no check with any register. */
export const nik = free({ read: (typed, asked) => readNik(typed, momentOf(asked)) })

const SHARE = '~share'
/** `{number, own}`: `own` only when the channel vouches that it is the sender's. */
export const phone: Kind = {
  closed: false,
  show: ({ common, env, lang }) =>
    env.pageSize === 10
      ? { options: [{ value: SHARE, label: common.labels.share_contact[lang] }], request: 'contact' }
      : { options: [] },
  choose: () => ({ unread: 'unread' }),
  read: (_, typed) =>
    replyTo(
      mapped(readPhone(typed), number => ({ number, own: false })),
      false,
    ),
  share: (_, shared) => {
    if (shared.kind !== 'contact') return { unread: 'unread' }
    if (!shared.own) return { unread: 'not_own' }
    const read = readPhone(
      shared.phone.startsWith('+') || shared.phone.startsWith('0') ? shared.phone : `+${shared.phone}`,
    )
    const number = read.kind === 'none' ? undefined : read.kind === 'ask' ? read.candidates[0] : read.value
    return number === undefined
      ? { unread: read.kind === 'none' ? read.why : 'unread' }
      : { answer: { number, own: true } }
  },
}

/** A shared place on the map; it cannot be typed. */
export const location: Kind = {
  closed: true,
  show: () => ({ options: [] }),
  choose: () => ({ unread: 'unread' }),
  read: () => ({ unread: 'unread' }),
  share: (_, shared) =>
    shared.kind === 'location'
      ? { answer: { latitude: shared.latitude, longitude: shared.longitude } }
      : { unread: 'unread' },
}

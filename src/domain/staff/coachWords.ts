import { defaultHolidays, gist, readDate, readTime, type Moment } from '../../understand/index.ts'
import { SPANS, type SpanName } from './coaching.ts'

/** What coaches type to their own chat, where the same words mean something else to everybody else. */

export type CoachWord =
  /** A schedule, of a day as `YYYY-MM-DD` or of a named span: answered at once. */
  | { is: 'agenda'; span: SpanName | string }
  /** Words that open one of their conversations. */
  | { is: 'menu' | 'people' | 'absent' | 'back' }

const momentOf = (now: number): Moment => ({
  now,
  holidays: defaultHolidays,
  hours: { open: '08:00', close: '16:00' },
})

const SPAN_WORDS: readonly [RegExp, SpanName][] = [
  [/^(ini|hari ini|sekarang|today)$/, 'today'],
  [/^(besok|esok|tomorrow)$/, 'tomorrow'],
  [/^(?:(?:ming+u|mg+|pekan)(?: ini| depan)?|seming+u|(?:this|next) we+k)$/, 'week'], // doubled letters are said once
]
const AGENDA = /^\s*(?:jadwal|jdwl|jadual|jdwal|schedule|agenda|sesi)\s+(?=\S)/i
const MENU = /^\s*((menu )?coach|(jadwal|jdwl)( coach| saya| sy)?|coach menu|schedule)\s*[.!?]?\s*$/i

/** "jdwl bsk", "jadwal jumat dong", "sesi tgl 27"; nothing that says more than a day. */
function readAgenda(text: string, now: number): string | undefined {
  if (!AGENDA.test(text)) return undefined
  const rest = text
    .replace(AGENDA, '')
    .replace(/\b(?:saya|sy|coach|untuk|utk|siapa|aja|saja|ada|apa)\b|[?!]/gi, ' ')
  const words = gist(rest)
  const named = SPAN_WORDS.find(([pattern]) => pattern.test(words))?.[1]
  if (named !== undefined) return named
  const day = readDate(rest, momentOf(now))
  if (day.kind === 'value') return day.value
  return day.kind === 'ask' && day.why === 'same_weekday' ? day.candidates[0] : undefined
}

const NOT = '(?:tidak|tdk|ga|gak|gk|nggak|ngga|enggak|engga|kagak)'
const AWAY = new RegExp(
  [
    '\\b(?:berhalangan|cuti|libur|sakit|',
    'i[zj]in(?!\\s+(?:usaha|edar|dagang|jualan|pirt|halal|nib))|',
    `${NOT}\\s+(?:bisa|bs)(?:\\s+(?:masuk|hadir|da?te?ng|datang|ke klinik|ngantor))?|`,
    `${NOT}\\s+(?:masuk|hadir|da?te?ng|datang))\\b`,
  ].join(''),
  'gi',
)
const NOT_AFTER_ALL = new RegExp(`\\b(?:batal|cabut|${NOT}\\s+jadi)\\b`, 'i')
const WRITE = /^\s*(?:(?:kirim|kasih|tulis|titip)\s+pesan|hubungi)\s+(?:(?:ke|buat|untuk|sama)\s+)?\S+/i

/** "izin bsk", "gw ga bisa masuk jumat", "saya sakit hari ini", "ga bisa jam 2": with a day or an hour, or alone. */
function meansAway(text: string, now: number): boolean {
  const rest = text.replace(AWAY, ' ').replace(/[.,!]/g, ' ')
  if (rest === text.replace(/[.,!]/g, ' ')) return false
  const moment = momentOf(now)
  const isWhen = [readDate(rest, moment), readTime(rest, moment)].some(
    read =>
      read.kind === 'value' || read.kind === 'approximate' || (read.kind === 'ask' && read.why !== 'vague'),
  )
  return isWhen || /^\s*(saya|sy|gw|gue|aku|mohon|maaf)*\s*$/i.test(rest)
}

/**
 * @param open a conversation of theirs waits for an answer: then only a schedule of a day is meant, else the words are the
 * answer
 */
export function readCoachWord(
  text: string,
  now: number,
  open: 'coach' | 'other' | 'nothing',
): CoachWord | undefined {
  const span = readAgenda(text, now)
  if (span !== undefined) return { is: 'agenda', span }
  if (open === 'coach') return undefined
  if (MENU.test(text)) return { is: 'menu' }
  if (open === 'other') return undefined
  if (meansAway(text.replace(NOT_AFTER_ALL, ' '), now) && text.trim().split(/\s+/).length <= 10)
    return { is: NOT_AFTER_ALL.test(text) ? 'back' : 'absent' }
  return WRITE.test(text) ? { is: 'people' } : undefined
}

export const isSpanName = (span: string): span is SpanName => SPANS.some(each => each === span)

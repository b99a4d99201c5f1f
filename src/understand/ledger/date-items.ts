import type { DayMark, Mark, Production } from '../marks.ts'
import { quantityAt } from '../quantities.ts'
import { dayAt } from '../scan-day.ts'
import { wordAt } from '../scan-common.ts'
import { squeeze } from '../spelling.ts'
import { unitOf } from './each.ts'
import type { Item, Streams } from './item.ts'
import { TITLES } from './vocabulary.ts'

/** Months and weekdays of fewer letters are too often something else ("sel", "mar", "sen"). */
const SHORT_NAMES = new Set(['snn', 'sls', 'kms', 'jmt', 'sbt', 'rabu', 'mei'])
const OCCASIONS = new Set(
  'iuran sumbangan lomba acara hut panitia infak infaq sedekah amal kotak sholat salat solat baju kue'.split(
    ' ',
  ),
)
const PERIODS = new Set(['sehari', 'seminggu', 'sebulan', 'setahun', 'perhari', 'perbulan', 'perminggu', 'harian', 'mingguan', 'bulanan', 'tahunan'].map(squeeze)) // prettier-ignore
const LENGTHS = new Set(['hari', 'minggu', 'bulan', 'tahun', 'pekan'])

/** A day at a place. Lengths of time and months ("sewa bulan november") are periods, feast days are nothing. */
export function dateItemAt(streams: Streams, at: number, before: readonly Item[]): Item | undefined {
  const { ledger, calendar } = streams
  if (PERIODS.has(ledger[at]?.text ?? '')) return periodAt(streams, at)
  if (EVERY.has(wordAt(ledger, at)) && LENGTHS.has(wordAt(calendar, at + 1)))
    return { is: 'period', month: false, word: '', from: at, to: at + 2 }
  if (isNoDate(streams, at, before)) return undefined
  const found = beforeMoney(streams, at)
  return found === undefined ? undefined : dateOf(found, at, wordAt(calendar, at))
}

/** A day never takes a figure of money along: "sewa 3 bulan 2,1jt", "20 nov 22rb". */
function beforeMoney({ calendar, money }: Streams, at: number): Production | undefined {
  const found = dayAt(calendar, at, 'both')
  for (let next = at + 1; next < (found?.next ?? 0); next++) {
    if (money[next]?.kind === 'number' && quantityAt(money, next)?.unit === true) return dayAt(calendar.slice(0, next), at, 'both') // prettier-ignore
  }
  return found
}

const EVERY = new Set(['per', '/', 'tiap', 'setiap', 'saban'])
const NEVER = new Set<DayMark['is']>(['holiday', 'any', 'around'])

function dateOf(found: Production, at: number, word: string): Item | undefined {
  const place = { word: '', from: at, to: found.next }
  const marks = found.marks.filter(isDay)
  if (word === 'nanti') return { is: 'date', marks: [{ is: 'vague' }], ...place }
  if (marks.some(mark => NEVER.has(mark.is))) return undefined
  if (marks.length === 0 || marks.some(mark => mark.is === 'year')) return { is: 'skip', ...place }
  const long = marks.some(mark => mark.is === 'vague') && !isSoon(word)
  const month = marks.every(mark => mark.is === 'month' || mark.is === 'edge')
  return long || month ? { is: 'period', month, ...place } : { is: 'date', marks, ...place }
}

/** "seminggu lalu" is a day, "seminggu" a length of time. */
function periodAt({ calendar, ledger }: Streams, at: number): Item {
  if (ledger[at]?.text.endsWith('an') === true)
    return { is: 'period', month: false, word: '', from: at, to: at + 1 }
  const found = dayAt(calendar, at, 'both')
  const marks = found?.marks.filter(isDay) ?? []
  if (found !== undefined && wordAt(calendar, found.next - 1) === 'ini')
    return { is: 'date', marks: [{ is: 'week', offset: 0 }], word: '', from: at, to: found.next }
  if (found !== undefined && marks.some(mark => mark.is !== 'vague'))
    return { is: 'date', marks, word: '', from: at, to: found.next }
  return { is: 'period', month: false, word: '', from: at, to: at + 1 }
}

const isSoon = (word: string): boolean => word.startsWith('kapan') || word === 'lain'
const isDay = (mark: Mark): mark is DayMark => !['part', 'clock', 'in', 'or', 'to'].includes(mark.is)

/** "mas agus", "50 rb", "sel", "infak jumat", "5-10 rb", "1/2 kg". */
function isNoDate(streams: Streams, at: number, before: readonly Item[]): boolean {
  const { ledger, money, calendar } = streams
  const token = ledger[at]
  if (['ribu', 'juta'].includes(wordAt(money, at)) || isNamed(before.at(-1))) return true
  if (isMarket(streams, at, before)) return true
  if (token?.kind === 'number') return isMeasured(streams, at)
  const { text = '' } = token ?? {}
  const repaired = token?.kind === 'word' && wordAt(calendar, at) !== text
  return repaired && text.length < 4 && !SHORT_NAMES.has(text) && !COMMON_SHORT.has(text)
}

/** "pasar minggu", "pasar senen": places, unless a day is clearly meant ("pasar minggu kemarin"). */
function isMarket({ ledger, calendar }: Streams, at: number, before: readonly Item[]): boolean {
  const named = before.at(-1)?.word === 'pasar' && MARKETS.has(ledger[at]?.text ?? '')
  return named && !['kemarin', 'lalu', 'ini'].includes(wordAt(calendar, at + 1))
}

/** "mas agus", "infak jumat": a name, or an occasion. */
const isNamed = (last: Item | undefined): boolean =>
  last?.is === 'word' && (TITLES.has(last.word) || OCCASIONS.has(last.text))

/** "2 kg", "5-10 rb", "1/2 kg": a figure with its unit. */
function isMeasured({ ledger, money }: Streams, at: number): boolean {
  const unitAt = (place: number): boolean => unitOf(ledger[place]?.text ?? '') !== undefined
  const joined = ['-', '/'].includes(wordAt(ledger, at + 1)) && ledger[at + 2]?.kind === 'number'
  if (!joined) return ledger[at + 1]?.kind === 'word' && unitAt(at + 1)
  if (['pagi', 'siang', 'sore', 'malam'].includes(wordAt(ledger, at + 3))) return true
  return ['ribu', 'juta', 'ribuan'].includes(wordAt(money, at + 3)) || unitAt(at + 3)
}

/** Places of Jakarta named after a day. */
const MARKETS = new Set(['minggu', 'rebo', 'senen', 'jumat'].map(squeeze))

const COMMON_SHORT = new Set('bsk td tdi tgl tg skrg hr hri ntr tar bln nti lsa mgg ini'.split(' '))

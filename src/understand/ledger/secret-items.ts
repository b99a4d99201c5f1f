import { UNITS } from '../literals.ts'
import { wordAt } from '../scan-common.ts'
import type { Token } from '../tokens.ts'
import type { Item, Streams } from './item.ts'
import { SELL } from './verbs.ts'
import { GOODS, TITLES } from './vocabulary.ts'

/** "rt 05", "jam 2", "tahun 2019", "ke-2": the number after these is neither money nor a count. */
const BEFORE_SKIP = new Set('ukuran size rt rw no nomor gang blok jam pukul kelas umur usia lantai kamar sejak tahun versi jalur pasal nik'.split(' ')) // prettier-ignore
const SECRET_WORDS = new Set(['otp', 'pin', 'kode', 'password', 'sandi', 'verifikasi', 'cvv'])

const isNumber = (tokens: readonly Token[], at: number): boolean => tokens[at]?.kind === 'number'

export function skipAt({ ledger, money }: Streams, at: number, before: readonly Item[]): Item | undefined {
  if (TITLES.has(wordAt(ledger, at - 1))) return undefined // "pak rt 30 kotak"
  const percent = isNumber(ledger, at) && ['persen', '%'].includes(wordAt(ledger, at + 1))
  if (percent) return { is: 'skip', word: '', from: at, to: at + 2 }
  const word = wordAt(ledger, at)
  // "bakso meja 5" is where it was eaten; bought tables are counted.
  const table = word === 'meja' && before.some(item => SELL.has(item.word) || GOODS.has(item.word))
  const from = table || BEFORE_SKIP.has(word) ? at + 1 : ordinalAt(ledger, at)
  if (from === undefined || ledger[at]?.kind !== 'word') return undefined
  let next = ['.', ':'].includes(wordAt(ledger, from)) ? from + 1 : from
  if (!isNumber(ledger, next) || ['ribu', 'juta'].includes(wordAt(money, next + 1))) return undefined
  next++
  while (['/', '.', ':'].includes(wordAt(ledger, next)) && isNumber(ledger, next + 1)) next += 2
  return { is: 'skip', word: wordAt(ledger, at), from: at, to: next }
}

/** "ke-2", "ke 3": the place of its number. */
function ordinalAt(tokens: readonly Token[], at: number): number | undefined {
  if (wordAt(tokens, at) !== 'ke') return undefined
  const next = wordAt(tokens, at + 1) === '-' ? at + 2 : at + 1
  return isNumber(tokens, next) && wordAt(tokens, next).length <= 2 ? next : undefined
}

/** Phone numbers, NIK, the 20 digits of a token, codes: never money, never kept. */
export function secretAt({ ledger, money }: Streams, at: number, before: readonly Item[]): Item | undefined {
  const plus = wordAt(ledger, at) === '+' && wordAt(ledger, at + 1).startsWith('62')
  const from = plus ? at + 1 : at
  if (!isNumber(ledger, from)) return undefined
  const { digits, next } = digitsAt(ledger.slice(0, beforeMoney(ledger, money, from)), from)
  const told = before.slice(-3).some(item => SECRET_WORDS.has(item.word))
  const why = plus && digits.length >= 8 ? 'phone' : secretOf(digits, told)
  return why === undefined ? undefined : { is: 'secret', why, word: '', from: at, to: next }
}

/** "1234567890 500rb": a figure with its unit is no group of the number before it. */
function beforeMoney(ledger: readonly Token[], money: readonly Token[], from: number): number {
  let next = from + 1
  while (isNumber(ledger, next) && !(wordAt(money, next + 1) in UNITS)) next++
  return isNumber(ledger, next) ? next : ledger.length
}

function secretOf(digits: string, told: boolean): 'secret' | 'nik' | 'phone' | undefined {
  if (told && /^\d{4,8}$/.test(digits)) return 'secret'
  if (digits.length === 16 && !digits.endsWith('000')) return 'nik'
  if (/^(0\d|62\d\d)\d{6,}$/.test(digits)) return 'phone'
  const long = digits.length >= 10 && !digits.endsWith('000')
  return long || digits.length > 13 ? 'secret' : undefined
}

/** A run of digits, or groups of three and more joined by dashes or spaces. */
function digitsAt(tokens: readonly Token[], at: number): { digits: string; next: number } {
  const first = wordAt(tokens, at)
  let digits = first
  let next = at + 1
  for (let group = groupAt(tokens, next); group !== undefined; group = groupAt(tokens, next)) {
    digits += wordAt(tokens, group)
    next = group + 1
  }
  // "2 000 000" is an amount, not three groups of a number.
  const asMoney = first.length <= 3 && !first.startsWith('0') && digits.length < 12
  const whole = next > at + 1 && !asMoney && digits.length >= 8
  return whole ? { digits, next } : { digits: first, next: at + 1 }
}

/** The place of the next group: "-3456", " 3456". */
function groupAt(tokens: readonly Token[], at: number): number | undefined {
  const dash = wordAt(tokens, at) === '-' && tokens[at]?.glued === true
  const group = tokens[dash ? at + 1 : at]
  const joins = group?.kind === 'number' && group.glued === dash && group.text.length >= 3
  return joins ? (dash ? at + 1 : at) : undefined
}

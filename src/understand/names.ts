import { readCommand } from './commands.ts'
import { entriesOf } from './place-index.ts'
import { isTooLong } from './tokens.ts'
import { ask, none, value, type Reading } from './types.ts'
import { readYesNo } from './yesno.ts'

/** Dukcapil's limit, spaces included (Permendagri 73/2022). */
const LONGEST_NAME = 60
const MOST_WORDS = 10

const LEAD =
  'nama nma namaku namanya saya sy aku gue gw adalah ini lengkap panggil panggilan dipanggil biasa biasanya aja saja perkenalkan kenalkan halo hallo hai hi pagi siang sore malam selamat assalamualaikum asslmkm my name is im am kak min ya oh'
const LEADS = new Set(LEAD.split(' '))
/** Forms of address that are not part of a name on an identity card. */
const ADDRESS = new Set('bapak bpk pak ibu bu mbak mba kak kakak bang abang coach'.split(' '))
const TRAILING = new Set(
  'kak min ya yaa pak bu kakak mimin gan bang dong deh sih aja saja makasih'.split(' '),
)
/** Words that make a sentence of it; no name on an identity card has them. */
const SENTENCE = new Set(
  'saya aku mau ingin pengen tidak gak ga nggak belum sudah udah bisa yang untuk dari dengan di ke apa apaan siapa kenapa bagaimana gimana kok nanti tinggal umur tahun usaha jualan kerja dan atau itu ini rahasia tolong nomor the not what why jl jln jalan rt rw gang kel kec'.split(
    ' ',
  ),
)
/** "S.E.", "S.Pd", "M.M."; without dots only those that are no words. */
const TITLES = /^(?:(?:[a-z]{1,4}\.)+[a-z]{0,4}\.?|se|st|sh|mm|mt|mh|msi|spd|mpd|ssos|skom|amd|phd|mba)$/i
/** What the name of a place begins with; a person's does not. */
const PLACE =
  /^(?:kebon|kebun|kampung|kp|pasar|tanjung|pulo|pondok|rawa|kelapa|jakarta|kecamatan|kelurahan) /i
const ALLOWED = /^[\p{L}\p{M}.' -]$/u

/**
 * Reads a full name as on an identity card: 2–60 characters of letters, spaces, `. ' -`, one word or more, titles after
 * a comma. "nama saya …" and politeness around it are dropped; the name itself is kept as typed.
 * Reasons for `ask` (confirm, or ask again where there is no candidate): `digits`, `one_letter`, `signs`, `answer` (it
 * reads as a command or a yes or no), `sentence`, `odd` (no name has such letters), `several`; for `none`: `unread`,
 * `too_long`.
 */
export function readName(text: string): Reading<string> {
  if (isTooLong(text)) return none('too_long')
  const typed = text
    .normalize('NFKC')
    .replace(/[’‘`´ʼ]/g, "'")
    .replace(/\p{Extended_Pictographic}|[\u200b-\u200f\ufe0f"*_!?]/gu, ' ')
    .trim()
  const name = core(typed)
  if (name === '' && !/[\p{L}\d]/u.test(typed)) return none('unread')
  if ([...name].length > LONGEST_NAME) return none('too_long')
  if (isAnswer(text)) return ask([], 'answer')
  if (/\n/.test(typed)) return ask([], 'several')
  return judge(name === '' ? typed : name)
}

/** Drops what stands around a name, never a single remaining word. */
function core(typed: string): string {
  const words = typed.split(/\s+/).filter(word => word !== '')
  const plain = (word: string | undefined): string => (word ?? '').toLowerCase().replace(/[.,:;]+$/, '')
  while (words.length > 1 && (LEADS.has(plain(words[0])) || /^[:;,=.-]+$/.test(words[0] ?? ''))) words.shift()
  while (words.length > 1 && TRAILING.has(plain(words.at(-1)))) words.pop()
  if (words.length > 1 && ADDRESS.has(plain(words[0]))) words.shift()
  if (words.length === 1 && words[0]?.includes(':') === true)
    words[0] = words[0].slice(words[0].indexOf(':') + 1)
  return words
    .join(' ')
    .replace(/^[\s,:;=-]+|[\s,:;=-]+$/g, '')
    .replace(/(\p{L}{3,})\.$/u, '$1')
}

function isAnswer(text: string): boolean {
  const command = readCommand(text)
  return command?.exact === true || command?.command === 'human' || readYesNo(text).kind === 'value'
}

function judge(name: string): Reading<string> {
  const [before = '', ...after] = name.split(',').map(part => part.trim())
  if (/\d/.test(name)) return ask([], 'digits')
  if (after.some(part => part.split(/\s+/).some(word => !TITLES.test(word)))) return ask([], 'several')
  if (![...name.replace(/,/g, '')].every(char => ALLOWED.test(char))) return ask([], 'signs')
  const letters = [...before].filter(char => /\p{L}/u.test(char))
  if (letters.length < 2) return ask([], 'one_letter')
  const words = before.toLowerCase().split(/\s+/)
  if (words.length === 1 && LEADS.has(words[0] ?? '')) return ask([], 'sentence')
  if (words.some(word => SENTENCE.has(word)) || words.length > MOST_WORDS) return ask([name], 'sentence')
  if (PLACE.test(before) || isPlaceOrDay(before)) return ask([name], 'answer')
  return looksOdd(words) ? ask([name], 'odd') : value(name)
}

const ELSEWHERE = new Set('senin selasa rabu kamis jumat sabtu minggu ahad besok lusa jakarta'.split(' '))
/** Names of people that are places too. */
const PEOPLE = new Set('setia setiabudi johar banjar padang pati solo'.split(' '))

/** "tebet", "bekasi", "senin": more likely the answer to another question. A kelurahan (Kartini) may be a name. */
function isPlaceOrDay(name: string): boolean {
  const lower = name.toLowerCase()
  if (ELSEWHERE.has(lower)) return true
  if (PEOPLE.has(lower.split(' ')[0] ?? '')) return false
  return entriesOf(name).some(({ code, area }) => code === undefined || (code.length <= 8 && area !== true))
}

/** "xxxx", "asdfgh": a word of four letters or more without a vowel, or a letter three times in a row. */
const looksOdd = (words: readonly string[]): boolean =>
  words.some(
    word =>
      (word.length > 3 && !word.includes('.') && !/[aeiouy]/i.test(word.normalize('NFD'))) ||
      /(\p{L})\1\1|^(?:ha|he|hi|wk){2,}|^(?:asdf|qwer)/u.test(word),
  )

import { formatRupiah, type Language } from '../../lib/format.ts'
import { CHART, KIND_FACTS } from './categories.ts'
import type { LearnedQuestion } from './ports.ts'
import type { Said } from './types.ts'
import { entryLine } from './words.ts'

/** The one question an entry may raise, its answers as rows of a list, and what of the answer is learned. */

type Pair = readonly [id: string, en: string]

const KIND: Pair = ['Ini catatan apa?', 'What kind of entry is this?']
const PRICE: Pair = [
  'Itu harga satuan atau jumlah semuanya?',
  'Is that the price of one, or of all together?',
]
const WHO: Pair = ['Siapa yang berutang?', 'Who owes whom?']
const DAY: Pair = ['Untuk hari yang mana?', 'For which day?']
const QUESTIONS: Readonly<Record<string, Pair>> = {
  in_or_out: ['Uangnya masuk atau keluar?', 'Did the money come in or go out?'],
  business_or_private: ['Untuk usaha atau untuk rumah?', 'For the business or for the household?'],
  qty_price: PRICE,
  amount_unit: ['Maksudnya berapa rupiah?', 'How many rupiah do you mean?'],
  each_or_total: ['Masing-masing atau dibagi?', 'Each, or shared between them?'],
  unusual: ['Jumlahnya tidak biasa. Benar segini?', 'That is an unusual amount. Is it right?'],
  which_entry: ['Catatan yang mana?', 'Which entry?'],
  kind: KIND,
  sale_or_expense: KIND,
  refund: KIND,
  direction: WHO,
  who: WHO,
  new_or_status: WHO,
  over_balance: [
    'Itu lebih dari sisa utangnya. Berapa yang benar?',
    'That is more than is owed. How much is right?',
  ],
  money_or_goods: ['Yang diambil uang atau barang?', 'Was it money or goods?'],
  price_or_sale: ['Itu harga atau sudah terjual?', 'Is that a price, or was it sold?'],
  date_word: DAY,
  date_range: DAY,
}

export const questionText = (why: string, language: Language): string => {
  const [id, en] = QUESTIONS[why] ?? KIND
  return language === 'id' ? id : en
}

/** What to say when a message cannot become an entry, with an example. */
export function hintText(why: string, language: Language): string {
  const [id, en] = HINTS[why] ?? [
    'Belum bisa saya catat. Tulis barang dan jumlah uangnya, misalnya: jual bakso 50rb, atau: beli tepung 32rb.',
    'I could not note that yet. Write the thing and the amount, for example: jual bakso 50rb, or: beli tepung 32rb.',
  ]
  return language === 'id' ? id : en
}

const HINTS: Readonly<Record<string, Pair>> = {
  amount: ['Berapa uangnya? Tulis lagi dengan jumlahnya, misalnya: jual bakso 50rb.', 'How much was it? Write it again with the amount, for example: jual bakso 50rb.'],
  summary: ['Jumlah seminggu atau sebulan tidak dicatat sekaligus. Tulis per hari saja, misalnya: kemarin jual 300rb.', 'Totals of a week or month are not noted at once. Write them by day, for example: kemarin jual 300rb.'],
  date_invalid: ['Tanggal itu tidak ada. Tulis lagi, misalnya: tgl 20 jual 300rb.', 'There is no such date. Write it again, for example: tgl 20 jual 300rb.'],
  nothing_to_undo: ['Tidak ada catatan baru yang bisa dihapus.', 'There is no recent entry to delete.'],
  secret: ['Itu seperti kode rahasia, jadi tidak dicatat. Jangan kirim kode OTP atau PIN ke siapa pun.', 'That looks like a secret code, so it is not noted. Never send an OTP or PIN to anybody.'],
  nik: ['Itu seperti NIK, jadi tidak dicatat.', 'That looks like a NIK, so it is not noted.'],
  phone: ['Itu seperti nomor telepon, jadi tidak dicatat.', 'That looks like a phone number, so it is not noted.'],
} // prettier-ignore

const cut = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`

/** The readings as rows: at most 24 characters, and 72 for what one would write; what they differ in comes first. */
export function candidateRows(candidates: readonly (readonly Said[])[], language: Language) {
  const shared = sharedStart(candidates)
  return candidates.map((candidate, at) => {
    const all = [...candidate.slice(shared), ...candidate.slice(0, shared)]
    const [first] = all
    if (!first) return { value: String(at), label: language === 'id' ? 'Tidak dicatat' : 'Do not note it' }
    const label = `${formatRupiah(first.amount, language)} ${shortKind(first, language)}`
    const description = all.map(said => entryLine(said, language)).join('; ')
    return { value: String(at), label: cut(label, 24), description: cut(description, 72) }
  })
}

/** How many entries at the beginning are the same in every reading. */
function sharedStart([first = [], ...others]: readonly (readonly Said[])[]): number {
  const same = (at: number) => others.every(each => JSON.stringify(each[at]) === JSON.stringify(first[at]))
  const at = first.findIndex((_, place) => !same(place))
  return at < 0 || others.length === 0 ? 0 : at
}

const shortKind = ({ kind, category }: Said, language: Language): string =>
  (kind === 'expense' && category
    ? CHART[category].label[language]
    : KIND_FACTS[kind].label[language]
  ).toLowerCase()

/** Which answers are learned. Never an amount, a day or the direction of a debt. */
const LEARNED: Readonly<Record<string, LearnedQuestion>> = {
  in_or_out: 'in_out',
  qty_price: 'total_unit',
  business_or_private: 'business_home',
  sale_or_expense: 'goods_money',
}

const MONEY = new Set([
  'rb',
  'ribu',
  'rebu',
  'k',
  'jt',
  'juta',
  'rp',
  'ratus',
  'puluh',
  'belas',
  'perak',
  'setengah',
])

/** A message without its figures: what an answer is remembered for, matched as a whole. */
export const phraseOf = (text: string): string =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '' && !/\p{N}/u.test(word) && !MONEY.has(word))
    .join(' ')

/**
 * What an answer to `why` is called, so that the same answer can be given for another amount.
 * @returns undefined where nothing is learned
 */
export function answerOf(
  why: string,
  candidates: readonly (readonly Said[])[],
  at: number,
): { question: LearnedQuestion; answer: string } | undefined {
  const question = LEARNED[why]
  const [said, ...others] = candidates[at] ?? []
  if (question === undefined || said === undefined || others.length > 0) return undefined
  if (question !== 'total_unit') return { question, answer: `${said.kind} ${said.category ?? ''}`.trim() }
  const amounts = candidates.map(each => each[0]?.amount ?? 0)
  return { question, answer: said.amount === Math.min(...amounts) ? 'total' : 'satuan' }
}

/** The candidate that a learned answer means; undefined when it fits none or several. */
export function learned(
  why: string,
  candidates: readonly (readonly Said[])[],
  known: { question: LearnedQuestion; answer: string },
): readonly Said[] | undefined {
  const fitting = candidates.filter((_, at) => {
    const answer = answerOf(why, candidates, at)
    return answer?.question === known.question && answer.answer === known.answer
  })
  return fitting.length === 1 ? fitting[0] : undefined
}

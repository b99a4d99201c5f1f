import MiniSearch from 'minisearch'
import outside from '../data/outside.json' with { type: 'json' }
import { PARTICLES, POLITE } from '../lexicon.ts'
import { ledgerLexicon } from '../ledger/vocabulary.ts'
import { nearMiss, squeeze } from '../spelling.ts'
import { tokenise } from '../tokens.ts'
import { stemOf } from './stems.ts'
import type { FaqEntry, FaqHit } from './types.ts'

/** What a word of a keyword counts for: most when it is a keyword by itself ("halal"), little when it only asks ("cara"). */
const NAME = 3
const CONTENT = 2
const SMALL = 0.5
const SMALL_WORDS = new Set(['apa', 'berapa', 'siapa', 'kapan', 'bagaimana', 'cara', 'dimana', 'bisa', 'usaha', 'baru', 'bulan', 'belum', 'tahun', 'daftar', 'bayar', 'ikut', 'jual', 'umkm'].map(squeeze)) // prettier-ignore
/** The programme's own name says little beside another subject, and nothing beside a question about one of its centres. */
const PROGRAMME = 'okoce'
const CENTRE = new Set(['alamat', 'lokasi', 'klinik', 'coach', 'jadwal', 'jam', 'nomor', 'telepon', 'whatsapp', 'kantor', 'janji'].map(squeeze)) // prettier-ignore
/** Below this the question is about something else: a person is offered. */
const CONFIDENT = 2

interface Keyword {
  id: string
  entry: number
  text: string
}

export type FaqSearch = (question: string) => FaqHit | undefined

/**
 * A search over the entries that forgives spelling: chat spellings by the lexicons, then missing vowels and typing mistakes.
 * A keyword counts when every one of its words occurs in the question, in any order; the entry with the most wins.
 */
export function makeFaqSearch(entries: readonly FaqEntry[]): FaqSearch {
  const index = new MiniSearch<Keyword>({
    fields: ['text'],
    storeFields: ['entry', 'text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
  })
  const keywords = entries.flatMap(entry =>
    entry.keywords.map((keyword, at) => ({
      id: `${entry.number}.${at}`,
      entry: entry.number,
      text: fold(keyword).join(' '),
    })),
  )
  index.addAll(keywords)
  const vocabulary = new Set(keywords.flatMap(keyword => keyword.text.split(' ')))
  const names = new Set(
    keywords.map(keyword => keyword.text).filter(text => !text.includes(' ') && text !== PROGRAMME),
  )
  const weightOf = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + (SMALL_WORDS.has(squeeze(word)) ? SMALL : names.has(word) ? NAME : CONTENT), 0) // prettier-ignore
  return question => best(scores(index, termsOf(question, vocabulary), weightOf), entries)
}

/** Words in standard spelling; "ok oce" is one word, "nib-nya" and "p-irt" lose their dashes. */
function fold(text: string): string[] {
  const joined = text
    .toLowerCase()
    .replace(/(?<!\p{L})(?:\p{L}\.){2,}\p{L}?(?!\p{L})/gu, letters => letters.replaceAll('.', ''))
    .replace(/\bo+k+e*h* ?-?o+ce+\b/g, 'okoce')
    .replace(/\bp[ -]?irt\b/g, 'pirt')
    .replace(/\bspp?-?(?:p-?)?irt\b/g, 'pirt')
    .replace(/\bak ?- ?1\b/g, 'ak1')
    .replace(/\bp ?7\b/g, 'p7')
  return joined
    .split(/[^\p{L}\p{N}%]+/u)
    .filter(word => word !== '')
    .map(standard)
    .filter(
      word =>
        word !== '' && (word === 'kasih' || !POLITE.has(word)) && !(PARTICLES.has(word) && word.length < 5),
    )
}

/** Abbreviations that a lexicon would take for something else. */
const KEPT = new Set(['hpp', 'kbli', 'oss', 'bep'])

/** Words of letters get their standard spelling; "ak1", "p7" and numbers stay as they are; "cair2" is "cair-cair". */
function standard(typed: string): string {
  const word = typed.replace(/^(\p{L}{3,})2$/u, '$1').replace(/^(hpp|nib|kur|oss)nya$/, '$1')
  if (/\d/.test(word) || KEPT.has(word)) return word
  if (word === '%') return 'persen'
  if (ELSEWHERE.has(word)) return EXAMPLE
  const [token] = tokenise(word, ledgerLexicon)
  return token === undefined ? '' : (SAME[token.text] ?? SAME[token.word] ?? token.word)
}

/** Towns outside Jakarta are one to the answers: a keyword that names Bekasi holds for Depok and Medan too. */
const EXAMPLE = 'bekasi'
const ELSEWHERE = new Set(
  outside.places.flat().flatMap(name => (name.includes(' ') || name.length < 4 ? [] : [squeeze(name)])),
)

/** Words that ask for the same here. */
const SAME: Record<string, string> = {
  apan: 'apa', pengajuan: 'aju', merk: 'merek', brand: 'merek', patenin: 'paten', dipatenkan: 'paten', mematenkan: 'paten', dipatenin: 'paten', patenkan: 'paten',
  ngajuin: 'aju', mengajukan: 'aju', ngitung: 'hitung', menghitung: 'hitung', ngitungnya: 'hitung', itung: 'hitung', kalkulasi: 'hitung',
  kecampur: 'campur', nyampur: 'campur', bercampur: 'campur', tercampur: 'campur', dipisah: 'pisah', memisahkan: 'pisah', misahin: 'pisah', misah: 'pisah', pisahin: 'pisah', dipisahkan: 'pisah',
  nyari: 'cari', mencari: 'cari', nyariin: 'cari', kerjan: 'kerja', kerjaan: 'kerja', pekerjan: 'kerja', bekerja: 'kerja', gawean: 'kerja', pencari: 'pencari',
  dikasih: 'kasih', ngasih: 'kasih', pinjamkan: 'pinjam', dipinjamkan: 'pinjam', pinjaman: 'pinjam', bikinin: 'bikin', membuat: 'bikin', dibuat: 'bikin', ngurus: 'urus', mengurus: 'urus', urusin: 'urus',
  sertifikasi: 'sertifikat', label: 'label', catatan: 'catat', pencatatan: 'catat', dicatat: 'catat', mencatat: 'catat', nentuin: 'tentukan', menentukan: 'tentukan', nentukan: 'tentukan', tentuin: 'tentukan',
  izinnya: 'izin', perizinan: 'izin', ijin: 'izin', ijinnya: 'izin', ditelpon: 'telepon', sambel: 'sambal', botolan: 'botol', frozenfood: 'frozen',
} // prettier-ignore

/** The words of a question as the keywords spell them: a typing mistake is repaired towards a word of ours. */
function termsOf(question: string, vocabulary: ReadonlySet<string>): string[] {
  return fold(question).map(word => {
    if (vocabulary.has(word) || word.length < 5) return word
    const stem = stemOf(word, vocabulary)
    if (stem !== undefined) return stem
    const near = [...vocabulary].filter(
      each => each.length > 4 && each[0] === word[0] && nearMiss(word, each) !== undefined,
    )
    return near.length === 1 ? (near[0] ?? word) : word
  })
}

/** By entry: the weight of its keywords that fit whole; each word of the question counts once, plus a little for overlap. */
function scores(
  index: MiniSearch<Keyword>,
  terms: readonly string[],
  weightOf: (words: readonly string[]) => number,
): Map<number, number> {
  const said = new Set(terms)
  const isAboutCentre = terms.some(word => CENTRE.has(word))
  const found = new Map<number, Set<string>>()
  const overlap = new Map<number, number>()
  for (const hit of index.search(terms.join(' '), { combineWith: 'OR' })) {
    const words = String(hit['text']).split(' ')
    if (!words.every(word => said.has(word)) || (words[0] === PROGRAMME && words.length === 1 && isAboutCentre)) continue // prettier-ignore
    const entry = Number(hit['entry'])
    found.set(entry, new Set([...(found.get(entry) ?? []), ...words]))
    overlap.set(entry, (overlap.get(entry) ?? 0) + weightOf(words))
  }
  return new Map(
    [...found].map(([entry, words]) => [entry, weightOf([...words]) + (overlap.get(entry) ?? 0) / 100]),
  )
}

function best(found: ReadonlyMap<number, number>, entries: readonly FaqEntry[]): FaqHit | undefined {
  const [first] = [...found].sort((left, right) => right[1] - left[1] || left[0] - right[0])
  if (first === undefined || first[1] < CONFIDENT) return undefined
  const entry = entries.find(each => each.number === first[0])
  return entry === undefined ? undefined : { entry, score: first[1] }
}

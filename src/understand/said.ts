import { NEGATIONS } from './lexicon.ts'

/** How many words a negation reaches: "belum punya usaha", "tidak lagi punya kerja". */
const REACH = 2
const START = new Set(['mulai', 'buka', 'pemula', 'ide', 'sambil', 'pertama'])
const BUSINESS = new Set(['usaha', 'jualan', 'warung', 'produk'])

/** Stands between two parts of a sentence, for a comma or a full stop. */
export const PART = ','

type Words = ReadonlySet<string>

/** What a sentence about work and business says, its negations heard first. */
export class Said {
  private readonly words: readonly string[]
  /** "usaha saya", "toko kami" */
  private readonly ownBusiness: boolean

  constructor(words: readonly string[], ownBusiness: boolean) {
    this.words = words
    this.ownBusiness = ownBusiness
  }

  /** One of the words, not denied. */
  has(list: Words): boolean {
    return this.words.some((word, at) => list.has(word) && !this.isDenied(at))
  }

  /** One of the words, denied: "belum punya usaha". */
  denies(list: Words): boolean {
    return this.words.some((word, at) => list.has(word) && this.isDenied(at))
  }

  /** Two words beside each other. */
  pair(first: Words, second: Words): boolean {
    return this.words.some((word, at) => first.has(word) && second.has(this.words[at + 1] ?? ''))
  }

  private says(...words: readonly string[]): boolean {
    return words.every(word => this.words.includes(word))
  }

  private isDenied(at: number): boolean {
    const reach = this.words[at] === 'mau' ? 1 : REACH
    for (let back = at - 1; back >= Math.max(0, at - reach); back--) {
      const word = this.words[back] ?? ''
      if (word === 'tapi' || word === PART) return false
      if (word === 'mau') return NEGATIONS.has(this.words[back - 1] ?? '')
      if (NEGATIONS.has(word)) return true
    }
    return false
  }

  /** "sudah kerja", "karyawan": work is not what is wanted. */
  employed(): boolean {
    return (
      this.pair(new Set(['sudah', 'sambil', 'punya', 'jadi']), new Set(['kerja'])) || this.says('karyawan')
    )
  }

  /** "kena phk", "habis kontrak", "baru lulus", "ga kerja"; not "tidak mau kerja" and not "bukan cari kerja". */
  lostWork(): boolean {
    if (this.has(new Set(['menganggur'])) || this.says('habis', 'kontrak')) return true
    if (this.says('lulus') && !BUSINESS.has(this.words.at(-1) ?? '')) return true
    const denial = this.words.findIndex(word => NEGATIONS.has(word))
    const deniesWish =
      this.words[denial] === 'bukan' || ['mau', 'cari'].includes(this.words[denial + 1] ?? '')
    return this.denies(new Set(['kerja'])) && !deniesWish
  }

  /** "pengen jadi karyawan" */
  wishesJob(): boolean {
    return this.says('mau') && this.pair(new Set(['jadi']), new Set(['karyawan']))
  }

  /** "ngembangin usaha", "sepi", "naik kelas", "cari karyawan" */
  grows(): boolean {
    return (
      this.has(new Set(['kembang', 'sepi', 'cabang', 'omzet'])) ||
      this.says('naik', 'kelas') ||
      this.says('cari', 'karyawan')
    )
  }

  /** "mulai usaha", "buka warung", "usaha baru" */
  starts(): boolean {
    return this.has(START) || this.pair(BUSINESS, new Set(['baru']))
  }

  /** "baru buka warung": is it there, or wanted? */
  justStarted(): boolean {
    return this.pair(new Set(['baru']), new Set([...START, ...BUSINESS]))
  }

  /** "udah jualan", "usaha saya", "jualan 2 tahun", "punya warung" (but not "mau punya warung"). */
  owns(wishes: boolean): boolean {
    if (this.denies(BUSINESS) && !this.has(BUSINESS)) return false
    if (this.ownBusiness && !wishes) return true
    const already = this.words.some(
      (word, at) =>
        word === 'sudah' && !NEGATIONS.has(this.words[at + 1] ?? '') && this.words[at + 1] !== 'kerja',
    )
    const lasting = this.words.some(
      (word, at) => /^\d+$/.test(word) && ['tahun', 'bulan'].includes(this.words[at + 1] ?? ''),
    )
    const has = this.has(new Set(['punya'])) && !this.pair(new Set(['mau']), new Set(['punya']))
    return already || lasting || has || this.says('jalan')
  }
}

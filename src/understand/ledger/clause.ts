import type { Item } from './item.ts'
import { findParties, type Party } from './parties.ts'
import { FILLERS, NEGATIONS, PARTICLES, POLITE } from '../lexicon.ts'
import { BUY, GET, GIVE, OWE, SELL } from './verbs.ts'
import { METHODS, THINGS, UNITS, type Thing } from './vocabulary.ts'

export type WordItem = Extract<Item, { is: 'word' }>
export type Amount = Extract<Item, { is: 'amount' }>
export type Count = Extract<Item, { is: 'count' | 'number' }>

export interface FoundThing {
  thing: Thing
  /** Place among the words. */
  at: number
  length: number
}

/** Words that are never part of what was traded. */
const NOT_ITEM: ReadonlySet<string> = new Set([
  ...SELL, ...BUY, ...OWE, ...GET, ...GIVE, ...PARTICLES, ...POLITE, ...FILLERS, ...NEGATIONS, ...METHODS.keys(),
  'dulu', 'sudah', 'total', 'semua', 'tadi', 'pagi', 'siang', 'sore', 'malam', 'subuh', 'catat', 'uang', 'sama', 'dan', 'dari', 'harga',
  'nya', 'sisa', 'terus', 'lalu', 'habis', 'masing', 'satunya', 'dp', 'muka', 'x', 'via', 'lewat', 'rp', 'eh', 'maksudnya', 'jadi', 'tempo', 'hari',
  'jumlah', 'tambah', 'modal', 'prive', 'ada', 'alhamdulillah', 'ralat', 'salah', 'kas', 'per', 'tiap', 'plus', 'kecil', 'nanti', 'janji', 'tapi',
  'pinjam', 'pinjamkan', 'pinjaman', 'cicilan', 'angsuran', 'lunas', 'belum', 'bukan', 'jasa', 'ya',
  'sepi', 'ramai', 'cuma', 'lupa', 'hanya', 'baru', 'alhamdulilah',
]) // prettier-ignore

/** A particle elsewhere, and tea in a message about trade. */
const TEA = 'teh'

/** A part of a message that says one thing: its words, its people and its figures. */
export class Clause {
  readonly items: readonly Item[]
  readonly written: (from: number, to: number) => string
  readonly all: readonly WordItem[]
  /** Standard spellings, in order. */
  readonly words: readonly string[]
  readonly parties: readonly Party[]
  /** Things that are not part of somebody's name. */
  readonly things: readonly FoundThing[]

  constructor(items: readonly Item[], written: (from: number, to: number) => string) {
    this.items = items
    this.written = written
    this.all = items.filter((item): item is WordItem => item.is === 'word')
    this.words = this.all.map(item => item.word)
    this.parties = findParties(this.all, items, written)
    const named = this.inNames()
    this.things = THINGS.all(this.words)
      .filter(({ at }) => !named.has(at))
      .map(({ value, at, length }) => ({ thing: value, at, length }))
  }

  private inNames(): Set<number> {
    return new Set(
      this.parties
        .filter(party => party.class !== 'staff')
        .flatMap(({ at, to }) => Array.from({ length: to - at }, (_, each) => at + each)),
    )
  }

  has(...words: readonly string[]): boolean {
    return words.some(word => this.words.includes(word))
  }

  hasAny(words: ReadonlySet<string>): boolean {
    return this.words.some(word => words.has(word))
  }

  /** Words in this order, side by side. */
  says(...words: readonly string[]): boolean {
    return this.words.some((_, at) => words.every((word, away) => this.words[at + away] === word))
  }

  /** The place of the first of these words, or -1. */
  place(words: ReadonlySet<string>): number {
    return this.words.findIndex(word => words.has(word))
  }

  get amounts(): Amount[] {
    return this.items.filter((item): item is Amount => item.is === 'amount')
  }

  get counts(): Count[] {
    return this.items.filter((item): item is Count => item.is === 'count' || item.is === 'number')
  }

  get thing(): Thing | undefined {
    return this.things[0]?.thing
  }

  hasThing(...things: readonly Thing[]): boolean {
    return this.things.some(each => things.includes(each.thing))
  }

  /** What was traded, as written: the words that have no other part in the clause. */
  get item(): string | undefined {
    const kept = this.itemWords()
    const parts: string[] = []
    for (const [at, word] of kept.entries()) {
      const last = kept[at - 1]
      const near = last !== undefined && word.from - last.to < 1
      const text = this.written(word.from, word.to)
      if (near || parts.length === 0) parts.push(parts.length === 0 ? text : `${parts.pop() ?? ''} ${text}`)
      else parts.push(text)
    }
    return parts.length === 0 ? undefined : parts.join(', ').slice(0, 80)
  }

  itemWords(): WordItem[] {
    const named = new Set(
      this.parties.flatMap(({ at, to }) => Array.from({ length: to - at }, (_, each) => at + each)),
    )
    return this.all.filter((item, at) => !named.has(at) && (item.word === TEA || !NOT_ITEM.has(item.word)) && item.text.length > 1 && !(UNITS.has(item.word) && this.counts.length > 0 && this.all.length > 2 && item.word.length < 3)) // prettier-ignore
  }

  /** Its day stands after its figure: "jual es 20rb kemarin". */
  get endsWithDay(): boolean {
    const day = this.items.findIndex(item => item.is === 'date')
    return day > this.items.findIndex(item => item.is === 'amount')
  }

  /** How it was paid. */
  get method(): string | undefined {
    for (const [at, word] of this.words.entries()) {
      const method = METHODS.get(word)
      const wallet = word !== 'dana' || ['via', 'lewat', 'pakai', 'ke'].includes(this.words[at - 1] ?? '') || at === this.words.length - 1 // prettier-ignore
      if (method !== undefined && wallet) return method
    }
    return undefined
  }

  /** Who stands before the verb at a place among the words, without a preposition: who does it. */
  subject(verb: number): Party | undefined {
    return this.parties.find(party => party.to <= verb && party.preposition === '' && isPerson(party))
  }
}

export const isPerson = (party: Party): boolean => ['person', 'pronoun', 'family'].includes(party.class)

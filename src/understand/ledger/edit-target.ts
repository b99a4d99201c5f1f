import type { Clause } from './clause.ts'
import type { Context } from './context.ts'
import type { Said } from './types.ts'
import { BUY, OWE, SELL } from './verbs.ts'
import { GOODS, THINGS } from './vocabulary.ts'

export const DELETES = new Set(['batal', 'hapus', 'undo'])
/** Words that put a figure right, whatever else is said beside them: "kelebihan, harusnya 56rb". */
const PUTS_RIGHT = new Set(['salah', 'ralat', 'harusnya', 'maksudnya', 'koreksi'])
export const CHANGES = new Set([...PUTS_RIGHT, 'eh', 'bukan', 'ganti', 'ubah', 'ups', 'benar'])
export const POINTS = new Set(['tadi', 'barusan', 'terakhir', 'itu', 'yang', 'tanggal', 'jumlah'])
export const EVENTS = new Set([...SELL, ...BUY, ...OWE])

/** Which of the entries is meant: the one whose thing or person is named, or the only one. */
export function targetOf(clause: Clause, context: Context): number | undefined {
  const order = ['pertama', 'kedua', 'ketiga', 'kempat'].findIndex(word => clause.has(word))
  if (order >= 0 && order < context.recent.length) return order
  const named = context.recent.flatMap((said, at) => (isNamed(clause, said) ? [at] : []))
  if (named.length === 1) return named[0]
  if (context.recent.length === 1 && (named.length > 0 || meansTheOnly(clause))) return 0
  return clause.has('terakhir') ? context.recent.length - 1 : undefined
}

/** The clause says the thing, the person or the category of an entry. */
export function isNamed(clause: Clause, said: Said): boolean {
  const names = `${said.item ?? ''} ${said.party ?? ''} ${said.category ?? ''}`.toLowerCase().split(/[\s,]+/)
  return names.some(name => name.length > 2 && (clause.has(name) || clause.all.some(item => item.text === name))) // prettier-ignore
}

/** Nothing else is named, it is pointed at, or a figure is put right and nothing of the trade stands beside it. */
function meansTheOnly(clause: Clause): boolean {
  const named = clause.itemWords().filter(item => ![POINTS, CHANGES, DELETES].some(set => set.has(item.word)))
  if (named.length === 0 || ['itu', 'tadi'].includes(clause.words[0] ?? '') || clause.says('yang', 'tadi'))
    return true
  const elsewhere = named.some(item => GOODS.has(item.word) || THINGS.at([item.word], 0) !== undefined)
  const putsRight = clause.hasAny(PUTS_RIGHT) || clause.hasAny(DELETES)
  return putsRight && !elsewhere && clause.parties.length === 0 && !clause.hasAny(EVENTS)
}

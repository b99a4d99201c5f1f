import { readDate } from './dates.ts'
import { readRupiah, type Rupiah } from './money.ts'
import { readName } from './names.ts'
import { readNeed, type Need } from './needs.ts'
import { readPhone } from './phones.ts'
import { readPlace } from './places.ts'
import type { Place } from './regions.ts'
import { isTooLong } from './tokens.ts'
import { none, type Moment, type Reading } from './types.ts'

export type AnswerKind = 'name' | 'phone' | 'place' | 'need' | 'rupiah' | 'date'

/** What a message that answers several questions held; every part is to be shown back before it is saved. */
export interface Several {
  name?: Reading<string>
  phone?: Reading<string>
  place?: Reading<Place>
  need?: Reading<Need>
  rupiah?: Reading<Rupiah>
  date?: Reading<string>
  /** Parts that answered none of the questions, as typed ("jualan nasi uduk"). */
  rest: string[]
}

const MOST_PARTS = 12

/**
 * Reads a message that answers several of the open questions at once ("Siti, kebun jeruk, jualan nasi uduk"). Parts are
 * divided by commas, semicolons, new lines or slashes with spaces; each part goes to the first kind of `wanted` that
 * reads it, phones and places before names. A part is never guessed: what fits nothing is in `rest`. One part without a
 * divider is no such message: `undefined`.
 */
export function readSeveral(
  text: string,
  wanted: readonly AnswerKind[],
  moment: Moment,
): Several | undefined {
  if (isTooLong(text)) return undefined
  const parts = partsOf(text)
  if (parts.length < 2 || parts.length > MOST_PARTS) return undefined
  const open: Open = { wanted, found: { rest: [] }, moment, places: [] }
  for (const [at, part] of parts.entries()) if (!take(part, at, open)) open.found.rest.push(part)
  return open.found
}

const partsOf = (text: string): string[] =>
  text
    .split(/[,;\n]|\s[/|]\s|\.\s/)
    .map(part => part.trim())
    .filter(part => /[\p{L}\d]/u.test(part))

/** In this order: the more a kind can be told by its form, the earlier. A name comes last, since any word could be one. */
const ORDER: readonly AnswerKind[] = ['phone', 'rupiah', 'date', 'place', 'need', 'name']

function take(part: string, at: number, open: Open): boolean {
  const { kind: labelled, body } = labelOf(part)
  for (const kind of labelled === undefined ? ORDER : [labelled]) {
    if (!open.wanted.includes(kind) || (open.found[kind] !== undefined && kind !== 'place')) continue
    if (kind === 'name' && at > 0 && labelled === undefined) continue
    if (assign(kind, body, open)) return true
  }
  return false
}

interface Open {
  wanted: readonly AnswerKind[]
  found: Several
  moment: Moment
  /** The parts that named a place so far. */
  places: string[]
}

const LABELS: Record<string, AnswerKind> = {
  nama: 'name', name: 'name', hp: 'phone', wa: 'phone', nomor: 'phone', no: 'phone', telepon: 'phone', telp: 'phone',
  alamat: 'place', kecamatan: 'place', kelurahan: 'place', kec: 'place', kel: 'place', wilayah: 'place', modal: 'rupiah',
  omzet: 'rupiah', omset: 'rupiah', penjualan: 'rupiah', tanggal: 'date', tgl: 'date', hari: 'date', kebutuhan: 'need',
} // prettier-ignore

/** "Nama: Budi", "No HP = 0812…": the label says whose answer it is. */
function labelOf(part: string): { kind?: AnswerKind; body: string } {
  const at = part.search(/[:=]/)
  const kind = at > 0 ? LABELS[part.slice(0, at).trim().toLowerCase().split(/\s+/)[0] ?? ''] : undefined
  if (kind === undefined) return { body: part }
  return { kind, body: kind === 'place' ? part : part.slice(at + 1).trim() }
}

function assign(kind: AnswerKind, part: string, open: Open): boolean {
  if (kind === 'place') return assignPlace(part, open)
  const reading = READERS[kind](part, open.moment)
  if (reading.kind !== 'value') return false
  Object.assign(open.found, { [kind]: reading })
  return true
}

const READERS = {
  phone: (part: string) => readPhone(part),
  rupiah: (part: string) => (/\d|ribu|juta|rupiah/i.test(part) ? readRupiah(part) : none<Rupiah>('unread')),
  date: (part: string, moment: Moment) => readDate(part, moment),
  need: (part: string) => readNeed(part),
  name: (part: string) => readName(part),
}

/** A second place narrows the first ("cideng, gambir"); a look-alike stays a question, a typing mistake is left over. */
function assignPlace(part: string, { found, places }: Open): boolean {
  const alone = readPlace(part)
  const joint = readPlace([...places, part].join(' '))
  if (alone.kind === 'none' || alone.kind === 'approximate' || joint.kind === 'none') return false
  places.push(part)
  found.place = joint
  return true
}

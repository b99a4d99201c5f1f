import { FILLERS, NEGATIONS, PARTICLES, POLITE } from '../lexicon.ts'
import type { Item } from './item.ts'
import { BUY, OWE, SELL } from './verbs.ts'

const ASKS = new Set(['berapa', 'siapa', 'kapan', 'kenapa', 'dimana', 'bagaimana', 'apakah', 'bolehkah', 'bisakah', 'tanya', 'cara', 'kah', 'gimana', 'mana', 'apa', 'syarat', 'syaratnya']) // prettier-ignore
const COMMANDS = new Set(['laporan', 'rekap', 'ringkasan', 'template', 'format', 'download', 'unduh', 'grafik', 'menu', 'bantuan2', 'ringkas', 'lihat', 'tampilkan', 'cek', 'daftar', 'jadwal', 'janji']) // prettier-ignore
const WISHES = new Set(['mau', 'rencana', 'butuh', 'misal', 'kalau', 'akan', 'bakal', 'ingin', 'seandainya', 'semoga', 'mudah', 'harus', 'mending', 'jangan']) // prettier-ignore
const TOLD = new Set(['lowongan', 'disuruh', 'katanya', 'calo', 'penipu', 'penipuan', 'oknum', 'sejak', 'lulusan', 'ditipu']) // prettier-ignore
const HABITS = new Set([
  'biasanya',
  'rata',
  'ratarata',
  'kadang',
  'paling',
  'umumnya',
  'standarnya',
  'normalnya',
])
const EARNS = new Set(['omzet', 'penghasilan', 'pendapatan', 'penjualan', 'jualan', 'untung', 'laba', 'gaji', 'laku', 'jual', 'dapat']) // prettier-ignore

/** Asked in words or with a sign: "berapa …", "… gak", "…?". */
export const isAsking = (items: readonly Item[]): boolean =>
  items.some(item => item.word === '?') ||
  isAsked(items.filter(item => item.is === 'word').map(item => item.word))

/** Questions, plans, denials and remarks record nothing: the reason, or undefined for what may be an entry. */
export function nothingBooked(items: readonly Item[]): string | undefined {
  const words = items.filter(item => item.is === 'word').map(item => item.word)
  const money = items.some(item => item.is === 'amount')
  return secretOf(items, words, money) ?? notSaid(items, words, money) ?? notDone(items, words, money)
}

const CODES = new Set(['otp', 'pin', 'password', 'sandi'])
const some = (words: readonly string[], set: ReadonlySet<string>): boolean =>
  words.some(word => set.has(word))

function secretOf(items: readonly Item[], words: readonly string[], money: boolean): string | undefined {
  const secret = items.find(item => item.is === 'secret')
  if (secret?.is === 'secret' && !money) return secret.why
  return some(words, CODES) ? 'secret' : undefined
}

/** Asked, ordered, or told about somebody else. */
function notSaid(items: readonly Item[], words: readonly string[], money: boolean): string | undefined {
  if (isAsking(items)) return 'question'
  if (some(words, COMMANDS) && (!money || words.includes('cek'))) return 'command'
  const once = words.includes('dulu') && items.some(item => item.is === 'skip' && item.word === 'tahun')
  return once || some(words, TOLD) || (!money && isRemark(words)) ? 'statement' : undefined
}

/** Not done: a day off, a plan, a denial, a habit, a price. */
function notDone(items: readonly Item[], words: readonly string[], money: boolean): string | undefined {
  if (!money && isDayOff(words)) return 'no_trade'
  if (isWish(words)) return 'plan'
  if (isDenied(words) || words.some(word => ['batal', 'hapus', 'dibatalkan'].includes(word))) return 'negated'
  if (isHabit(items, words)) return 'period_figure'
  const traded = some(words, SELL) || some(words, BUY) || some(words, OWE)
  return words.includes('harga') && !traded ? 'price' : undefined
}

const GONE = new Set(['habis', 'mati', 'rusak', 'bocor', 'mogok', 'hilang'])

/** "stok tinggal 2 kg", "saya jual bakso di tebet": nothing happened. */
const isRemark = (words: readonly string[]): boolean =>
  words.includes('tinggal') ||
  GONE.has(words.at(-1) ?? '') ||
  words.some(
    (word, at) =>
      ['saya', 'kami'].includes(word) && ['jual', 'jualan', 'dagang'].includes(words[at + 1] ?? ''),
  )

/** "…, harga tepung naik ya?": small talk about prices after entries does not take them back. */
export function withoutRemarks(items: readonly Item[]): readonly Item[] {
  const chunks: Item[][] = [[]]
  for (const item of items) {
    if ([',', ';', '\n', '.'].includes(item.word)) chunks.push([item])
    else chunks.at(-1)?.push(item)
  }
  const kept = chunks.filter(chunk => !(chunk.some(item => item.word === 'harga') && chunk.every(item => item.is !== 'amount'))) // prettier-ignore
  return kept.some(chunk => chunk.some(item => item.is === 'amount')) ? kept.flat() : items
}

/** Particles at the end do not hide the "ga" of a question: "bisa pinjam 5jt gak ya". */
function isAsked(words: readonly string[]): boolean {
  if (words.some((word, at) => ASKS.has(word) && !isSaid(words, at))) return true
  const core = words.filter(word => !PARTICLES.has(word) && !POLITE.has(word))
  const last = core.at(-1) ?? ''
  return last === 'tidak' && core.length > 1 && words.length > 1
}

/** "dan apa", "apa aja" ask; "cara" and "mana" do not stand in an entry; "entah berapa" does not occur. */
const isSaid = (words: readonly string[], at: number): boolean =>
  words[at] === 'apa' && ['jadi', 'tidak'].includes(words[at - 1] ?? '')

const isDayOff = (words: readonly string[]): boolean =>
  words.includes('libur') ||
  words.includes('sepi') ||
  (words.some(word => NEGATIONS.has(word)) && words.some(word => ['jualan', 'jual', 'laku', 'dagang', 'buka'].includes(word))) // prettier-ignore

/** "mau catat jual bakso 50rb" is an entry, "mau beli tepung" is a plan. */
function isWish(words: readonly string[]): boolean {
  const at = words.findIndex(word => WISHES.has(word))
  if (at < 0) return false
  const next = words.slice(at + 1).find(word => !FILLERS.has(word) && !PARTICLES.has(word))
  return !(words[at] === 'mau' && (next === 'catat' || next === 'lapor' || words[at - 1] === 'yang'))
}

/** "gak jadi beli tepung", "tidak laku", "bukan jual": denied, unless a correction or an unpaid debt follows. */
function isDenied(words: readonly string[]): boolean {
  return words.some((word, at) => {
    if (word === 'bukan') return !words.includes('tapi') && !words.includes('eh')
    if (word !== 'tidak' && word !== 'tanpa') return false
    const next = words[at + 1] ?? ''
    return !['apa', 'langsung', 'terduga', 'sengaja'].includes(next)
  })
}

/** "omzet saya 300rb sehari": what is usual, not what happened. */
function isHabit(items: readonly Item[], words: readonly string[]): boolean {
  if (words.some(word => HABITS.has(word)) && !words.includes('bayar')) return true
  const wage = words.indexOf('gaji')
  if (wage >= 0 && !['saya', 'per', undefined].includes(words[wage + 1])) return false
  const period = items.some(item => item.is === 'period' && !item.month)
  const paid = words.some(word => ['bayar', 'beli', 'transfer', 'kasih', 'sewa', 'karyawan', 'iuran', 'wifi'].includes(word)) // prettier-ignore
  return period && !paid && words.some(word => EARNS.has(word)) && !items.some(item => item.is === 'date')
}

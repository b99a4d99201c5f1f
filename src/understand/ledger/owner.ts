import type { Clause } from './clause.ts'
import { isPerson } from './clause.ts'
import { BUY, GET, HOUSE, SELL } from './verbs.ts'
import { GOODS, SERVICES } from './vocabulary.ts'
import { asks, entry, nothing, type Verdict } from './verdict.ts'

const WALLETS = ['gopay', 'ovo', 'dana', 'shopeepay', 'linkaja', 'saldo', 'emoney', 'flazz']

/** "simpen 100rb buat bayar sewa": still there. */
const SETS_ASIDE = ['simpan', 'simpen', 'nyimpen', 'sisihkan', 'sisihin', 'nyisihin']

/** Money that only changes its place: till to bank, notes to coins, cash to wallet. */
export function ownTransfer(clause: Clause): Verdict | undefined {
  const bank =
    clause.has('atm', 'rekening', 'bank', 'tunai', 'tabungan') || clause.has('bca', 'bri', 'bni', 'mandiri')
  if (clause.has('pindah', 'pindahin', 'mindahin', ...SETS_ASIDE)) return nothing('transfer_own')
  if (clause.has('modal', 'cicilan', 'angsuran', 'bunga', 'admin', 'kas', 'biaya', 'potongan', 'pinjaman', 'pinjam', 'kur', 'utang')) return undefined // prettier-ignore
  if (clause.has('tarik') && bank) return nothing('transfer_own')
  if (clause.has('setor') && bank && !clause.has('koperasi')) return nothing('transfer_own')
  if (clause.has('nabung') || (clause.has('tukar') && clause.things.length === 0)) return nothing('transfer_own') // prettier-ignore
  const filled = clause.has('isi', 'topup', 'top') && clause.has(...WALLETS)
  return filled && !clause.hasThing('utilitas') ? nothing('transfer_own') : undefined
}

const TAKES = ['ambil', 'tarik', 'pakai', 'minta', 'keluar', 'pengeluaran']
const GIVES = ['kasih', 'transfer', 'kirim', 'setor', 'bayar', 'bayarin', 'belikan', 'untuk', 'belanja', 'ongkos', 'jatah', 'uang', ...TAKES] // prettier-ignore
/** What an owner takes money for, that is no cost of a business. */
const PERSONAL = new Set(
  'jajan makan rokok kopi rumah pribadi sekolah dapur keluarga sendiri hidup'.split(' '),
)

/** The owner or the family takes money out: the household in any clothing. */
export function prive(clause: Clause): Verdict | undefined {
  if (clause.has('prive')) return entry({ kind: 'prive' })
  if (isBusiness(clause)) return undefined
  if (isForTrade(clause))
    return asks('business_or_private', { kind: 'purchase', category: 'bahan' }, { kind: 'prive' })
  if (clause.hasThing('household') || atHome(clause)) return homeUnclear(clause) ?? entry({ kind: 'prive' })
  const family = clause.parties.find(party => party.class === 'family')
  if (family !== undefined) return byFamily(clause, family.name)
  const personal = clause.words.some(
    (word, at) => word === 'untuk' && PERSONAL.has(clause.words[at + 1] ?? ''),
  )
  const takes = clause.has('ambil', 'tarik', 'pakai', 'keluar')
  if (!takes) return personal && clause.hasAny(BUY) ? entry({ kind: 'prive' }) : undefined
  const own = clause.has('pribadi') && !clause.has('masukin')
  return personal || own ? entry({ kind: 'prive' }) : taken(clause)
}

/** "beli obat ikan", "beli kertas kado": a thing of the household with a word beside it that says for what, or what it is. */
function isForTrade(clause: Clause): boolean {
  const household = clause.things.filter(({ thing }) => thing === 'household')
  const [only] = household
  if (only === undefined || household.length > 1 || only.length > 1) return false
  if (!clause.hasAny(BUY) && !TRADED.has(clause.words[only.at] ?? '')) return false
  const forOneself = clause.parties.some(party => party.class === 'family') || clause.has('sendiri')
  return isNamedFurther(clause, only.at) && !forOneself
}

/** A word of the goods stands right before or after a place among the words. */
function isNamedFurther(clause: Clause, at: number): boolean {
  const items = clause.itemWords()
  const [before, word, after] = [clause.all[at - 1], clause.all[at], clause.all[at + 1]]
  if (before !== undefined && before.to === word?.from && items.includes(before)) return true
  return after !== undefined && after.from === word?.to && items.includes(after)
}

/** "uang kos dari penyewa": it came in. "listrik toko dan rumah": for both. */
function homeUnclear(clause: Clause): Verdict | undefined {
  const from = clause.words.findIndex(
    (word, at) => word === 'dari' && !OWN_MONEY.has(clause.words[at + 1] ?? ''),
  )
  if (from >= 0 && from < clause.words.length - 1)
    return asks('in_or_out', { kind: 'other_income', category: 'pendapatan_lain' }, { kind: 'prive' })
  const both = ['dan', 'sama'].some(joint => clause.says(joint, 'rumah') || clause.says('rumah', joint))
  const shared = both && clause.has('toko', 'warung', 'kios', 'usaha', 'lapak', 'salon', 'bengkel')
  return shared
    ? asks('business_or_private', { kind: 'expense', category: 'lain' }, { kind: 'prive' })
    : undefined
}

/** "dari uang jualan": where the owner's own money was. */
const OWN_MONEY = new Set([
  ...HOUSE,
  'uang',
  'hasil',
  'saldo',
  'tabungan',
  'omzet',
  'modal',
  'untung',
  'rekening',
  'atm',
  'rumah',
  'pagi',
  'kemarin',
])

/** Things of a household that are goods elsewhere: "obat ikan", "vitamin rambut". */
const TRADED = new Set(['obat', 'vitamin', 'baju', 'sepatu', 'sendal', 'mainan', 'bedak', 'skincare'])

/** Sales, income, staff, wages, repairs and rent are the business's, whoever is named beside them. */
function isBusiness(clause: Clause): boolean {
  const staff = clause.parties.some(party => party.class === 'staff') || clause.has('karyawan')
  const sells = clause.hasAny(SELL) && !clause.has('jualan', 'hasil')
  // "rias pengantin", "jahit baju": work done, unless somebody pays for it.
  const serves = clause.hasAny(SERVICES) && !clause.has(...GIVES) && !clause.hasAny(BUY)
  return (
    serves ||
    clause.has('bonus', 'hadiah', 'undian') ||
    staff ||
    sells ||
    clause.hasAny(GET) ||
    clause.has('modal', 'gaji', 'servis', 'sewa')
  )
}

/** "listrik rumah", "buat rumah", "gas di rumah". */
const atHome = (clause: Clause): boolean =>
  clause.has('rumah') &&
  !clause.parties.some(isPerson) &&
  (clause.says('untuk', 'rumah') || clause.says('di', 'rumah') || clause.says('ke', 'rumah') || clause.hasThing('utilitas', 'sewa', 'iuran', 'perawatan') || clause.hasAny(BUY) || clause.has('kebutuhan', 'keperluan', 'ambil')) // prettier-ignore

const GIVING = new Set(['kasih', 'transfer', 'kirim'])

/** "kasih ibu", "kirim kampung", "anak minta". "suami beli gas" is an errand. */
function byFamily(clause: Clause, name: string): Verdict | undefined {
  // "ibu ngasih 200rb": the one who gives stands first.
  const giver = clause.subject(clause.place(GIVING))
  if (giver?.class === 'family' && clause.things.length === 0 && !clause.has('minta'))
    return asks('in_or_out', { kind: 'capital', party: name }, { kind: 'prive', party: name })
  if (clause.hasAny(BUY) && !clause.has('untuk', 'kasih')) return undefined
  if (clause.hasAny(new Set(['bayar'])) && clause.things.length > 0 && !clause.has('untuk')) return undefined
  return clause.has(...GIVES) ? entry({ kind: 'prive', party: name }) : undefined
}

/** "ambil uang kas 100rb"; what it is for decides, where it is said. */
function taken(clause: Clause): Verdict | undefined {
  if (clause.things.length > 0 || clause.hasAny(BUY) || clause.hasAny(GOODS)) return undefined
  if (clause.has('dulu') || clause.parties.length > 0) return undefined
  const fromTill = clause.words.some((word, at) => HOUSE.has(word) && ['dari', 'uang', 'ambil', 'di'].includes(clause.words[at - 1] ?? '')) // prettier-ignore
  if (fromTill && !clause.has('untuk') && !clause.has('keluar')) return entry({ kind: 'prive' })
  return clause.has('ambil', 'tarik') ? asks('kind', { kind: 'prive' }) : undefined
}

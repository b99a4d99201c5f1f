import { isPerson, type Clause } from './clause.ts'
import { withParty } from './trade.ts'
import { asks, entry, type Says, type Verdict, SALE } from './verdict.ts'
import { SERVICES, type Thing } from './vocabulary.ts'

/** Things that work is done on. */
const AROUND: ReadonlySet<Thing> = new Set(['perawatan', 'alat', 'household', 'bahan'])

const FEES = ['upah', 'ongkos', 'biaya']
/** Work that some trades sell and others pay for. */
const WORKS = new Set('pasang bongkar las rakit giling gali cor instal panggil panggilan'.split(' '))
const WAGE: Says = { kind: 'expense', category: 'gaji' }
const REPAIR: Says = { kind: 'expense', category: 'perawatan' }

/** Work done for somebody, or paid to somebody. */
export const service = (clause: Clause): Verdict | undefined => fee(clause) ?? work(clause)

/** "ongkos pasang 30rb", "upah jahit 50rb": earned, or paid to who does it. */
function fee(clause: Clause): Verdict | undefined {
  const named = clause.words.some(
    (word, at) => (SERVICES.has(word) || WORKS.has(word)) && FEES.includes(clause.words[at - 1] ?? ''),
  )
  if (!named) return undefined
  return clause.has('bayar', 'kasih') ? entry(WAGE) : asks('in_or_out', withParty(clause, SALE), WAGE)
}

function work(clause: Clause): Verdict | undefined {
  const at = clause.place(SERVICES)
  if (at < 0 || clause.has('bayar', 'gaji', 'sewa', 'beli', 'tukang', 'sabun', 'karyawan', ...FEES))
    return undefined
  // "transport rias", "plastik laundry", "kirim jahitan pake gojek": a cost of the work.
  if (clause.has('kirim', 'antar') && clause.hasThing('transport')) return undefined
  if (clause.things.some(each => each.at < at && !AROUND.has(each.thing))) return undefined
  const sale = withParty(clause, SALE)
  if (clause.counts.some(count => count.is === 'count' && count.unit === 'orang')) return entry(sale)
  const named = clause.things.some(each => each.length > 1 && at >= each.at && at < each.at + each.length)
  if (named && clause.counts.length === 0) return undefined
  const served = clause.parties.some(party => isPerson(party) && party.preposition !== 'ke')
  if (served && clause.words[at] !== 'servis') return entry(sale)
  const ownTool = clause.things.some(each => each.thing === 'alat' && each.at !== at)
  const mended = ownTool && clause.counts.length === 0 && !served
  return mended ? entry(REPAIR) : asks('sale_or_expense', sale, REPAIR)
}

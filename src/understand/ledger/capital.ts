import type { Clause } from './clause.ts'
import { BUY, SELL } from './verbs.ts'
import { asks, entry, type Says, type Verdict } from './verdict.ts'

/** The owner puts money in. */
export function capital(clause: Clause): Verdict | undefined {
  if (clause.has('saldo', 'kas', 'uang') && clause.has('awal'))
    return entry({ kind: 'capital', opening: true })
  if (clause.has('modal')) return capitalNamed(clause)
  const own = clause.has('pribadi', 'sendiri', 'tabungan')
  const puts = clause.has('masukin', 'tambah', 'setor', 'masuk')
  if (puts && own) return entry({ kind: 'capital' })
  if (clause.has('tambah') && clause.has('kas')) return entry({ kind: 'capital' })
  if (own && clause.hasAny(BUY) && clause.has('pakai'))
    return asks('kind', { kind: 'purchase', category: 'bahan' }, { kind: 'capital' })
  return undefined
}

function capitalNamed(clause: Clause): Verdict | undefined {
  if (clause.hasAny(SELL) && !clause.has('jualan')) return undefined
  const from = clause.parties.find(party => ['family', 'person', 'lender', 'shop'].includes(party.class))
  if (from?.class === 'lender') return undefined
  const goods: Says = { kind: 'purchase', category: 'bahan' }
  // "modal 200rb buat belanja": put in, or spent.
  if (clause.hasAny(BUY)) return clause.has('untuk') ? asks('kind', { kind: 'capital' }, goods) : undefined
  const party = from === undefined ? {} : { party: from.name }
  const given = from !== undefined && from.preposition === '' && clause.words[from.to] === 'kasih'
  const clear = given || clause.has('tambah', 'setor', 'setoran', 'masukin', 'awal', 'dari', 'untuk', 'suntik', 'dikasih', 'dapat', 'masuk', 'pribadi', 'sendiri') // prettier-ignore
  if (clear && !clause.has('balik', 'bayar', 'keluar')) return entry({ kind: 'capital', ...party })
  return asks('kind', { kind: 'capital' }, goods)
}

import type { Clause } from './clause.ts'
import type { Context } from './context.ts'
import { owing } from './credit.ts'
import { capital } from './capital.ts'
import { ownTransfer, prive } from './owner.ts'
import { instalment } from './instalments.ts'
import { paying } from './paying.ts'
import { cost } from './costs.ts'
import { income } from './incomes.ts'
import { boughtAs } from './buying.ts'
import { service } from './services.ts'
import { downPayment } from './deposits.ts'
import { platform, trade } from './trade.ts'
import { SELL } from './verbs.ts'
import { asks, entry, nothing, type Verdict } from './verdict.ts'

type Rule = (clause: Clause, context: Context) => Verdict | undefined

const refunded: Rule = clause =>
  clause.has('refund') || (clause.has('balikin') && clause.parties.some(party => party.class === 'customer'))
    ? asks('refund')
    : undefined

/** "abis 85rb buat bumbu": money that is gone, and what for. */
const spent: Rule = clause =>
  clause.has('habis') && (clause.has('untuk') || clause.things.length > 0) && !clause.hasAny(SELL)
    ? entry(boughtAs(clause))
    : undefined

/** "bu haji kurang bayar 150rb", "kelebihan transfer 20rb": what is between two people, not what was paid. */
const mispaid: Rule = clause =>
  clause.says('kurang', 'bayar') || clause.says('lebih', 'bayar') || clause.has('kelebihan', 'kekurangan')
    ? asks('kind')
    : undefined

/** "belum bayar listrik": not yet. */
const notYet: Rule = clause =>
  clause.has('belum') && !clause.says('belum', 'catat') ? nothing('plan') : undefined

/** "untung 200rb": computed, never written down. */
const profit: Rule = clause =>
  clause.has('untung', 'laba', 'rugi') && !clause.says('ganti', 'rugi') ? nothing('summary') : undefined

/** In this order: what is certain by its own words first, the plain verbs of trade after, a name of a cost last. */
const RULES: readonly Rule[] = [
  refunded,
  mispaid,
  ownTransfer,
  owing,
  notYet,
  instalment,
  capital,
  downPayment,
  paying,
  prive,
  profit,
  platform,
  spent,
  trade,
  income,
  service,
  cost,
]

/** What kind of entry a clause is, or the question that only its writer can answer. */
export function decide(clause: Clause, context: Context): Verdict {
  for (const rule of RULES) {
    const verdict = rule(clause, context)
    if (verdict !== undefined) return verdict
  }
  return asks('kind')
}

import { isTooLong } from '../tokens.ts'
import type { Moment } from '../types.ts'
import type { Clause } from './clause.ts'
import { NO_CONTEXT, type Context } from './context.ts'
import { whenOf, type When } from './days.ts'
import { decide } from './decide.ts'
import { lateDay } from './doubts.ts'
import { changeOf } from './edits.ts'
import { isAsking, nothingBooked, withoutRemarks } from './gates.ts'
import { withInterest } from './interest.ts'
import type { Item } from './item.ts'
import { scanMessage } from './items.ts'
import { corrected, partlyPaid } from './patterns.ts'
import { priceOf, type Price, type Priced } from './price.ts'
import type { LedgerReading } from './result.ts'
import { overPaid, settledPrice } from './settling.ts'
import { clausesOf } from './split.ts'
import { repeated, together } from './together.ts'
import type { Said } from './types.ts'
import { BUY, OWE, SELL } from './verbs.ts'
import { THINGS } from './vocabulary.ts'
import type { Says, Verdict } from './verdict.ts'

/**
 * Reads a message for the books. Nothing is guessed: what could be two things is asked, with both as candidates; a question,
 * a plan, a price or a remark records nothing. Days look back from `moment`; `context` is what the books say already.
 * Reasons for `ask`: `kind`, `direction`, `who`, `in_or_out`, `business_or_private`, `sale_or_expense`, `qty_price`,
 * `amount`, `amount_unit`, `unusual`, `date_word`, `date_range`, `date_invalid`, `each_or_total`, `new_or_status`, `over_balance`, `money_or_goods`, `price_or_sale`, `repeat`, `which_entry`, `what_to_fix`,
 * `summary`, `refund`; for `none`: `question`, `command`, `plan`, `negated`, `statement`, `period_figure`, `price`,
 * `no_trade`, `transfer_own`, `secret`, `nik`, `phone`, `summary`, `nothing_to_undo`, `unread`, `too_long`.
 */
export function readLedger(text: string, moment: Moment, context: Context = NO_CONTEXT): LedgerReading {
  if (isTooLong(text)) return { is: 'none', why: 'too_long' }
  const scanned = scanMessage(text)
  const items = corrected(withoutRemarks(scanned.items))
  const change = changeOf({ ...scanned, items: scanned.items }, moment, context)
  if (change !== undefined) return change
  const why = nothingBooked(items)
  if (why !== undefined) return { is: 'none', why }
  if (!isAboutMoney(items, context)) return { is: 'none', why: 'unread' }
  const clauses = clausesOf({ ...scanned, items })
  const parts = clauses.map(clause => readClause(clause, moment, context))
  const reading = together(parts)
  const doubt = reading.is === 'entries' ? lateDay(clauses, parts, reading.entries) : undefined
  return doubt ?? repeated(reading, items, context)
}

/** Whether a message asks something, whatever it is about. */
export const isQuestion = (text: string): boolean => !isTooLong(text) && isAsking(scanMessage(text).items)

/** An amount, or a word of trade: "jual bakso" asks for its amount, "halo" records nothing. */
function isAboutMoney(items: readonly Item[], context: Context): boolean {
  if (items.some(item => item.is === 'amount')) return true
  const words = items.filter(item => item.is === 'word').map(item => item.word)
  const counted = items.some(item => item.is === 'number')
  if (counted && words.some(word => TRADES.has(word) || THINGS.at([word], 0) !== undefined)) return true
  if (words.length < 2 && context.open.length === 0) return false
  if (words.length > 1 && words.some(word => TRADES.has(word))) return true
  if (!words.some(word => BILLS.has(word))) return false
  const bill = words.length > 1 && THINGS.all(words).length > 0
  return bill || context.open.length > 0 || items.some(item => item.is === 'number')
}

const TRADES = new Set([...SELL, ...BUY, ...OWE].filter(word => word !== 'jualan'))
const BILLS = new Set('bayar lunas lunasi balikin gaji cicilan angsuran listrik bensin parkir'.split(' '))

export function readClause(clause: Clause, moment: Moment, context: Context): LedgerReading {
  const partly = partlyPaid(clause, moment) ?? withInterest(clause, moment)
  if (partly !== undefined) return partly
  const verdict = decide(clause, context)
  if (verdict.is === 'none') return verdict
  const when = whenOf(clause, moment)
  if (when.day.kind === 'none')
    return when.day.why === 'future'
      ? { is: 'none', why: 'plan' }
      : { is: 'ask', why: 'date_invalid', candidates: [] }
  const priced = priceIn(clause, verdict, context)
  if (priced.is === 'none')
    return priced.why === 'price' ? priced : { is: 'ask', why: 'amount', candidates: [] }
  const candidates = readingsOf(clause, verdict, priced, when)
  const why = verdict.is === 'ask' ? verdict.why : priced.is === 'ask' ? priced.why : dateWhy(when.day)
  const [only] = candidates
  if (why === undefined && only !== undefined) return eachOrTotal(clause, only)
  return { is: 'ask', why: why ?? 'amount', candidates }
}

type Decided = Exclude<Verdict, { is: 'none' }>

function priceIn(clause: Clause, verdict: Decided, context: Context): Priced {
  const sale = verdict.is === 'ask' ? verdict.options[0]?.kind === 'sale' : verdict.says.kind === 'sale'
  const priced = settledPrice(clause, verdict, context) ?? priceOf(clause, sale)
  return overPaid(verdict, priced, context) ?? priced
}

/** Every combination of what it may be, on which day and for how much. */
function readingsOf(clause: Clause, verdict: Decided, priced: Priced, when: When): Said[][] {
  const options = verdict.is === 'ask' ? verdict.options : [verdict.says]
  const prices = priced.is === 'price' ? [priced.price] : priced.is === 'ask' ? priced.prices : []
  const days = 'value' in when.day ? [when.day.value] : when.day.kind === 'ask' ? when.day.candidates : []
  return options.flatMap(says =>
    days.flatMap(date => prices.map(price => [saidOf(clause, says, price, { date, due: when.due })])),
  )
}

function dateWhy(day: When['day']): string | undefined {
  if ('value' in day) return undefined
  return day.kind === 'ask' && (day.why === 'which_day' || day.why === 'several') ? 'date_range' : 'date_word'
}

/** "bu ani sama pak budi utang 20rb": each, or together? */
function eachOrTotal(clause: Clause, said: Said[]): LedgerReading {
  const [first] = said
  const people = clause.parties.filter(party => party.class === 'person' && party.preposition !== 'ke')
  if (first === undefined || first.kind !== 'receivable' || people.length < 2)
    return { is: 'entries', entries: said }
  const of = (amount: number): Said[] => people.map(party => ({ ...first, amount, party: party.name }))
  const half = Math.round(first.amount / people.length)
  return { is: 'ask', why: 'each_or_total', candidates: [of(first.amount), of(half)] }
}

export function saidOf(
  clause: Clause,
  says: Says,
  price: Price,
  when: { date: string; due: string | undefined },
): Said {
  const { item, method } = clause
  const debt = says.kind === 'receivable' || says.kind === 'payable'
  return {
    ...says,
    amount: price.amount,
    date: when.date,
    ...(item === undefined || says.kind === 'prive' ? {} : { item }),
    ...(price.qty === undefined ? {} : { qty: price.qty }),
    ...(price.unitPrice === undefined ? {} : { unitPrice: price.unitPrice }),
    ...(method === undefined || debt ? {} : { method }),
    ...(when.due === undefined || !debt ? {} : { due: when.due }),
    ...(price.full === true ? { full: true as const } : {}),
  }
}

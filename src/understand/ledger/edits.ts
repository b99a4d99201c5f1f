import { FILLERS, PARTICLES, POLITE } from '../lexicon.ts'
import type { Moment } from '../types.ts'
import { Clause } from './clause.ts'
import type { Context } from './context.ts'
import { changeIn } from './edit-fields.ts'
import { CHANGES, DELETES, EVENTS, isNamed, POINTS, targetOf } from './edit-target.ts'
import { isAsking } from './gates.ts'
import type { Message } from './item.ts'
import type { LedgerReading } from './result.ts'
import type { Said } from './types.ts'

/** A change to what was just recorded: taken back, or one thing of it put right. Undefined for a message of its own. */
export function changeOf(message: Message, moment: Moment, context: Context): LedgerReading | undefined {
  const clause = new Clause(message.items, message.written)
  const deletes = isDeletion(clause)
  if (context.recent.length === 0) {
    const bare = clause.amounts.length === 0 && clause.itemWords().every(item => POINTS.has(item.word))
    return deletes && bare ? { is: 'none', why: 'nothing_to_undo' } : undefined
  }
  if (isAsking(message.items)) return undefined
  if (deletes) return deletion(clause, context)
  return isChange(clause) || repricesKnown(clause, context) ? edited(clause, moment, context) : undefined
}

function isDeletion(clause: Clause): boolean {
  if (clause.hasAny(DELETES)) return !clause.has('jangan')
  return clause.says('tidak', 'jadi')
}

function deletion(clause: Clause, context: Context): LedgerReading | undefined {
  const at = targetOf(clause, context)
  const said = at === undefined ? undefined : context.recent[at]
  if (at !== undefined && said !== undefined) {
    const [amount] = clause.amounts
    return amount === undefined || amount.value === said.amount
      ? { is: 'delete', at, entry: said }
      : undefined
  }
  const unnamed = clause.itemWords().every(item => POINTS.has(item.word) || DELETES.has(item.word))
  return unnamed
    ? { is: 'ask', why: 'which_entry', candidates: context.recent.map(each => [each]) }
    : undefined
}

/** "eh salah, 45rb", "yang tadi jadi 55rb", "eh itu kemarin", "bukan jual, beli", "daging harusnya 165rb". */
const isChange = (clause: Clause): boolean =>
  (clause.hasAny(CHANGES) && !givesBack(clause)) || points(clause) || renews(clause)

/** "bu tari ganti 40rb": who pays for something. */
const givesBack = (clause: Clause): boolean =>
  clause.subject(clause.place(CHANGES)) !== undefined &&
  clause.words.every(word => word === 'ganti' || !CHANGES.has(word))

/** "itu kemarin", "yang tadi bukan tunai", "yang kemarin salah". */
function points(clause: Clause): boolean {
  const still = clause.amounts.length === 0 && !clause.has('jadi', 'bagaimana')
  if (['itu', 'tadi'].includes(clause.words[0] ?? '') && still) return true
  const placed = clause.has('tadi', 'barusan') || clause.items.some(item => item.is === 'date')
  return placed && clause.has('yang') && clause.has('itu')
}

/** "yang bensin 25rb", "nasi jadi 65rb", "yang kedua jadi 38rb": a new figure, and nothing that happened. */
function renews(clause: Clause): boolean {
  if (clause.has('yang') && clause.has('jadi', 'pertama', 'kedua', 'ketiga')) return true
  const figure = clause.amounts.length === 1 && !clause.hasAny(EVENTS)
  return figure && (clause.words[0] === 'yang' || (clause.has('jadi') && clause.counts.length === 0))
}

/** "gasnya 23rb": a new figure for a thing that was just written down, and nothing else. */
function repricesKnown(clause: Clause, context: Context): boolean {
  const [word, ...others] = clause.all
  const definite = others.length === 0 && clause.amounts.length === 1 && word?.text.endsWith('nya') === true
  return definite && context.recent.some(said => isNamed(clause, said))
}

/** "bukan jual, beli", "qris bukan tunai": only what is not denied. */
function meant(clause: Clause): Clause {
  const at = clause.items.findIndex(item => item.word === 'bukan')
  if (at < 0) return clause
  const end = clause.items.findIndex(
    (item, place) => place > at + 1 && (item.word === ',' || item.word === 'tapi'),
  )
  const rest =
    end < 0 ? clause.items.slice(0, at) : [...clause.items.slice(0, at), ...clause.items.slice(end + 1)]
  const says = rest.some(item => item.is !== 'sign' && !CHANGES.has(item.word) && !POINTS.has(item.word))
  return says ? new Clause(rest, clause.written) : clause
}

function edited(all: Clause, moment: Moment, context: Context): LedgerReading | undefined {
  const clause = meant(all)
  const at = targetOf(all, context) ?? targetOf(clause, context)
  if (at === undefined)
    return context.recent.length > 1 && clause.amounts.length > 0
      ? { is: 'ask', why: 'which_entry', candidates: context.recent.map(each => [each]) }
      : undefined
  const said = context.recent[at]
  if (said === undefined) return undefined
  const change = changeIn(clause, said, all, moment)
  if (change === undefined)
    return isBare(all) ? { is: 'ask', why: 'what_to_fix', candidates: [[said]] } : undefined
  return { is: 'edit', at, entry: cleaned({ ...said, ...change }) }
}

/** "salah", "eh keliru": something is wrong, and nobody says what. */
const isBare = (clause: Clause): boolean =>
  clause.amounts.length === 0 &&
  clause.has('salah', 'ralat') &&
  clause.words.every(word => CHANGES.has(word) || POINTS.has(word) || PARTICLES.has(word) || POLITE.has(word) || FILLERS.has(word)) // prettier-ignore

/** A kind without a category or a person keeps none of the former entry. */
function cleaned(said: Said): Said {
  const { category, item, ...rest } = said
  if (said.kind === 'prive') return rest
  const categorised = ['sale', 'purchase', 'expense', 'other_income', 'payable'].includes(said.kind)
  return { ...rest, ...(item === undefined ? {} : { item }), ...(categorised && category !== undefined ? { category } : {}) } // prettier-ignore
}

import { alignedCalendar } from '../calendar-words.ts'
import { alignedMoney } from '../money-words.ts'
import { clean, tokenise, type Token } from '../tokens.ts'
import type { Item, Message, Streams } from './item.ts'
import { countAt } from './counts.ts'
import { dateItemAt } from './date-items.ts'
import { amountItemAt } from './money-items.ts'
import { secretAt, skipAt } from './secret-items.ts'
import { eachAt } from './each.ts'
import { ledgerLexicon } from './vocabulary.ts'

type Rule = (streams: Streams, at: number, before: readonly Item[]) => Item | undefined

const RULES: readonly Rule[] = [secretAt, skipAt, eachAt, countAt, dateItemAt, amountItemAt]

export function scanMessage(text: string): Message {
  const typed = spelledOut(text.normalize('NFKC').replace(/[\u00a0\u2007\u202f]/g, ' '))
  const streams: Streams = {
    ledger: tokenise(typed, ledgerLexicon),
    money: alignedMoney(typed),
    calendar: alignedCalendar(typed),
  }
  const items: Item[] = []
  for (let at = 0; at < streams.ledger.length;) {
    const item = ruleAt(streams, at, items) ?? plainAt(streams, at)
    items.push(item)
    at = item.to
  }
  return { items: sizedUp(items), written: writer(typed, streams.ledger) }
}

const JOINED =
  /\b(se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)(puluh|belas|ratus|ribu|juta)(?=(?:ribu|juta|ratus)?\b)/gi
const UNIT_AFTER = /(puluh|belas|ratus)(ribu|juta)\b/gi

/** "bahan2", "masing2": said twice. Units and words before a number keep their 2 ("jt2", "tgl2"). */
const TWICE =
  /\b(?!(?:tgl|jam|rb|jt|ribu|juta|rp|no|rt|rw|lt|hal|ke|x)2)(\p{L}{2,})2(?![\p{L}\p{N}]|[.,]\d)/giu

/** "kain 5m 75rb", "3 m x 25rb": metres before what they cost, not thousands of millions. */
const METRES = /(\d) ?m(?= ?(?:[@x*]|rp|\d))/gi

/** "limapuluh ribu", "duaratusribu", "go food", "orang tua", "bahan2": words that are written as one, or as two. */
function spelledOut(text: string): string {
  return text
    .replace(TWICE, '$1')
    .replace(METRES, '$1 meter')
    .replace(/\b(orang|make)[ -](tua|up)\b/gi, '$1$2')
    .replace(UNIT_AFTER, '$1 $2')
    .replace(JOINED, (whole, digit: string, unit: string) =>
      digit.toLowerCase() === 'se' ? whole : `${digit} ${unit}`,
    )
    .replace(/\b(go|grab|shopee)[ -](food|pay)\b/gi, '$1$2')
    .replace(/\b(cepek?|gopek) ceng\b/gi, '$1ceng')
}

function ruleAt(streams: Streams, at: number, before: readonly Item[]): Item | undefined {
  for (const rule of RULES) {
    const found = rule(streams, at, before)
    if (found !== undefined) return found
  }
  return undefined
}

function plainAt({ ledger }: Streams, at: number): Item {
  const token = ledger[at]
  const place = { from: at, to: at + 1, word: token?.word ?? '' }
  if (token?.kind === 'word') return { ...place, is: 'word', text: token.text, glued: token.glued }
  return token?.kind === 'number' ? { ...place, is: 'skip' } : { ...place, is: 'sign' }
}

/** "kain 2m 80rb": beside another amount a short "m" is metres, not a thousand million. */
function sizedUp(items: Item[]): Item[] {
  const others = items.filter(item => item.is === 'amount').length > 1
  return items.map(item =>
    others && item.is === 'amount' && item.word === 'm'
      ? { ...item, is: 'count', value: item.value / 1e9, unit: 'meter', fraction: false }
      : item,
  )
}

function writer(typed: string, tokens: readonly Token[]): Message['written'] {
  const chars = [...clean(typed)]
  return (from, to) => {
    const start = tokens[from]?.start ?? 0
    const end = tokens[to - 1]?.end ?? start
    return chars
      .slice(start, end)
      .join('')
      .replace(/\s+/g, ' ')
      .replace(/(\p{L})\1{2,}/gu, '$1')
      .trim()
  }
}

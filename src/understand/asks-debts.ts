import { contentWords, tokenise } from './tokens.ts'

const DEBTS = new Set(['utang', 'hutang', 'piutang', 'kasbon', 'bon', 'bonan', 'ngutang', 'ngebon'])
/** Whose debts these are, a person's books cannot tell. */
const LENDERS = new Set(['bank', 'bunga', 'kur', 'koperasi', 'pajak', 'pinjol', 'negara'])
const LONGEST = 8

/** "Utang bu ani berapa?", "kasbon pak joko brp", "siapa aja yg masih ngutang": asks what the books know of debts. */
export function asksDebts(text: string): boolean {
  const words = contentWords(tokenise(text))
  const said = (list: ReadonlySet<string>) => words.some(({ text, word }) => list.has(text) || list.has(word))
  const asks = words.some(({ word }) => word === 'berapa' || word === 'siapa')
  return (
    asks &&
    words.length <= LONGEST &&
    said(DEBTS) &&
    !said(LENDERS) &&
    words.every(({ kind }) => kind !== 'number')
  )
}

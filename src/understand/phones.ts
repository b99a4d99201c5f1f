import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max'
import { cardinal } from './number-words.ts'
import { isTooLong, tokenise, type Token } from './tokens.ts'
import { approximate, ask, none, value, type Reading } from './types.ts'

/** Signs that people put between the digits of one number. */
const INSIDE = new Set(['-', '.', '(', ')', '/'])
const SHORTEST = 4

/**
 * Reads a mobile number as E.164 ("+6281234567890"). Accepts 08…, 8…, 62…, +62…, "+62 0812…", 0062…, spaces, dots,
 * dashes and words around it; libphonenumber's metadata judges length and type. A foreign number, or more than one
 * number, is asked; digits in words or an o for a zero are `approximate`.
 * Reasons for `ask`: `foreign`, `several`; for `none`: `unread` (no number), `invalid`, `landline`, `too_long`.
 */
export function readPhone(text: string): Reading<string> {
  if (isTooLong(text)) return none('too_long')
  const tokens = tokenise(text)
  const { runs, repaired } = digitRuns(tokens)
  const spoken = runs.some(run => run.length >= 9) ? undefined : spokenDigits(tokens)
  const judged = (spoken === undefined ? runs : [spoken]).map(judge)
  if (judged.length === 0) return none(tokens.some(token => token.kind === 'number') ? 'invalid' : 'unread')
  const good = [...new Set(judged.flatMap(result => (result.kind === 'value' ? [result.value] : [])))]
  if (good.length > 1) return ask(good, 'several')
  const [found] = good
  if (found !== undefined) return repaired || spoken !== undefined ? approximate(found) : value(found)
  const landline = judged.find(result => result.kind === 'none' && result.why === 'landline')
  return judged.find(result => result.kind === 'ask') ?? landline ?? none('invalid')
}

/** Letters typed for the digits they look like. */
const LOOKALIKES: Record<string, string> = { o: '0', l: '1', i: '1' }

/**
 * Runs of digits with at most signs or one space between their parts; a plus starts a new one. A letter among the digits
 * is the digit it looks like, or breaks the number so that no part of it is taken for another.
 */
function digitRuns(tokens: readonly Token[]): { runs: string[]; repaired: boolean } {
  const runs: string[] = []
  let run = ''
  let repaired = false
  const close = (): void => {
    if (run.length >= SHORTEST) runs.push(run)
    run = ''
  }
  for (const [at, token] of tokens.entries()) {
    const inside = tokens[at + 1]?.kind === 'number' && tokens[at + 1]?.glued === true
    if (token.text === '+') {
      close()
      run = '+'
    } else if (token.kind === 'number') {
      if (startsAnother(run, token)) close()
      run += token.text
    } else if (token.kind === 'word' && inside && (token.glued || token.text.length === 1)) {
      repaired = true
      run += LOOKALIKES[token.text] ?? '?'
    } else if (!INSIDE.has(token.text)) close()
  }
  close()
  return { runs, repaired }
}

/** "0812… 0813…": a space and the start of a number after a complete one. */
const startsAnother = (run: string, token: Token): boolean =>
  !token.glued && run.length >= 10 && /^(?:0?8|62)/.test(token.text) && token.text.length >= 4

/** "nol delapan satu dua …" and "o812…": digits written as words or letters. */
function spokenDigits(tokens: readonly Token[]): string | undefined {
  let digits = ''
  for (const token of tokens) {
    if (token.kind === 'number') digits += token.text
    else if (token.kind === 'word') {
      const digit = token.text === 'o' || token.text === 'kosong' ? 0 : cardinal(token.text)
      if (digit !== undefined && digit < 10) digits += String(digit)
    }
  }
  return digits.length >= 9 ? digits : undefined
}

function international(digits: string): string {
  if (digits.startsWith('+')) return digits.replace(/^\+620+/, '+62')
  if (digits.startsWith('00')) return international(`+${digits.slice(2)}`)
  if (digits.startsWith('62')) return international(`+${digits}`)
  return digits.startsWith('8') ? `+62${digits}` : digits
}

function judge(digits: string): Reading<string> {
  const phone = parsePhoneNumberFromString(international(digits), 'ID')
  if (phone?.isValid() !== true) return none('invalid')
  if (phone.countryCallingCode !== '62') return ask([phone.number], 'foreign')
  return isMobile(phone)
    ? value(phone.number)
    : none(phone.getType() === 'FIXED_LINE' ? 'landline' : 'invalid')
}

const isMobile = (phone: PhoneNumber): boolean => {
  const type = phone.getType()
  return type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
}

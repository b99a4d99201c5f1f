import { DAY, HOUR, WIB_OFFSET } from '../lib/time.ts'
import type { Holiday } from '../understand/types.ts'
import type { Language, Words } from './labels.ts'

/** What somebody asks for with a button, so that a ticket without their own words says it. */
const WISHES: Readonly<Record<string, Words>> = {
  another_coach: { id: 'Minta coach lain', en: 'Asks for another coach' },
}
const NO_WORDS: Words = { id: '(tanpa pesan)', en: '(no message)' }

/** What a ticket is about, for who answers it: "Minta coach lain (Coach Faran)", or the words of who asks. */
export function ticketWords(
  { reason, text }: { reason: string; text: string | null },
  language: Language,
): string {
  const wish = WISHES[reason]?.[language]
  if (wish === undefined) return text ?? NO_WORDS[language]
  return text === null ? wish : `${wish} (${text})`
}

/** Tickets are answered Monday to Friday, 08.00 to 16.00 WIB, on no holiday. */
const CLOSES = 16 * HOUR
/** Asked later than this, the answer may come the next working day. */
const SAME_DAY_UNTIL = 15 * HOUR

/** The working day on which an answer can be expected, as the epoch ms of its closing. */
export function answerBy(now: number, holidays: readonly Holiday[]): number {
  const closed = new Set(holidays.map(holiday => holiday.date))
  let midnight = now - ((now + WIB_OFFSET) % DAY)
  if (now - midnight >= SAME_DAY_UNTIL) midnight += DAY
  while (isClosed(midnight, closed)) midnight += DAY
  return midnight + CLOSES
}

function isClosed(midnight: number, closed: ReadonlySet<string>): boolean {
  const local = new Date(midnight + WIB_OFFSET)
  const weekday = local.getUTCDay()
  return weekday === 0 || weekday === 6 || closed.has(local.toISOString().slice(0, 10))
}

import { calendarTokens } from './calendar-words.ts'
import commands from './data/commands.json' with { type: 'json' }
import calendar from './data/calendar.json' with { type: 'json' }
import money from './data/money.json' with { type: 'json' }
import needs from './data/needs.json' with { type: 'json' }
import everyday from './data/words.json' with { type: 'json' }
import { squeeze } from './spelling.ts'

/** Stands for a word that is not ours: it could be a name. */
const MASKED = '▢'
const MOST_WORDS = 40

/** Every word of our lexicons in every listed spelling, phrases and fillers included. Place names are left out. */
const known = new Set<string>()
const learn = (text: string): void => {
  for (const word of text.split(/[^\p{L}]+/u)) if (word !== '') known.add(squeeze(word))
}
for (const { spellings } of [everyday, commands, calendar, money, needs]) {
  for (const [standard, others] of Object.entries(spellings))
    for (const word of [standard, ...(others as readonly string[])]) learn(word)
}
for (const list of [
  everyday.particles,
  everyday.polite,
  everyday.fillers,
  everyday.negations,
  calendar.fillers,
  money.fillers,
])
  list.forEach(learn)
for (const { phrases } of commands.commands) phrases.forEach(learn)

/** Words that are also given names or parts of addresses: masked, whatever lexicon they are in. */
const NAMES = new Set(
  [
    'agus',
    'juli',
    'april',
    'mei',
    'juni',
    'maret',
    'rahma',
    'satu',
    'kasih',
    'setia',
    'jumat',
    'kamis',
    'senin',
    'ahad',
    'baru',
    'jan',
    'mar',
    'may',
    'june',
    'july',
    'august',
    'haji',
    'dewe',
    'wage',
    'pon',
    'legi',
    'isa',
    'adha',
    'fitri',
    'mas',
    'abang',
    'natal',
    'natalan',
    'indo',
  ].map(squeeze),
)

/**
 * A text that nobody understood, fit to be kept for learning: only words of our own lexicons stay, every other word
 * becomes ▢ and every number #. At most 40 words; the result never holds a name, a place, a number or a rare word.
 */
export function maskUnknown(text: string): string {
  const masked = calendarTokens(text)
    .filter(token => token.kind !== 'sign' || token.text === '?')
    .slice(0, MOST_WORDS)
    .map(token => {
      if (token.kind === 'number') return '#'
      if (token.kind !== 'word') return token.text
      const key = squeeze(token.text)
      return known.has(key) && !NAMES.has(key) ? key : MASKED
    })
  return masked.join(' ')
}

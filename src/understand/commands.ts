import rules from './data/commands.json' with { type: 'json' }
import { common, FILLERS, makeLexicon, PARTICLES, POLITE } from './lexicon.ts'
import { nearMiss, squeeze } from './spelling.ts'
import { contentWords, isTooLong, tokenise, type Token } from './tokens.ts'

export type Command =
  | 'menu' | 'start' | 'greeting' | 'greeting_salam' | 'cancel' | 'stop' | 'back' | 'back_or_fix' | 'edit' | 'restart'
  | 'repeat' | 'continue' | 'help' | 'human' | 'thanks' | 'skip' | 'none' | 'book' | 'my_booking' | 'move_booking'
  | 'cancel_booking' | 'absent' | 'register' | 'faq' | 'templates' | 'delete_data' | 'my_data' | 'withdraw' | 'opt_out'
  | 'reminders' | 'language' | 'switch_person' | 'register_other' | 'bye' // prettier-ignore

export interface CommandReading {
  command: Command
  /**
   * False when a word was repaired, other words stand around the command, or the word is an occupation too: it never wins
   * over an answer then.
   */
  exact: boolean
  /** With `language`: the one that was named. */
  language?: 'id' | 'en'
}

const lexicon = makeLexicon(rules.spellings, common)
const QUIET = new Set(
  [...PARTICLES, ...POLITE, ...FILLERS, 'sama', 'with', 'nya', 'dulu'].filter(word => word !== 'jadi'),
)
/** Words without which "jangan hapus" would be "hapus". */
const NEGATIVE = new Set(['tidak', 'jangan', 'bukan', 'belum', 'kurang'])

const keyOf = (words: readonly string[]): string => words.join(' ')
const standard = (phrase: string): string[] =>
  contentWords(tokenise(phrase, lexicon)).map(token => token.word)
const spoken = (words: readonly string[]): string[] => words.filter(word => !QUIET.has(word))

/** Every phrase as it stands, and once more without its quiet words, unless another command already owns that. */
const phrases = new Map<string, string>()
for (const { command, phrases: list } of rules.commands)
  for (const phrase of list) phrases.set(keyOf(standard(phrase)), command)
for (const { command, phrases: list } of rules.commands) {
  for (const phrase of list) {
    const key = keyOf(spoken(standard(phrase)))
    if (key.includes(' ') && !phrases.has(key)) phrases.set(key, command)
  }
}
const single = [...phrases.keys()].filter(key => !key.includes(' ') && key.length >= 5)
const wordsOf = (part: string): ReadonlySet<string> =>
  new Set(part.split('|').map(word => lexicon.find(word) ?? squeeze(word)))
const patterns = rules.patterns.map(({ command, all, only }) => ({
  command,
  all: all.map(wordsOf),
  only: only === undefined ? undefined : wordsOf(only),
}))

/**
 * Reads a global command in Indonesian or English ("menu", "/start", "mau ngomong sama orang"). A command is exact when
 * the message says it and nothing else but politeness. A negation outside the command's own words is never ignored:
 * "jangan dihapus" is not a request to delete.
 */
export function readCommand(text: string): CommandReading | undefined {
  if (isTooLong(text)) return undefined
  const [, slash] = SLASH.exec(text) ?? []
  return slash === undefined ? readWords(text) : (slashed.get(slash.toLowerCase()) ?? readWords(slash))
}

/** In groups Telegram adds the name of the bot: /menu@name. */
const SLASH = /^\s*\/([a-z]\w*)(?:@\w+)?\s*$/i
const slashed = new Map<string, CommandReading>(
  Object.entries(rules.slash).map(([word, command]) => [word, { command: command as Command, exact: true }]),
)

function readWords(text: string): CommandReading | undefined {
  const tokens = tokenise(text, lexicon)
  if (isBareQuestion(tokens)) return { command: 'help', exact: true }
  const all = contentWords(tokens)
  if (all.length === 0 || all.length > 12) return undefined
  const words = withoutTag(all.map(token => token.word))
  const found = byPhrase(words)
  if (found !== undefined) return named(found, !isOccupation(all))
  const matched = byPattern(words)
  if (matched !== undefined) return named(matched.command, matched.exact)
  const near = byNearMiss(spoken(words))
  return near === undefined ? undefined : named(near, false)
}

const ASKS = new Set(['ada', 'punya', 'bisa', 'boleh'])

/** "Ada format buku kas ga?": the last word asks, it denies nothing. */
function withoutTag(words: string[]): string[] {
  const opening = words.find(word => !PARTICLES.has(word) && !POLITE.has(word))
  const last = words.findLastIndex(word => !PARTICLES.has(word) && !POLITE.has(word))
  const asks = words.length > 2 && words[last] === 'tidak' && ASKS.has(opening ?? '')
  return asks ? words.toSpliced(last, 1) : words
}

/** "admin" asks for a person, but answers "pekerjaan apa?" too: there the answer goes first. */
const OCCUPATIONS = new Set(['admin', 'adm', 'cs', 'operator', 'agen', 'agent', 'staf', 'pegawai'])
const isOccupation = (all: readonly Token[]): boolean => {
  const telling = all.filter(token => !PARTICLES.has(token.word))
  return telling.length === 1 && OCCUPATIONS.has(telling[0]?.text ?? '')
}

const isBareQuestion = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 && tokens.every(token => token.word === '?')

function named(command: string, exact: boolean): CommandReading {
  if (command === 'language_en') return { command: 'language', exact, language: 'en' }
  if (command === 'language_id') return { command: 'language', exact, language: 'id' }
  return { command: command as Command, exact }
}

/** The whole message, then without what it opens and ends with, without politeness, and without all quiet words. */
function byPhrase(words: readonly string[]): string | undefined {
  const polite = words.filter(word => !PARTICLES.has(word))
  const direct = words.filter(word => !PARTICLES.has(word) && !POLITE.has(word))
  const tells = (word: string): boolean => !PARTICLES.has(word) && !POLITE.has(word)
  const core = words.slice(Math.max(0, words.findIndex(tells)), words.findLastIndex(tells) + 1)
  for (const some of [words, core, polite, direct, spoken(words)]) {
    const found = some.length === 0 ? undefined : phrases.get(keyOf(some))
    if (found !== undefined) return found
  }
  const opening = words.find(word => !PARTICLES.has(word))
  if (spoken(words).length > 0) return undefined
  return onlyPoliteness(words, opening)
}

/** Nothing but politeness: the greeting or the thanks that it holds ("hallo kak, selamat siang"). */
function onlyPoliteness(words: readonly string[], opening: string | undefined): string | undefined {
  if (words.includes('assalamualaikum')) return 'greeting_salam'
  if (words.includes('tolong')) return 'help'
  if (words.includes('makasih') || words.includes('kasih')) return 'thanks'
  const greets =
    words.includes('halo') || words.includes('permisi') || words.includes('selamat') || opening === undefined
  return greets && !words.every(word => word === 'ya') ? 'greeting' : undefined
}

function byPattern(words: readonly string[]): { command: string; exact: boolean } | undefined {
  for (const { command, all, only } of patterns) {
    const used = new Set<number>()
    const complete = all.every(part => {
      const at = words.findIndex((word, index) => part.has(word) && !used.has(index))
      if (at >= 0) used.add(at)
      return at >= 0
    })
    if (!complete) continue
    const rest = words.filter((word, index) => !used.has(index) && !QUIET.has(word))
    if (only !== undefined && rest.some(word => !only.has(word))) continue
    const left = only === undefined ? rest : []
    const asked = isAsked(words)
    if ((asked ? left.slice(0, -1) : left).some(word => NEGATIVE.has(word))) continue
    return { command, exact: left.length === 0 }
  }
  return undefined
}

/** "bisa ngomong sama orang ga": asks, and denies nothing. */
function isAsked(words: readonly string[]): boolean {
  const core = words.filter(word => !PARTICLES.has(word) && !POLITE.has(word))
  return core.at(-1) === 'tidak' && core.some(word => word === 'bisa' || word === 'boleh')
}

/** One mistyped word ("kembli", "petugss"), near exactly one command. */
function byNearMiss(words: readonly string[]): string | undefined {
  const [word] = words
  if (word === undefined || words.length > 1) return undefined
  const found = new Set<string | undefined>()
  for (const key of single) if (nearMiss(word, key) !== undefined) found.add(phrases.get(key))
  return found.size === 1 ? [...found][0] : undefined
}

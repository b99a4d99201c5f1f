import type { Incoming } from '../../engine/types.ts'
import { parseDuration } from '../../lib/time.ts'

/**
 * The `.chat` format: a conversation as it reads. `> ` a person speaks; `< ` the assistant answers (written by the
 * player); `@` directives; `#` remarks.
 */
export type Line =
  | { kind: 'say'; text: string }
  /** `> [Label]`: taps that button, or types its number where there are none. */
  | { kind: 'choose'; label: string }
  /** `> (photo)`, `> (contact own)`, `> (contact 0812…)`, `> (location -6.2,106.8)`, `> (old Label)`. */
  | { kind: 'send'; incoming: Incoming }
  | { kind: 'old'; label: string }
  | { kind: 'advance'; ms: number }
  | { kind: 'restart' }
  /** `@notice kind name=value …`: a reminder of that kind, at once. */
  | { kind: 'notice'; notice: string; values: Record<string, string> }
  /** `@scene name`: something happens elsewhere meanwhile; only where the player is given scenes. */
  | { kind: 'scene'; name: string }
  | { kind: 'remark' }
  | { kind: 'header'; name: string; value: string }

export class ScriptError extends Error {}

const HEADERS = new Set([
  'flow',
  'road',
  'channel',
  'language',
  'now',
  'address',
  'registered',
  'staff',
  'setting',
])
const MEDIA = new Set(['photo', 'voice', 'sticker', 'document', 'video'] as const)
type Media = 'photo' | 'voice' | 'sticker' | 'document' | 'video'

/** One line of a script; undefined for what the player writes itself (answers and blank lines). @throws ScriptError */
export function readLine(line: string): Line | undefined {
  if (line.trim() === '' || line.startsWith('<')) return undefined
  if (line.startsWith('#')) return { kind: 'remark' }
  if (line.startsWith('@')) return readDirective(line.slice(1).trim())
  return readSpoken(line.replace(/^> ?/, ''))
}

function readDirective(text: string): Line {
  const [name = '', ...rest] = text.split(/\s+/)
  const value = rest.join(' ')
  if (name === 'restart') return { kind: 'restart' }
  if (name === 'advance') {
    const ms = parseDuration(value)
    if (ms === undefined)
      throw new ScriptError(`@advance ${value}: expected a duration such as 90s, 25h or 7d`)
    return { kind: 'advance', ms }
  }
  if (name === 'notice') return readNotice(value)
  if (name === 'scene') return { kind: 'scene', name: value }
  if (HEADERS.has(name)) return { kind: 'header', name, value }
  throw new ScriptError(
    `@${name}: expected @advance, @restart, @notice, @scene, @${[...HEADERS].join(', @')}`,
  )
}

/** Values may hold blanks: one ends where the next `name=` begins. */
function readNotice(text: string): Line {
  const [notice = '', rest = ''] = [text.split(' ')[0], text.slice(text.indexOf(' ') + 1)]
  const values = [...rest.matchAll(/(\w+)=(.*?)(?=\s+\w+=|$)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  return { kind: 'notice', notice, values: Object.fromEntries(values) as Record<string, string> }
}

function readSpoken(text: string): Line {
  const label = /^\[(.+)\]$/.exec(text)?.[1]
  if (label) return { kind: 'choose', label }
  const special = /^\((.+)\)$/.exec(text)?.[1]
  return (special && readSpecial(special)) || { kind: 'say', text: text.replaceAll('\\n', '\n') }
}

function readSpecial(text: string): Line | undefined {
  const [name = '', ...rest] = text.split(' ')
  const value = rest.join(' ')
  if (MEDIA.has(name as Media)) return { kind: 'send', incoming: { kind: 'media', media: name as Media } }
  if (name === 'old') return { kind: 'old', label: value }
  if (name === 'edited') return { kind: 'send', incoming: { kind: 'edited' } }
  if (name === 'contact') {
    const own = value === 'own'
    return { kind: 'send', incoming: { kind: 'contact', phone: own ? '+6281234567890' : value, own } }
  }
  if (name === 'location') {
    const [latitude = NaN, longitude = NaN] = value.split(',').map(Number)
    return { kind: 'send', incoming: { kind: 'location', latitude, longitude } }
  }
  return undefined
}

/** The `@name value` lines of a script; a name may repeat. */
export function headersOf(script: string): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (const text of script.split('\n')) {
    const line = text.startsWith('@') ? readLine(text) : undefined
    if (line?.kind === 'header') headers.set(line.name, [...(headers.get(line.name) ?? []), line.value])
  }
  return headers
}

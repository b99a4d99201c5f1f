import { HOUR, MINUTE } from '../lib/time.ts'
import type { Resident, Speaker } from './people.ts'
import type { Repos } from './ports.ts'

/** Bringing a profile from one chat to another by a short code. */

export const CODE_LASTS = 10 * MINUTE
/** Codes a chat may make, and wrong ones it may type, in an hour. */
const MOST_MADE = 5
const MOST_WRONG = 5
/** Wrong codes of all chats together: somebody who tries with many chats. Beyond it nobody can try for a while. */
const MOST_WRONG_EVER = 200

export type CodeMade =
  { outcome: 'made'; code: string; until: number } | { outcome: 'nobody' } | { outcome: 'busy' }

/** A new code for the chat's active person; the chat's earlier codes end. */
export async function makeCode(repos: Repos, speaker: Speaker, now: number): Promise<CodeMade> {
  const resident = await repos.residents.active(speaker.id)
  if (!resident || resident.restrictedAt !== null) return { outcome: 'nobody' }
  if ((await repos.links.count('made', now - HOUR, speaker.id)) >= MOST_MADE) return { outcome: 'busy' }
  await repos.links.note('made', speaker.id, now)
  const until = now + CODE_LASTS
  return { outcome: 'made', code: await repos.links.make(speaker.id, resident.id, { now, until }), until }
}

export type CodeUsed =
  /** `before`: who spoke here until now, when that was somebody else. */
  | { outcome: 'linked'; resident: Resident; before: Resident | undefined }
  /** Wrong, used, or over: not told apart. */
  | { outcome: 'wrong' }
  /** Typed in the chat that made it. The code stays good. */
  | { outcome: 'same' }
  | { outcome: 'locked' }

/** Lets this chat speak for the person of the code. The code is gone with it. */
export async function useCode(repos: Repos, speaker: Speaker, typed: string, now: number): Promise<CodeUsed> {
  const { links } = repos
  const wrong = await links.count('wrong', now - HOUR, speaker.id)
  if (wrong >= MOST_WRONG || (await links.count('wrong', now - HOUR)) >= MOST_WRONG_EVER)
    return { outcome: 'locked' }
  const code = readCode(typed)
  const found = code === undefined ? undefined : await links.find(code, now)
  if (found?.conversationId === speaker.id) return { outcome: 'same' }
  if (code === undefined || !found || found.sandbox !== speaker.sandbox) {
    await links.note('wrong', speaker.id, now)
    return { outcome: wrong + 1 >= MOST_WRONG ? 'locked' : 'wrong' }
  }
  const before = await repos.residents.active(speaker.id)
  await links.end(code)
  await repos.residents.activate(speaker.id, found.residentId, now)
  const resident = await repos.residents.active(speaker.id)
  if (!resident) return { outcome: 'wrong' }
  await repos.audit.append(
    { actor: 'resident', action: 'link', subject: { residentId: resident.id }, detail: speaker.channel },
    now,
  )
  return { outcome: 'linked', resident, before: before?.id === resident.id ? undefined : before }
}

/** As people type it: small letters, with or without H- and spaces, O for 0, I and L for 1. */
export function readCode(typed: string): string | undefined {
  const signs = typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const code = /^H?([0-9A-Z]{6})$/.exec(signs)?.[1]
  return code === undefined ? undefined : `H-${code}`
}

/** Channels on which the person can be reminded, where they have more than one chat. */
export async function placesOf(repos: Repos, resident: Resident): Promise<string[]> {
  const chats = await repos.residents.chats(resident.id)
  return [...new Set(chats.filter(chat => chat.blockedAt === null).map(chat => chat.channel))].sort()
}

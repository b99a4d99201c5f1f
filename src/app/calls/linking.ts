import { makeCode, placesOf, useCode } from '../../domain/linking.ts'
import { callOffOwn } from '../../domain/staff/absence.ts'
import { formatInstant } from '../../lib/format.ts'
import type { Lang } from '../../engine/types.ts'
import type { Call } from './types.ts'

const PLACES: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp' }
const LAST = { id: 'chat terakhir', en: 'the latest chat' } as const
const LAST_ROW = { id: 'Di chat terakhir', en: 'In the latest chat' } as const
const LAST_HINT = { id: 'Tempat Anda terakhir menulis', en: 'Where you wrote last' } as const

const placeName = (channel: string | null, language: Lang) =>
  (channel === null ? undefined : PLACES[channel]) ?? LAST[language]

export const link_state: Call<'link_state'> = async (_, { repos, conversation, language }) => {
  const resident = await repos.residents.active(conversation.id)
  if (!resident || resident.restrictedAt !== null) return { outcome: 'nobody', output: {} }
  const linked = (await placesOf(repos, resident)).length > 1 ? 'yes' : 'no'
  return { outcome: 'known', output: { linked, place: placeName(resident.preferredChannel, language) } }
}

export const make_link_code: Call<'make_link_code'> = async (_, { repos, conversation, now, language }) => {
  const made = await makeCode(repos, conversation, now)
  if (made.outcome !== 'made') return { outcome: made.outcome, output: {} }
  return { outcome: 'made', output: { code: made.code, until: formatInstant(made.until, language) } }
}

export const use_link_code: Call<'use_link_code'> = async ({ code }, { repos, conversation, now }) => {
  const used = await useCode(repos, conversation, code, now)
  if (used.outcome !== 'linked') return { outcome: used.outcome, output: {} }
  await callOffOwn(repos, conversation.id, now)
  const { name, formOfAddress: form_of_address, number } = used.resident
  const output = { name, form_of_address, number }
  return used.before
    ? { outcome: 'instead', output: { ...output, before: used.before.name } }
    : { outcome: 'linked', output }
}

export const reminder_places: Call<'reminder_places'> = async (_, { repos, conversation, language }) => {
  const resident = await repos.residents.active(conversation.id)
  if (!resident) return { outcome: 'nobody', output: {} }
  const places = (await placesOf(repos, resident)).filter(channel => channel in PLACES)
  const rows = places.map(channel => ({ value: channel, label: PLACES[channel] ?? channel }))
  const last = { value: 'last', label: LAST_ROW[language], description: LAST_HINT[language] }
  return { outcome: places.length > 1 ? 'several' : 'one', output: {}, rows: [...rows, last] }
}

/** A list may be older than a chat that has gone. */
export const set_reminder_place: Call<'set_reminder_place'> = async ({ place }, context) => {
  const { repos, conversation, now, language } = context
  const resident = await repos.residents.active(conversation.id)
  if (!resident) return { outcome: 'nobody', output: {} }
  const there = (await placesOf(repos, resident)).includes(place)
  const chosen = there && (place === 'telegram' || place === 'whatsapp') ? place : null
  await repos.residents.update(resident.id, { preferredChannel: chosen }, now)
  return chosen === null
    ? { outcome: 'last', output: {} }
    : { outcome: 'set', output: { place: placeName(chosen, language) } }
}

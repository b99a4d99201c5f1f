import { tellOperators } from '../../domain/staff/desk.ts'
import { answerBy } from '../../domain/tickets.ts'
import { formatInstant } from '../../lib/format.ts'
import type { Call } from './types.ts'

/** Everybody the chat speaks for, the active one first. */
export const people: Call<'people'> = async (_, { repos, conversation }) => {
  const all = await repos.residents.of(conversation.id)
  const active = await repos.residents.active(conversation.id)
  if (!active) return { outcome: 'nobody', output: {} }
  const rows = all.map(one => ({ value: one.number, label: labelOf(one.name), description: one.number }))
  return { outcome: all.length === 1 ? 'one' : 'several', output: { name: active.name }, rows }
}

/** A list row has 24 characters. */
const labelOf = (name: string) => ([...name].length <= 24 ? name : `${[...name].slice(0, 23).join('')}…`)

/** The number must belong to somebody of this chat: a list may be older than an erasure. */
export const switch_person: Call<'switch_person'> = async ({ person }, { repos, conversation, now }) => {
  const chosen = (await repos.residents.of(conversation.id)).find(one => one.number === person)
  if (!chosen) return { outcome: 'gone', output: {} }
  await repos.residents.activate(conversation.id, chosen.id, now)
  return { outcome: 'switched', output: { name: chosen.name, form_of_address: chosen.formOfAddress } }
}

const MOST_OPEN = 5

/**
 * Hands over to a person. What was written is kept only after a consent. Somebody who asks again while a ticket is open
 * and has nothing to add, or has many open, hears of the one there is.
 */
export const open_ticket: Call<'open_ticket'> = async ({ reason, text }, context) => {
  const { repos, conversation, now, holidays, language } = context
  const resident = await repos.residents.active(conversation.id)
  const consented = resident !== undefined || (await repos.consents.pending(conversation.id)).data === true
  const words = consented && text !== null ? text.slice(0, 1000) : null
  const open = await repos.tickets.openOf(conversation.id)
  const latest = open.at(-1)
  const residentId = resident?.id ?? null
  const known = latest && (words === null || open.length >= MOST_OPEN) ? latest.number : undefined
  const ticket =
    known ??
    (await repos.tickets.open({ conversationId: conversation.id, residentId, reason, text: words }, now))
  if (known === undefined) await tellOperators(repos, ticket, conversation.sandbox, now)
  return {
    outcome: 'opened',
    output: { ticket, answered_by: formatInstant(answerBy(now, holidays), language) },
  }
}

import { callOffOwn } from '../../domain/staff/absence.ts'
import { welcomeCoach } from '../../domain/staff/coaching.ts'
import { finish, reply, ticketFor } from '../../domain/staff/desk.ts'
import type { DeskTicket } from '../../domain/staff/ports.ts'
import { ticketWords } from '../../domain/tickets.ts'
import { formatInstant } from '../../lib/format.ts'
import type { Language } from '../../lib/format.ts'
import type { CallContext } from '../ports.ts'
import type { Call } from './types.ts'

/** What operators do from their own chat. */

const operatorOf = ({ repos, conversation }: CallContext) => repos.staff.of(conversation.id, 'operator')

/** A code binds the chat to a coach or operator. */
export const join_staff: Call<'join_staff'> = async ({ code }, { repos, conversation, now, language }) => {
  const joined = await repos.staff.join(conversation.id, code, now)
  if (joined.outcome !== 'joined') return { outcome: joined.outcome, output: { result: joined.outcome } }
  const { role, name, centre, id } = joined.member
  if (role === 'coach') {
    await callOffOwn(repos, conversation.id, now)
    await welcomeCoach(repos, id, conversation.sandbox, now)
  }
  const place = centre ? `OK OCE Center ${centre.name}` : EVERY_CENTRE[language]
  return { outcome: role, output: { result: 'joined', name, place } }
}

const EVERY_CENTRE = { id: 'semua OK OCE Center', en: 'every OK OCE Center' }

export const read_ticket: Call<'read_ticket'> = async ({ ticket: number, what }, context) => {
  const operator = await operatorOf(context)
  const ticket = operator && (await ticketFor(context.repos, operator, number))
  if (!ticket) return { outcome: 'gone', output: {} }
  const { language } = context
  const output = {
    who: whoOf(ticket, language),
    asked: ticketWords(ticket, language),
    since: formatInstant(ticket.openedAt, language),
  }
  return { outcome: what === 'more' || what === 'left' ? what : 'open', output }
}

const UNKNOWN = { id: 'warga yang belum terdaftar', en: 'a resident who has not registered' }

const whoOf = ({ name, centre }: DeskTicket, language: Language) =>
  name === null ? UNKNOWN[language] : `${name}, ${centre ?? ''}`

export const desk_tickets: Call<'desk_tickets'> = async (_, context) => {
  const { repos, conversation, language } = context
  const operator = await operatorOf(context)
  if (!operator) return { outcome: 'not_operator', output: {} }
  const tickets = await repos.desk.open(operator, conversation.sandbox)
  if (tickets.length === 0) return { outcome: 'none', output: {} }
  const rows = tickets.map(ticket => ({
    value: ticket.number,
    label: ticket.number,
    description: cut(`${whoOf(ticket, language)}: ${ticketWords(ticket, language)}`, 72),
  }))
  return { outcome: 'some', output: {}, rows }
}

const cut = (text: string, most: number) =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`

export const desk_reply: Call<'desk_reply'> = async ({ ticket, words }, context) => {
  const operator = await operatorOf(context)
  if (!operator) return { outcome: 'unknown', output: {} }
  const message = { ticket, words, inboundId: context.inboundId }
  return { outcome: await reply(context.repos, operator, message, context.now), output: {} }
}

export const desk_finish: Call<'desk_finish'> = async ({ ticket }, context) => {
  const operator = await operatorOf(context)
  if (!operator) return { outcome: 'unknown', output: {} }
  const done = await finish(context.repos, operator, ticket, context.now)
  return { outcome: done ? 'given_back' : 'closed', output: {} }
}

import { readCommand, type Command } from '../../understand/index.ts'
import { HOUR } from '../../lib/time.ts'
import type { Repos } from '../ports.ts'
import { ticketNumber } from './operatorWords.ts'
import type { DeskTicket, StaffMember } from './ports.ts'

/**
 * Operators at their desk: a ticket arrives in their chats, their words go to who asked, and until they are done the
 * assistant is silent there.
 */

/** An operator who writes nothing for so long has gone home: the assistant answers again. */
const HOLD = 12 * HOUR

/** Lets the operators know of a ticket, new or open again: those of the resident's centre, and those of every centre. */
export async function tellOperators(repos: Repos, number: string, sandbox: boolean, now: number) {
  const ticket = await repos.desk.find(number)
  if (!ticket) return
  const operators = await repos.desk.operators(ticket.centreCode, sandbox)
  const values = { what: 'new', ticket: number, words: '' }
  await repos.reminders.plan(
    { subject: `ticket_new:${number}`, version: Math.floor(now / 1000) },
    operators.map(staff => ({ kind: 'ticket_new', to: { staff }, dueAt: now, values })),
    now,
  )
}

/**
 * A ticket of somebody who cannot see it is unknown to them; so is one from their own chat, because answering it would
 * silence the assistant there.
 */
export async function ticketFor(repos: Repos, operator: StaffMember, typed: string) {
  const ticket = await repos.desk.find(ticketNumber(typed))
  if (!ticket) return undefined
  if ((await repos.staff.of(ticket.conversationId, 'operator'))?.id === operator.id) return undefined
  return operator.centre === null || operator.centre.code === ticket.centreCode ? ticket : undefined
}

export type Reply = 'sent' | 'others' | 'unknown'

/**
 * Sends an operator's words to who asked. The first ones take the conversation over, which is said with them.
 * @param words with the identity of the message they came in: the same one is never sent twice
 */
export async function reply(
  repos: Repos,
  operator: StaffMember,
  message: { ticket: string; words: string; inboundId: bigint },
  now: number,
): Promise<Reply> {
  const ticket = await ticketFor(repos, operator, message.ticket)
  if (!ticket) return 'unknown'
  const until = now + HOLD
  const held = await repos.desk.hold(ticket, operator.id, { at: now, until })
  if (held === 'others') return 'others'
  const { number } = ticket
  const values = { what: held === 'held' ? 'taken' : 'says', ticket: number, name: operator.name }
  const says = { kind: 'desk', to: toWho(ticket), dueAt: now } as const
  await repos.reminders.plan(
    { subject: `desk:${number}:${message.inboundId}` },
    [{ ...says, values: { ...values, words: message.words } }],
    now,
  )
  const ends = { kind: 'desk_end', to: toWho(ticket), dueAt: until } as const
  await repos.reminders.replace(
    { subject: `desk_end:${number}`, version: Math.floor(until / 1000) },
    [{ ...ends, values: { ...values, what: 'given', words: '' } }],
    now,
  )
  await repos.desk.answered(number, now)
  await repos.audit.append(
    { actor: 'operator', action: 'answer_ticket', subject: await subjectOf(ticket), detail: number },
    now,
  )
  return 'sent'
}

/** Only residents have a history of their own; what is about a chat is told apart by its ticket. */
const subjectOf = (ticket: DeskTicket) =>
  Promise.resolve(
    ticket.residentId === null
      ? { account: 'conversation', address: String(ticket.conversationId) }
      : { residentId: ticket.residentId },
  )

/** Gives the conversation back, and says so once. @returns false when there was nothing to give back */
export async function finish(
  repos: Repos,
  operator: StaffMember,
  typed: string,
  now: number,
): Promise<boolean> {
  const ticket = await ticketFor(repos, operator, typed)
  if (!ticket) return false
  await repos.desk.answered(ticket.number, now)
  return giveBack(repos, ticket, operator.name, now)
}

/** The assistant speaks again, and says so. @returns false when it did already */
export async function giveBack(
  repos: Repos,
  ticket: DeskTicket,
  name: string,
  now: number,
): Promise<boolean> {
  const { number } = ticket
  const released = await repos.desk.release(number, now)
  await repos.reminders.cancel(`desk_end:${number}`, now)
  if (!released) return false
  const values = { what: 'given', ticket: number, name, words: '' }
  await repos.reminders.plan(
    { subject: `desk_given:${number}`, version: Math.floor(now / 1000) },
    [{ kind: 'desk', to: toWho(ticket), dueAt: now, values }],
    now,
  )
  return true
}

const toWho = ({ residentId, conversationId }: DeskTicket) =>
  residentId === null ? { conversation: conversationId } : { resident: residentId }

/** These words mean the assistant, also while an operator speaks: a person is never locked in. */
const BACK: ReadonlySet<Command> = new Set<Command>([
  'menu',
  'stop',
  'my_data',
  'delete_data',
  'withdraw',
  'opt_out',
])

export function meansAssistant(text: string): boolean {
  const read = readCommand(text)
  return read?.exact === true && BACK.has(read.command)
}

/** What somebody writes while an operator speaks with them goes to that operator. */
export async function passOn(
  repos: Repos,
  from: { conversationId: number; inboundId: bigint; words: string },
  now: number,
): Promise<void> {
  const holder = await repos.desk.holder(from.conversationId, now)
  if (holder) await tellHolder(repos, holder, { what: 'more', words: from.words, key: from.inboundId }, now)
}

/** The person goes back to the assistant by themselves; the operator hears of it. */
export async function takeBack(
  repos: Repos,
  from: { conversationId: number; inboundId: bigint },
  now: number,
): Promise<void> {
  const holder = await repos.desk.holder(from.conversationId, now)
  if (!holder || !(await repos.desk.release(holder.ticket, now))) return
  await repos.reminders.cancel(`desk_end:${holder.ticket}`, now)
  await tellHolder(repos, holder, { what: 'left', words: '', key: from.inboundId }, now)
}

const tellHolder = (
  repos: Repos,
  { operatorId, ticket }: { operatorId: string; ticket: string },
  { what, words, key }: { what: 'more' | 'left'; words: string; key: bigint },
  now: number,
) =>
  repos.reminders.plan(
    { subject: `ticket_more:${key}` },
    [{ kind: 'ticket_more', to: { staff: operatorId }, dueAt: now, values: { what, ticket, words } }],
    now,
  )

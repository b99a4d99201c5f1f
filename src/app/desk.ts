import { meansAssistant, passOn, takeBack } from '../domain/staff/desk.ts'
import { readOperatorWord } from '../domain/staff/operatorWords.ts'
import { readCoachWord, type CoachWord } from '../domain/staff/coachWords.ts'
import type { Flows } from '../engine/format.ts'
import { meansNotice } from '../engine/notices.ts'
import type { Incoming } from '../engine/types.ts'
import type { TurnTx, Work } from './ports.ts'

/** What happens to a message before the flows hear it, where people of the programme are at work. */

export type Desked =
  /** For the flows, as it is or as what it means. */
  | { for: 'flows'; incoming: Incoming; held: boolean }
  /** Went to the operator who speaks here. */
  | { for: 'operator' }

/**
 * While an operator speaks in a conversation, what its person says goes to them; a word that means the assistant (*menu*,
 * *stop*, *data saya*) gives it back. And what an operator writes with the number of a ticket is an answer to it.
 */
export async function atDesk(
  { conversation, inbound }: Work,
  tx: TurnTx,
  { now, flows }: { now: number; flows: Flows },
): Promise<Desked> {
  const { incoming } = inbound
  const held = conversation.heldUntil !== null && conversation.heldUntil > now
  const words = wordsOf(incoming)
  const from = { conversationId: conversation.id, inboundId: inbound.id }
  if (held && words !== undefined) {
    if (incoming.kind === 'text' && meansAssistant(incoming.text)) {
      await tx.savepoint(repos => takeBack(repos, from, now))
      return { for: 'flows', incoming, held: false }
    }
    await tx.savepoint(repos => passOn(repos, { ...from, words }, now))
    return { for: 'operator' }
  }
  const meant =
    (await operatorWord(incoming, { conversation, inbound }, { tx, now })) ??
    (await coachWord(incoming, { conversation, inbound }, { tx, now, flows }))
  return { for: 'flows', incoming: meant ?? incoming, held }
}

/** What an operator can be told of a message; undefined for what no person has said. */
function wordsOf(incoming: Incoming): string | undefined {
  switch (incoming.kind) {
    case 'text':
      return incoming.text
    case 'tap':
      return '(menekan tombol lama)'
    case 'media':
      return `(${MEDIA[incoming.media]}; tidak disimpan)${incoming.caption ? ` ${incoming.caption}` : ''}`
    case 'contact':
      return '(mengirim kontak; tidak disimpan)'
    case 'location':
      return '(mengirim lokasi; tidak disimpan)'
    default:
      return undefined
  }
}

const MEDIA = {
  photo: 'mengirim foto',
  voice: 'mengirim pesan suara',
  sticker: 'mengirim stiker',
  document: 'mengirim berkas',
  video: 'mengirim video',
  other: 'mengirim sesuatu',
} as const

/** By which words each of a coach's conversations is opened (`triggers:` in `flows/`). */
const OPENS: Record<Exclude<CoachWord['is'], 'agenda'>, string> = {
  menu: 'ruang coach',
  people: 'peserta saya',
  absent: 'berhalangan',
  back: 'cabut berhalangan',
}

/**
 * *Jadwal* from a coach is their own, unless it answers what the coach's flow has just asked; *jadwal besok* is answered at
 * once, beside whatever is open. *Tidak hadir* under "sudah selesai?" is the answer to it, and no absence of theirs.
 */
async function coachWord(
  incoming: Incoming,
  { conversation, inbound }: Work,
  { tx, now, flows }: { tx: TurnTx; now: number; flows: Flows },
): Promise<Incoming | undefined> {
  if (incoming.kind !== 'text') return undefined
  const { state } = conversation
  if (state && meansNotice(flows, state, incoming.text)) return undefined
  const path = state?.stack.at(-1)?.path[0]
  const open = path === undefined ? 'nothing' : path.startsWith('coach/') ? 'coach' : 'other'
  const word = readCoachWord(incoming.text, now, open)
  if (word === undefined) return undefined
  const coach = await tx.savepoint(repos => repos.staff.of(conversation.id, 'coach'))
  if (!coach) return undefined
  return word.is === 'agenda'
    ? { kind: 'notice', notice: 'coach_agenda', id: `typed-${inbound.id}`, values: { span: word.span } }
    : { ...incoming, text: OPENS[word.is] }
}

/**
 * What names a ticket is about that one, whatever is open: it is said beside it, like a notice. *Selesai* alone is meant
 * while one conversation is theirs and nothing else is asked.
 */
async function operatorWord(
  incoming: Incoming,
  { conversation, inbound }: Work,
  { tx, now }: { tx: TurnTx; now: number },
): Promise<Incoming | undefined> {
  if (incoming.kind !== 'text') return undefined
  const word = readOperatorWord(incoming.text)
  const path = conversation.state?.stack.at(-1)?.path[0]
  if (!word || (word.is === 'done' && word.ticket === undefined && path !== undefined)) return undefined
  // the list of tickets hears its own rows
  if (word.is === 'show' && path?.startsWith('operator/')) return undefined
  const ticket = await tx.savepoint(async repos => {
    const operator = await repos.staff.of(conversation.id, 'operator')
    if (!operator || word.is === 'list') return operator && ''
    if (word.ticket !== undefined) return word.ticket
    const held = await repos.desk.heldBy(operator.id, now)
    return held.length === 1 ? held[0]?.number : undefined
  })
  if (ticket === undefined) return undefined
  if (word.is === 'list') return { ...incoming, text: 'tiket' }
  const values = { what: word.is, ticket, words: word.is === 'reply' ? word.words : '' }
  return { kind: 'notice', notice: 'desk_typed', id: `typed-${inbound.id}`, values }
}

import { callSpecs } from '../../src/app/callSpecs.ts'
import { runCall } from '../../src/app/calls.ts'
import type { CallContext, CallResult } from '../../src/app/ports.ts'
import type { CallSpec, CallSpecs, Values } from '../../src/engine/types.ts'

/** What a message must hold to fail every time. */
export const POISON = 'racun'

const note = (contended: boolean): CallSpec => ({
  input: { text: 'text' },
  outcomes: { dicatat: {} },
  writes: true,
  contended,
})

/** The real calls and two of our own: `catat` writes within the set, `antre` makes its conversation leave the set. */
export const faultSpecs: CallSpecs = { ...callSpecs, catat: note(false), antre: note(true) }

/** Opens a ticket for each answer, so that a turn done twice shows in the programme's own rows. */
export async function runFaultCall(name: string, input: Values, context: CallContext): Promise<CallResult> {
  if (name !== 'catat' && name !== 'antre') return runCall(name, input, context)
  const text = String(input.text)
  const ticket = { conversationId: context.conversation.id, residentId: null, reason: 'uji', text }
  await context.repos.tickets.open(ticket, context.now)
  if (text.includes(POISON)) throw new RangeError('a message that fails every time')
  return { outcome: 'dicatat', output: {} }
}

import { expect } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import { CALLS, type CallName } from '../../src/app/callSpecs.ts'
import type { CallContext } from '../../src/app/ports.ts'
import type { Speaker } from '../../src/domain/people.ts'
import type { CallSpecs, Lang, Values } from '../../src/engine/types.ts'
import { PAPERS } from '../../src/papers.ts'
import { NOW, type World } from './people.ts'

export interface CallOptions {
  now?: number
  language?: Lang
  facts?: Values
  holidays?: CallContext['holidays']
}

/**
 * Runs calls as a turn does, each in a transaction and with an inbound of its own, and holds what they answer against
 * their entry in the specs.
 * @returns `unseen`: outcomes of these specs that nothing has brought about yet
 */
export function callsOf(world: () => World, specs: CallSpecs) {
  const seen = new Set<string>()
  let inbound = 0n
  async function call(chat: Speaker, name: CallName, input: Values = {}, options: CallOptions = {}) {
    const { now = NOW, language = 'id', facts = {}, holidays = [] } = options
    const result = await world().within(repos =>
      runCall(name, input, {
        conversation: { ...chat, channel: chat.channel as 'telegram' },
        inboundId: ++inbound,
        ...{ now, language, holidays, facts, repos, papers: PAPERS },
      }),
    )
    const outcomes: Record<string, object> = CALLS[name].outcomes
    const declared = outcomes[result.outcome]
    expect(declared, `${name}: ${result.outcome} is declared`).toBeDefined()
    expect(Object.keys(result.output).sort(), `${name}.${result.outcome}`).toEqual(
      Object.keys(declared ?? {}).sort(),
    )
    seen.add(`${name}.${result.outcome}`)
    return result
  }
  const unseen = () =>
    Object.entries(specs)
      .flatMap(([name, spec]) => Object.keys(spec.outcomes).map(outcome => `${name}.${outcome}`))
      .filter(one => !seen.has(one))
  return { call, unseen }
}

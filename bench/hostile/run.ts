import { readFileSync } from 'node:fs'
import path from 'node:path'
import { callSpecs } from '../../src/app/callSpecs.ts'
import { loadFlows } from '../../src/app/loadFlows.ts'
import { readUpdate } from '../../src/channels/telegram/read.ts'
import { writeSay } from '../../src/channels/telegram/write.ts'
import { advance, newState, type Env, type Step } from '../../src/engine/advance.ts'
import type { Flows } from '../../src/engine/format.ts'
import type { State } from '../../src/engine/state.ts'
import { splitSay } from '../../src/engine/texts.ts'
import type { Incoming, Say } from '../../src/engine/types.ts'
import { MINUTE } from '../../src/lib/time.ts'
import { seeded } from '../../test/support/telegram/faults.ts'
import { ROOT } from '../support/process.ts'
import { isValid, newlySaved, savedIn } from './answers.ts'
import { anyOutcome } from './calls.ts'
import { hostileUpdates } from './updates.ts'

export interface HostileRun {
  messages: number
  /** By what became of them: answer, retry, silence:…, and `no chat` for updates that belong to none. */
  heard: Record<string, number>
  /** What broke the rule that each ends in exactly one of them, that nothing throws, that answers come from readings. */
  faults: string[]
  seed: number
}

const EACH = 100
const NOON = Date.parse('2026-11-25T12:00:00+07:00')
const LIMIT = 3800
const ACCOUNT = 'telegram:1'

/** Hostile messages through `read.ts` and the interpreter, in memory; every state goes through JSON, as the database has it. */
export function runHostile({ messages, seed }: { messages: number; seed: number }): HostileRun {
  const random = seeded(seed)
  const flows = loadFlows(path.join(ROOT, 'flows'), callSpecs)
  const updates = hostileUpdates(random)
  const silences = listedSilences()
  const run: HostileRun = { messages, heard: {}, faults: [], seed }
  let person = { id: 1, state: newState(), last: undefined as Say | undefined }
  for (let n = 0; n < messages && run.faults.length < 20; n++) {
    if (n % EACH === 0) person = { id: n + 1, state: newState(), last: undefined }
    const update = updates.next(person.id, person.last)
    const now = NOON + n * MINUTE
    try {
      const received = readUpdate(update, ACCOUNT, now)
      if (!received) {
        count(run, 'no chat')
        continue
      }
      const turn = takeTurn(flows, person.state, received.incoming, { now, random })
      count(run, turn.heard)
      for (const fault of judge(flows, person.state, turn, silences))
        report(run, `${placeOf(person.state)}: ${fault}`, update)
      person = {
        ...person,
        state: JSON.parse(JSON.stringify(turn.state)) as State,
        last: turn.says.at(-1) ?? person.last,
      }
    } catch (error) {
      report(run, error instanceof Error ? (error.stack ?? error.message) : String(error), update)
    }
  }
  return run
}

interface Turn {
  heard: string
  state: State
  says: Say[]
  /** Saved by what was read, before any call. */
  read: State
}

function takeTurn(
  flows: Flows,
  state: State,
  incoming: Incoming,
  world: { now: number; random: () => number },
): Turn {
  const env: Env = { now: world.now, holidays: [], facts: FACTS, pageSize: world.random() < 0.5 ? 9 : 10 }
  const first = advance(flows, state, { type: 'inbound', incoming }, env)
  const says = [...first.says]
  let step: Step = first
  for (let calls = 0; step.next.kind === 'call'; calls++) {
    if (calls > 30) throw new Error('a turn without end')
    step = advance(flows, step.state, anyOutcome(callSpecs, step.next.call, world.random), env)
    says.push(...step.says)
  }
  return {
    heard: first.heard,
    state: step.state,
    says: says.flatMap(say => splitSay(say, LIMIT)),
    read: first.state,
  }
}

const FACTS = {
  pengelola: 'Pengelola', kontak_pengelola: '0800', url_privasi: 'https://contoh.id', masa_simpan: '24 bulan', aplikasi: 'Telegram', nik: 'on',
} // prettier-ignore

function judge(flows: Flows, before: State, turn: Turn, silences: ReadonlySet<string>): string[] {
  const { heard, says, read } = turn
  const faults: string[] = []
  const silent = heard.startsWith('silence:')
  if (silent && !silences.has(heard.slice(8))) faults.push(`${heard} is not listed in docs/input.md`)
  if (silent === says.length > 0) faults.push(`${heard} with ${says.length} replies`)
  if (!silent && heard !== 'answer' && heard !== 'retry') faults.push(`heard is ${heard}`)
  const saved = newlySaved(savedIn(before), savedIn(read))
  if (heard !== 'answer' && saved.length > 0) faults.push(`${heard} saved ${JSON.stringify(saved)}`)
  for (const [key, value] of saved)
    if (!isValid(flows, key, value)) faults.push(`saved ${key} = ${JSON.stringify(value)}`)
  for (const say of says) faults.push(...unsendable(say))
  return faults
}

/** The platform refuses what is empty, too long or no text. */
function unsendable(say: Say): string[] {
  const { text, reply_markup } = writeSay(say)
  const faults: string[] = []
  if (text.trim() === '') faults.push('an empty reply')
  if (text.replaceAll(/&\w+;/g, '&').length > 4096) faults.push(`a reply of ${text.length} characters`)
  if (!text.isWellFormed() || text.includes('\0')) faults.push('a reply that is no text')
  const buttons = reply_markup && 'inline_keyboard' in reply_markup ? reply_markup.inline_keyboard.flat() : []
  for (const button of buttons)
    if (button.text === '' || ('callback_data' in button && Buffer.byteLength(button.callback_data) > 64))
      faults.push(`a button that cannot be sent: ${JSON.stringify(button)}`)
  return faults
}

/** The silences that docs/input.md promises: the first column of their table. */
export function listedSilences(): ReadonlySet<string> {
  const text = readFileSync(path.join(ROOT, 'docs/input.md'), 'utf8')
  const rows = text.split(/^## Silences$/m)[1]?.match(/^\| `.*?\|/gm) ?? []
  return new Set(rows.flatMap(row => [...row.matchAll(/`([a-z_]+)`/g)].map(match => match[1] ?? '')))
}

const placeOf = (state: State) =>
  state.stack.map(session => session.path.at(-1)).join(' > ') || 'nothing open'

function count(run: HostileRun, heard: string): void {
  run.heard[heard] = (run.heard[heard] ?? 0) + 1
}

function report(run: HostileRun, fault: string, update: object): void {
  run.faults.push(`${fault}\n    after ${JSON.stringify(update).slice(0, 400)}`)
}

import { callSpecs } from '../src/app/callSpecs.ts'
import { loadFlows, readFlowFiles } from '../src/app/loadFlows.ts'
import { advance, newState, type Env } from '../src/engine/advance.ts'
import { check } from '../src/engine/check.ts'
import type { Flows } from '../src/engine/format.ts'
import type { State } from '../src/engine/state.ts'
import type { Incoming, Say } from '../src/engine/types.ts'
import { NEWCOMER } from '../test/unit/engine/flows.ts'

/**
 * Turns of the pure engine along a whole registration with three needs, and the time that all flows take to be checked.
 * Tapped turns are the interpreter alone; typed ones include the reading of everyday Indonesian.
 */

const ENV: Env = { now: Date.parse('2026-11-25T10:00+07:00'), holidays: [], facts: {}, pageSize: 10 }
const WARM_UP_MS = 1_000
const MEASURED_MS = 3_000

/** `[…]` is tapped, the rest typed. */
const ROAD = [
  ...[
    '/start poster-kebonjeruk',
    '[Daftar]',
    '[Sudah]',
    '[Setuju]',
    '[Boleh]',
    '[Ya]',
    'iya',
    '[Ya]',
    'Siti Aminah',
    '[Ibu]',
  ],
  ...[
    '0812 3456 7890',
    'kebon jeruk',
    '[Duri Kepa]',
    '[Nanti saja]',
    '[SMA/SMK/sederajat]',
    'kasir, admin',
    '[Lihat dulu]',
  ],
  ...[
    '[Jasa]',
    'belum',
    '2 juta',
    '[Modal]',
    'Nasi Uduk Bu Siti',
    'kembali',
    'Warung Siti',
    '[Fesyen]',
    '[Lebih 2 tahun]',
  ],
  ...[
    '[Tidak tahu]',
    '1',
    '[NIB]',
    '[Halal]',
    '[Selesai]',
    '[Rutin]',
    '[Modal]',
    '[Cari kerja]',
    '[Perbaiki]',
    '[Nama]',
  ],
  ...['Siti Aminah Putri', '[Simpan]'],
]

interface Turn {
  state: State
  incoming: Incoming
}

export function run(): Promise<void> {
  const flows = loadFlows('flows', callSpecs)
  const turns = record(flows)
  const tapped = turns.filter(turn => turn.incoming.kind === 'tap')
  const typed = turns.filter(turn => turn.incoming.kind === 'text')
  const turnsPerSecond = measure(flows, tapped)
  const typedPerSecond = measure(flows, typed)
  const checkerMs = Math.round(medianOf(5, () => void check(readFlowFiles('flows'), callSpecs)))
  const stateBytes = Math.max(...turns.map(turn => JSON.stringify(turn.state).length))
  console.log(`Pure engine: ${turnsPerSecond} tapped turns/s, ${typedPerSecond} typed turns/s (with reading)`)
  console.log(`Checker, all flows and translations: ${checkerMs} ms; longest state ${stateBytes} bytes`)
  console.log(JSON.stringify({ turnsPerSecond, typedPerSecond, checkerMs, stateBytes }))
  return Promise.resolve()
}

/** The turns of the road, each with the state that it starts from. */
function record(flows: Flows): Turn[] {
  let state = newState()
  let says: Say[] = []
  return ROAD.map(sent => {
    const turn = { state, incoming: incomingOf(sent, says) }
    ;({ state, says } = play(flows, turn))
    return turn
  })
}

function play(flows: Flows, { state, incoming }: Turn): { state: State; says: Say[] } {
  let step = advance(flows, state, { type: 'inbound', incoming }, ENV)
  let says = step.says
  while (step.next.kind === 'call') {
    const answer = NEWCOMER[step.next.call]?.(step.next.input) ?? { outcome: '' }
    step = advance(flows, step.state, { type: 'outcome', output: {}, ...answer }, ENV)
    says = [...says, ...step.says]
  }
  return { state: step.state, says }
}

function incomingOf(sent: string, says: readonly Say[]): Incoming {
  if (!sent.startsWith('[')) return { kind: 'text', text: sent }
  const say = says.findLast(each => each.wait !== undefined && each.choices !== undefined)
  const option = (say?.choices ?? []).findIndex(choice => choice.label === sent.slice(1, -1)) + 1
  if (!say?.wait || option === 0) throw new Error(`${sent} is not shown`)
  return { kind: 'tap', wait: say.wait, option }
}

function measure(flows: Flows, turns: readonly Turn[]): number {
  turnsIn(flows, turns, WARM_UP_MS)
  return Math.round(turnsIn(flows, turns, MEASURED_MS) / (MEASURED_MS / 1000))
}

function turnsIn(flows: Flows, turns: readonly Turn[], ms: number): number {
  const end = performance.now() + ms
  let done = 0
  while (performance.now() < end) {
    for (const turn of turns) play(flows, turn)
    done += turns.length
  }
  return done
}

function medianOf(times: number, work: () => void): number {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  }).toSorted((a, b) => a - b)
  return taken[Math.floor(times / 2)] ?? 0
}

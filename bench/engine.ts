import { callSpecs } from '../src/app/callSpecs.ts'
import { loadFlows, readFlowFiles } from '../src/app/loadFlows.ts'
import { advance, newState, type Env } from '../src/engine/advance.ts'
import { check } from '../src/engine/check.ts'
import type { Flows } from '../src/engine/format.ts'
import type { State } from '../src/engine/state.ts'
import type { Incoming, Say } from '../src/engine/types.ts'
import { NEWCOMER } from '../test/unit/engine/flows.ts'

/** Turns of the pure engine on the real registration, and the time that all flows take to be checked. */

const ENV: Env = { now: Date.parse('2026-11-25T10:00+07:00'), holidays: [], facts: {}, pageSize: 10 }
const WARM_UP_MS = 1_000
const MEASURED_MS = 3_000

/** One registration with three needs; `[…]` is tapped, the rest typed. */
const ROAD = [
  ...[
    '/start poster-kebonjeruk',
    '[Daftar]',
    '[Sudah]',
    '[Setuju]',
    '[Boleh]',
    '[Ya]',
    'iya',
    '[Tidak]',
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
    'kembali',
    '2',
    '[Cari kerja]',
    '[Perbaiki]',
    '[Nama]',
    'Siti Aminah Putri',
    '[Simpan]',
  ],
]

interface Measured {
  turns: number
  ms: number
  /** By what was sent, in microseconds a turn. */
  slowest: { sent: string; us: number }[]
}

export async function run(): Promise<void> {
  const flows = loadFlows('flows', callSpecs)
  drive(flows, WARM_UP_MS)
  const { turns, ms, slowest } = drive(flows, MEASURED_MS)
  const turnsPerSecond = Math.round((turns / ms) * 1000)
  const checked = medianOf(5, () => void check(readFlowFiles('flows'), callSpecs))
  console.log(`Pure engine, whole registrations of ${ROAD.length} messages: ${turnsPerSecond} turns/s`)
  console.log(`Slowest: ${slowest.map(({ sent, us }) => `${sent} ${us.toFixed(1)} µs`).join(' · ')}`)
  console.log(`Checker, all flows and translations: ${checked.toFixed(0)} ms`)
  console.log(JSON.stringify({ turnsPerSecond, checkerMs: Math.round(checked), bytes: longestState(flows) }))
  return Promise.resolve()
}

function drive(flows: Flows, ms: number): Measured {
  const spent = new Map<string, number>()
  const started = performance.now()
  let turns = 0
  let rounds = 0
  while (performance.now() - started < ms) {
    turns += register(flows, (sent, us) => spent.set(sent, (spent.get(sent) ?? 0) + us))
    rounds++
  }
  const slowest = [...spent].map(([sent, us]) => ({ sent, us: us / rounds })).toSorted((a, b) => b.us - a.us)
  return { turns, ms: performance.now() - started, slowest: slowest.slice(0, 5) }
}

function register(flows: Flows, spent: (sent: string, us: number) => void = () => undefined): number {
  let state = newState()
  let says: Say[] = []
  for (const sent of ROAD) {
    const incoming = incomingOf(sent, says)
    const started = performance.now()
    ;({ state, says } = turn(flows, state, incoming))
    spent(sent, (performance.now() - started) * 1000)
  }
  return ROAD.length
}

function turn(flows: Flows, state: State, incoming: Incoming): { state: State; says: Say[] } {
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

/** The size of the state at the review of the road above. */
function longestState(flows: Flows): number {
  let state = newState()
  let says: Say[] = []
  let longest = 0
  for (const sent of ROAD) {
    ;({ state, says } = turn(flows, state, incomingOf(sent, says)))
    longest = Math.max(longest, JSON.stringify(state).length)
  }
  return longest
}

function medianOf(times: number, work: () => void): number {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now()
    work()
    return performance.now() - started
  }).toSorted((a, b) => a - b)
  return taken[Math.floor(times / 2)] ?? 0
}

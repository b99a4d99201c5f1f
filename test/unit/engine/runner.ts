import { advance, newState, type Env, type Step } from '../../../src/engine/advance.ts'
import type { Flows } from '../../../src/engine/format.ts'
import type { State } from '../../../src/engine/state.ts'
import type { Incoming, ListRow, Say, StepEvent, TimerSpec, Values } from '../../../src/engine/types.ts'

export interface Answer {
  outcome: string
  output?: Values
  rows?: ListRow[]
}
export type Calls = Record<string, (input: Values) => Answer>

/** 25 November 2026, 10.00 WIB. */
export const MORNING = Date.parse('2026-11-25T10:00:00+07:00')
export const FACTS = {
  pengelola: 'Pengelola',
  kontak_pengelola: 'kontak@contoh.id',
  url_privasi: 'https://contoh.id/privasi',
  masa_simpan: '24 bulan',
  aplikasi: 'Telegram',
}

/** Plays a conversation on the pure engine: no database, no channel, a clock that is moved by hand. */
export class Runner {
  state: State = newState()
  now = MORNING
  says: Say[] = []
  stats: StepEvent[] = []
  timer: TimerSpec | undefined
  last: Step | undefined
  calls: { call: string; input: Values }[] = []

  constructor(
    readonly flows: Flows,
    readonly answers: Calls = {},
    readonly pageSize: 9 | 10 = 10,
  ) {}

  get env(): Env {
    return { now: this.now, holidays: [], facts: FACTS, pageSize: this.pageSize }
  }

  /** One message through as many steps as it takes; the state passes through JSON between messages. */
  send(incoming: Incoming): Say[] {
    const state = JSON.parse(JSON.stringify(this.state)) as State
    let step = advance(this.flows, state, { type: 'inbound', incoming }, this.env)
    const first = step
    const says = [...step.says]
    this.stats.push(...step.stats)
    while (step.next.kind === 'call') {
      this.calls.push({ call: step.next.call, input: step.next.input })
      const answer = this.answers[step.next.call]?.(step.next.input)
      if (!answer) throw new Error(`no answer for the call ${step.next.call}`)
      const { outcome, output = {}, rows } = answer
      step = advance(
        this.flows,
        step.state,
        { type: 'outcome', outcome, output, ...(rows ? { rows } : {}) },
        this.env,
      )
      says.push(...step.says)
      this.stats.push(...step.stats)
    }
    this.last = { ...step, heard: incoming.kind === 'notice' ? step.heard : first.heard }
    this.state = step.state
    this.timer = step.timer
    this.says = says
    return says
  }

  say(text: string): string {
    return this.read(this.send({ kind: 'text', text }))
  }

  /** Taps the button with this label on the newest message that has it. */
  tap(label: string): string {
    const say = this.says.findLast(
      each => each.choices?.some(choice => choice.label === label) || each.more === label,
    )
    if (!say?.wait) throw new Error(`[${label}] is not shown; shown: ${JSON.stringify(this.says)}`)
    const option = (say.choices?.findIndex(choice => choice.label === label) ?? -1) + 1
    return this.read(this.send({ kind: 'tap', wait: say.wait, option }))
  }

  /** Moves the clock, firing timers at their time. */
  advance(ms: number): string {
    const until = this.now + ms
    const heard: string[] = []
    while (this.timer && this.timer.at <= until) {
      this.now = Math.max(this.now, this.timer.at)
      const { name, wait } = this.timer
      heard.push(this.read(this.send({ kind: 'timer', timer: name, wait })))
    }
    this.now = until
    return heard.filter(text => text !== '').join('\n')
  }

  read(says: Say[]): string {
    return says.map(plain).join('\n---\n')
  }
}

export const plain = (say: Say): string =>
  [
    say.text.map(span => (typeof span === 'string' ? span : `*${span.bold}*`)).join(''),
    ...(say.choices ?? []).map((choice, at) => `[${at + 1}] ${choice.label}`),
    ...(say.more ? [`[0] ${say.more}`] : []),
  ].join('\n')

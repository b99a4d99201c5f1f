import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { advance, newState } from '../../../src/engine/advance.ts'
import type { State } from '../../../src/engine/state.ts'
import type { Incoming, Say } from '../../../src/engine/types.ts'
import { callSpecs } from '../../../src/app/callSpecs.ts'
import { readFlowFiles } from '../../../src/app/loadFlows.ts'
import { check } from '../../../src/engine/check.ts'
import { asEnglish, NEWCOMER } from './flows.ts'
import { Runner } from './runner.ts'

/** The delivered flows, and a notice whose buttons lead into them. */
const NOTICE = `format: 1
id: sapa
version: 1
title: sapaan
notice: true
start: tell
input: { number: choice }
steps:
  tell:
    offer: 'Janji {number} besok.'
    choices:
      - { value: come, label: Datang, run: reminders }
      - { value: move, label: Pindah, run: registration, with: { other: "{number}" } }
      - { value: cancel, label: Batal, run: erase }
`
const loaded = check(
  [
    ...readFlowFiles('flows'),
    { path: 'flows/sapa.yaml', text: NOTICE },
    { path: 'flows/en/sapa.yaml', text: asEnglish(NOTICE) },
  ],
  callSpecs,
)
if (!loaded.flows) throw new Error(JSON.stringify(loaded.problems))
const flows = loaded.flows
const HOUR = 3_600_000

/** Answers and commands that people send, so that runs get far; and anything else. */
const WORDS = [
  ...[
    '/start',
    '/start poster-x',
    'menu',
    'kembali',
    'batal',
    'ulang',
    'ulangi',
    'bantuan',
    'petugas',
    'data saya',
    'stop',
  ],
  ...[
    'english',
    'bahasa indonesia',
    'lanjut',
    'lewati',
    'ubah',
    'halo',
    'assalamualaikum',
    'makasih',
    'ya',
    'tidak',
    'belum',
  ],
  ...[
    'belum tahu',
    '0',
    '1',
    '2',
    '3',
    '7',
    '99',
    'setuju',
    'boleh',
    'mau usaha',
    'cari kerja sama usaha',
    'Siti, kebon jeruk',
  ],
  ...[
    'Siti Aminah',
    '0812 3456 7890',
    'kebon jeruk',
    'jatinegara',
    'bekasi',
    'duri kepa',
    '500rb',
    '2 jutaan',
    'simpan',
  ],
  ...[
    'perbaiki',
    'kasir',
    'nib dan halal',
    'HAPUS',
    '3173050101900001',
    'hmm',
    'xyzzy',
    'daftarkan orang lain',
    'datang',
    'pindah',
  ],
]

type Move =
  | { kind: 'text'; text: string }
  | { kind: 'tap'; nth: number; back: number }
  | { kind: 'wait'; hours: number }
  | { kind: 'other'; incoming: Incoming }
  | { kind: 'notice'; nth: number }

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS).map((text): Move => ({ kind: 'text', text })) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('tap' as const),
      nth: fc.nat(9),
      back: fc.constantFrom(0, 0, 0, 0, 1, 5),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text): Move => ({ kind: 'text', text })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1, 4, 13, 30, 200).map((hours): Move => ({ kind: 'wait', hours })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Incoming>(
        { kind: 'media', media: 'voice' },
        { kind: 'media', media: 'photo' },
        { kind: 'contact', phone: '+6281234567890', own: true },
        { kind: 'contact', phone: '081299998888', own: false },
        { kind: 'location', latitude: -6.2, longitude: 106.8 },
        { kind: 'group' },
        { kind: 'edited' },
        { kind: 'blocked' },
        { kind: 'unblocked' },
        { kind: 'unreadable' },
        { kind: 'timer', timer: 'nudge', wait: 'gone' },
      )
      .map((incoming): Move => ({ kind: 'other', incoming })),
  },
)

class Player extends Runner {
  shown: Say[] = []

  play(step: Move): void {
    if (step.kind === 'wait') this.advance(step.hours * HOUR)
    else if (step.kind === 'text') this.send({ kind: 'text', text: step.text })
    else if (step.kind === 'other') this.send(step.incoming)
    else if (step.kind === 'notice') this.notice(step.nth)
    else this.tapNth(step)
    this.shown.push(...this.says.filter(say => say.wait !== undefined))
  }

  /** Whatever is open stays as it was, but for the order of what is on screen. */
  notice(nth: number): void {
    const open = (state: State) => state.stack.map(({ wait, ...session }) => ({ ...session, wait: wait?.id }))
    const before = [open(this.state), this.state.offer]
    const values = { number: `J-${nth}` }
    this.send({ kind: 'notice', notice: 'sapa', id: String(nth), values })
    expect([open(this.state), this.state.offer]).toEqual(before)
    expect(this.says[0]?.choices).toHaveLength(3)
    expect(this.state.beside?.length ?? 0).toBeLessThanOrEqual(5)
  }

  tapNth({ nth, back }: { nth: number; back: number }): void {
    const say = this.shown.at(-1 - back)
    if (!say?.wait) return
    const count = (say.choices?.length ?? 0) + (say.more ? 1 : 0)
    if (count > 0) this.send({ kind: 'tap', wait: say.wait, option: (nth % count) + (say.more ? 0 : 1) })
  }
}

const LONG = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: move },
    { weight: 1, arbitrary: fc.nat(9).map((nth): Move => ({ kind: 'notice', nth })) },
  ),
  { minLength: 5, maxLength: 60 },
)

describe('whatever people send', () => {
  test('nothing throws, the state stays plain JSON under 4 kB, and every message has an end', () => {
    fc.assert(
      fc.property(LONG, fc.constantFrom<9 | 10>(9, 10), (moves, pageSize) => {
        const player = new Player(flows, NEWCOMER, pageSize)
        for (const each of moves) {
          player.play(each)
          const text = JSON.stringify(player.state)
          expect(JSON.parse(text)).toEqual(player.state)
          expect(text.length).toBeLessThan(4096)
          expect(player.last?.next.kind ?? 'wait').not.toBe('call')
          expect(player.last?.heard ?? 'answer').toMatch(/^(answer|retry|silence:[a-z_]+)$/)
          for (const say of player.says) expect(say.text.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 250 },
    )
  })

  test('the given state is never changed', () => {
    fc.assert(
      fc.property(LONG, moves => {
        const player = new Player(flows, NEWCOMER)
        for (const each of moves) {
          player.play(each)
          const before = JSON.stringify(player.state)
          advance(
            flows,
            freeze(player.state),
            { type: 'inbound', incoming: { kind: 'text', text: 'ya' } },
            player.env,
          )
          expect(JSON.stringify(player.state)).toBe(before)
        }
      }),
      { numRuns: 60 },
    )
  })
})

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value)
    for (const each of Object.values(value)) freeze(each)
  }
  return value
}

/** What *kembali* must restore: everything but the counter of waits and what hangs on it. */
function essence(state: State): unknown {
  return {
    stack: state.stack.map(({ wait, told: _, ...session }) => ({
      ...session,
      wait: wait && { shown: wait.shown },
    })),
    source: state.source,
  }
}

describe('kembali', () => {
  test('after any answer restores the state before it', () => {
    fc.assert(
      fc.property(LONG, moves => {
        const player = new Player(flows, NEWCOMER)
        for (const each of moves) {
          const before = player.state
          const calls = player.calls.length
          player.play(each)
          const session = player.state.stack.at(-1)
          const earlier = before.stack.at(-1)
          const answered =
            before.stack.length === player.state.stack.length &&
            session?.wait !== undefined &&
            earlier?.wait !== undefined &&
            earlier.wait.sub === undefined &&
            earlier.wait.page === undefined &&
            session.history.length === earlier.history.length + 1 &&
            session.wait.sub === undefined
          if (!answered || player.calls.slice(calls).some(({ call }) => flows.calls[call]?.writes)) continue
          const after = player.state
          player.say('kembali')
          expect(essence(player.state)).toEqual(essence({ ...before, source: player.state.source } as State))
          player.state = after
        }
      }),
      { numRuns: 150 },
    )
  })
})

/** Answers of a whole form, by question. */
function register(runner: Runner, answers: Record<string, string>): void {
  runner.say('/start')
  for (let turn = 0; turn < 60; turn++) {
    const step = runner.last?.open?.step
    if (step === undefined || step === 'review') return
    const answer = answers[step]
    if (answer === undefined) throw new Error(`no answer for ${step}`)
    if (answer.startsWith('[')) runner.tap(answer.slice(1, -1))
    else runner.say(answer)
  }
}

const yesNo = fc.constantFrom('[Ya]', '[Tidak]')
const form = fc.record({
  welcome: fc.constant('[Daftar]'),
  ask_age: fc.constant('[Sudah]'),
  ask_consent: fc.constant('[Setuju]'),
  ask_reminders: fc.constantFrom('[Boleh]', '[Jangan]'),
  intake_job: yesNo,
  intake_start: yesNo,
  intake_grow: yesNo,
  ask_name: fc.constantFrom('Siti Aminah', 'Budi', 'H. Ahmad Yani'),
  ask_form_of_address: fc.constantFrom('[Bapak]', '[Ibu]', '[Kak]'),
  ask_phone: fc.constantFrom('0812 3456 7890', '+62 813-9999-8888'),
  ask_place: fc.constantFrom('kebon jeruk'),
  ask_nik: fc.constant('[Nanti saja]'),
  job_education: fc.constantFrom('[SD/sederajat]', '[D1–D3]'),
  job_field: fc.constantFrom('kasir', 'kurir'),
  job_training: fc.constantFrom('[Ya, berminat]', '[Lihat dulu]'),
  start_field: fc.constantFrom('[Fesyen]', '[Jasa]'),
  start_tried: fc.constantFrom('[Sudah]', '[Belum]'),
  start_capital: fc.constantFrom('500rb', '[Tidak ingin jawab]'),
  start_block: fc.constantFrom('[Modal]', '[Lainnya]'),
  grow_name: fc.constantFrom('Nasi Uduk Bu Siti', 'Warung Kita'),
  grow_field: fc.constantFrom('[Fesyen]', '[Jasa]'),
  grow_since: fc.constantFrom('[Kurang 6 bulan]', '[Lebih 2 tahun]'),
  grow_sales: fc.constantFrom('[Rp3–10 juta]', '[Tidak tahu]'),
  grow_workers: fc.constantFrom('[Sendiri]', '[2–4 orang]'),
  grow_permits: fc.constantFrom('nib dan halal', 'belum ada'),
  grow_books: fc.constantFrom('[Rutin]', '[Belum]'),
  grow_need: fc.constantFrom('[Modal]', '[Pemasaran]'),
})

/** The place is asked in two parts. */
function fill(runner: Runner, answers: Record<string, string>): void {
  const primary = ['[Cari kerja]', '[Mulai usaha]', '[Naik kelas]'].find(
    (_, at) => answers[['intake_job', 'intake_start', 'intake_grow'][at] ?? ''] === '[Ya]',
  )
  let place = 0
  register(
    runner,
    new Proxy(
      { ...answers, primary_need: primary ?? '' },
      {
        get: (all: Record<string, string>, step: string) =>
          step === 'ask_place' && place++ > 0 ? '[Duri Kepa]' : all[step],
      },
    ),
  )
}

describe('review', () => {
  test('replaying the road with unchanged answers changes nothing', () => {
    fc.assert(
      fc.property(form, fc.nat(30), (answers, nth) => {
        const runner = new Runner(flows, NEWCOMER)
        fill(runner, answers)
        expect(runner.last?.open?.step).toBe('review')
        const before = runner.state.stack.at(-1)
        const summary = runner.says.at(-1)?.text
        runner.tap('Perbaiki')
        const fields = runner.says.at(-1)?.choices ?? []
        const field = fields[nth % fields.length]?.label ?? ''
        runner.tap(field)
        runner.say('lanjut')
        const after = runner.state.stack.at(-1)
        expect(runner.last?.open?.step).toBe('review')
        expect(after?.vars).toEqual(before?.vars)
        expect(after?.history.map(entry => entry.path)).toEqual(before?.history.map(entry => entry.path))
        expect(after?.kept).toBeUndefined()
        expect(runner.says.at(-1)?.text).toEqual(summary)
      }),
      { numRuns: 60 },
    )
  })
})

describe('two renderings', () => {
  test('taps and numbered text lead to the same state for the same choices', () => {
    fc.assert(
      fc.property(form, answers => {
        const tapping = new Runner(flows, NEWCOMER, 10)
        const typing = new NumberTyper(flows, NEWCOMER, 9)
        fill(tapping, answers)
        fill(typing, answers)
        expect(tapping.last?.open).toEqual(typing.last?.open)
        const vars = (runner: Runner) => runner.state.stack.map(session => session.vars)
        expect(vars(typing)).toEqual(vars(tapping))
        tapping.tap('Simpan')
        typing.tap('Simpan')
        const sent = (runner: Runner) => runner.calls.find(({ call }) => call === 'register')?.input
        expect(sent(typing)).toEqual(sent(tapping))
      }),
      { numRuns: 60 },
    )
  })
})

/** Types the number of a choice, as on WhatsApp. */
class NumberTyper extends Runner {
  override tap(label: string): string {
    const say = this.says.findLast(each => each.choices?.some(choice => choice.label === label))
    const option = (say?.choices?.findIndex(choice => choice.label === label) ?? -1) + 1
    return this.say(String(option))
  }
}

test('a new state is small and starts with nothing', () => {
  expect(newState()).toEqual({ v: 1, language: 'id', seq: 0, stack: [] })
})

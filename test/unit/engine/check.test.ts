import { describe, expect, test } from 'vitest'
import { check, type Problem } from '../../../src/engine/check.ts'
import { stranded } from '../../../src/engine/check/live.ts'
import { COMMON_TEXTS } from '../../../src/engine/vocabulary.ts'
import { checkFlows, flowFiles, flowsOf, mainFlow, TEST_CALLS } from './flows.ts'

/** A flow in which everything is right; each test plants one mistake into it or into its neighbours. */
const MAIN = `format: 1
id: main
version: 3
title: percobaan
start: hello
triggers: [mau coba]
moved: { old_name: ask_name }
steps:
  hello:
    say: Halo dari {pengelola}.
    next: ask_name
  ask_name:
    ask: name
    text: Siapa nama Anda?
    title: Nama
    save: name
    example: Siti Aminah
    retry: Namanya saja, ya.
    hears: [phone]
    next: ask_kind
  ask_kind:
    ask: choice
    text: Halo {name}, mau apa?
    title: Mau apa
    save: kind
    save_text: shown
    choices:
      - { value: learn, label: Belajar, also: [kelas] }
      - { value: sell, label: Jualan, description: Menjual barang }
    next: { learn: ask_phone, sell: look_up }
  ask_phone:
    ask: phone
    text: Nomor HP?
    title: Nomor
    save: phone
    example: 0812 3456 7890
    skip: Nanti saja
    nudge: Nomornya belum diisi.
    next: { skipped: by_kind, else: by_kind }
  by_kind:
    branch: kind
    next: { learn: check_all, sell: look_up }
  look_up:
    call: look_up
    save: { number: number }
    rows: found
    next: { found: ask_row, nothing: check_all }
  ask_row:
    ask: choice
    text: Nomor {number}. Yang mana?
    title: Baris
    save: row
    from: found
    next: sub
  sub:
    run: inner
    with: { topic: '{row}' }
    save: { answer: answer }
    next: check_all
  check_all:
    review: [name, kind, phone]
    text: 'Mohon diperiksa:'
    question: Sudah benar?
    next: store
  store:
    call: store
    with: { name: '{name}', note: '{shown}' }
    save: { number: stored }
    next: { stored: to_staff, taken: ask_name }
  to_staff:
    handover: finished
    text: name
    next: finish
  finish:
    end: true
`

const INNER = `format: 1
id: inner
version: 1
title: di dalam
start: ask
input: { topic: choice }
steps:
  ask:
    ask: yesno
    text: Jadi?
    save: answer
    choices:
      - { value: yes, label: Ya }
      - { value: no, label: Tidak }
    next: done
  done:
    end: true
`

type Files = { path: string; text: string }[]

/** Replaces one piece of one file; the piece must be there. */
function plant(file: string, from: string, to: string): Files {
  return flowFiles(MAIN, INNER).map(each => {
    if (each.path !== file) return each
    if (!each.text.includes(from)) throw new Error(`${from} is not in ${file}`)
    return { path: file, text: each.text.replace(from, () => to) }
  })
}

interface Planted {
  kind: string
  file?: string
  from: string
  to: string
  /** A piece of the line where it must be told, as it stands after planting. */
  at?: string
  step?: string | undefined
  also?: string[]
}

const M = 'flows/main.yaml'
const EN = 'flows/en/main.yaml'
const COMMON = 'flows/common.yaml'
const ELEVEN = Array.from(
  { length: 11 },
  (_, at) => `      - { value: v${at}, label: Pilihan ${String.fromCharCode(97 + at)} }`,
).join('\n')

const PLANTED: Planted[] = [
  // ── The shape of a file ──
  { kind: 'yaml', from: 'start: hello', to: 'start: [hello', at: 'triggers' },
  {
    kind: 'duplicate_key',
    from: '    title: Nama\n',
    to: '    title: Nama\n    title: Nama lengkap\n',
    at: '    title: Nama lengkap',
  },
  {
    kind: 'unknown_key',
    from: '    title: Nama\n',
    to: '    titel: Nama\n',
    at: 'titel',
    step: 'ask_name',
    also: ['missing_title'],
  },
  { kind: 'missing_key', from: '    save: name\n', to: '', at: '    ask: name', step: 'ask_name' },
  { kind: 'missing_key', from: 'start: hello\n', to: '', at: 'format: 1', step: undefined },
  { kind: 'wrong_value', from: 'version: 3', to: 'version: tiga', at: 'version: tiga' },
  { kind: 'wrong_value', from: 'format: 1', to: 'format: 2', at: 'format: 2' },
  {
    kind: 'wrong_value',
    from: '    ask: phone',
    to: '    ask: telephone',
    at: 'ask: telephone',
    step: 'ask_phone',
  },
  { kind: 'bad_name', from: '    save: kind\n', to: '    save: Kind\n', at: 'save: Kind', step: 'ask_kind' },
  { kind: 'bad_name', from: '  hello:', to: '  Hello There:', at: 'Hello There' },
  { kind: 'wrong_id', from: 'id: main', to: 'id: mian', at: 'id: mian' },
  { kind: 'no_step_kind', from: '    end: true', to: '    next: hello', at: '  finish:', step: 'finish' },
  {
    kind: 'two_step_kinds',
    from: '    end: true',
    to: '    end: true\n    say: Sudah.',
    at: '    end: true',
    step: 'finish',
  },
  {
    kind: 'bad_name',
    from: '    skip: Nanti saja',
    to: '    skip: Nanti saja\n    expire: { after: besok }',
    at: 'expire: {',
    step: 'ask_phone',
  },

  // ── Roads ──
  { kind: 'unknown_step', from: 'start: hello', to: 'start: helo', at: 'start: helo' },
  {
    kind: 'unknown_step',
    from: '    next: ask_kind',
    to: '    next: ask_kond',
    at: 'next: ask_kond',
    step: 'ask_name',
  },
  {
    kind: 'unknown_step',
    from: 'sell: look_up }\n  look_up',
    to: 'sell: lok_up }\n  look_up',
    at: 'lok_up',
    step: 'by_kind',
  },
  { kind: 'unknown_step', from: 'old_name: ask_name', to: 'old_name: ask_nam', at: 'moved:' },
  {
    kind: 'unknown_step',
    from: '    example: Siti Aminah\n',
    to: '    example: Siti Aminah\n    commands: { book: ask_nam }\n',
    at: 'book: ask_nam',
    step: 'ask_name',
  },
  {
    kind: 'unknown_command',
    from: '    example: Siti Aminah\n',
    to: '    example: Siti Aminah\n    commands: { stop: hello }\n',
    at: 'stop: hello',
    step: 'ask_name',
  },
  { kind: 'moved_existing', from: 'moved: { old_name', to: 'moved: { hello', at: 'moved:' },
  {
    kind: 'unreachable_step',
    from: '  finish:\n',
    to: '  alone:\n    say: Sendiri.\n    next: finish\n  finish:\n',
    at: '  alone:',
    step: 'alone',
    also: ['missing_translation'],
  },
  { kind: 'endless_loop', from: 'taken: ask_name', to: 'taken: store', at: '  store:', step: 'store' },

  // ── Questions ──
  {
    kind: 'kind_not_taken',
    from: '    ask: name',
    to: '    ask: document',
    at: 'ask: document',
    step: 'ask_name',
    also: ['wrong_type'],
  },
  {
    kind: 'missing_example',
    from: '    example: Siti Aminah\n',
    to: '',
    at: 'ask: name',
    step: 'ask_name',
    also: ['extra_translation'],
  },
  {
    kind: 'key_of_other_kind',
    from: '    title: Nama\n',
    to: '    title: Nama\n    max: 20\n',
    at: 'max: 20',
    step: 'ask_name',
  },
  {
    kind: 'missing_choices',
    from: '    from: found\n',
    to: '',
    at: '    ask: choice\n    text: Nomor',
    step: 'ask_row',
  },
  {
    kind: 'two_lists',
    from: '    from: found\n',
    to: '    from: found\n    choices: [{ value: a, label: A }]\n',
    at: 'from: found',
    step: 'ask_row',
    also: ['missing_translation'],
  },
  {
    kind: 'unknown_list',
    from: '    from: found',
    to: '    from: fund',
    at: 'from: fund',
    step: 'ask_row',
    also: ['unknown_variable'],
  },
  {
    kind: 'button_too_long',
    from: 'label: Belajar,',
    to: 'label: Belajar berdagang di pasar,',
    at: 'Belajar berdagang',
    step: 'ask_kind',
  },
  {
    kind: 'button_too_long',
    from: 'skip: Nanti saja',
    to: 'skip: Nanti saja kalau sempat',
    at: 'kalau sempat',
    step: 'ask_phone',
  },
  {
    kind: 'title_too_long',
    from: 'title: Mau apa',
    to: 'title: Apa yang mau dilakukan di sini',
    at: 'title: Apa yang',
    step: 'ask_kind',
  },
  {
    kind: 'description_too_long',
    from: 'Menjual barang',
    to: 'Menjual barang '.repeat(6).trim(),
    at: 'Menjual barang Menjual',
    step: 'ask_kind',
  },
  {
    kind: 'row_too_long',
    from: '      - { value: learn',
    to: '      - { value: v1, label: Yang kesatu saja }\n      - { value: v2, label: Yang panjangnya lebih dari dua puluh }\n      - { value: learn',
    at: 'value: v2',
    step: 'ask_kind',
    also: ['answer_without_road', 'missing_translation'],
  },
  {
    kind: 'list_too_long',
    from: '    choices:\n      - { value: learn, label: Belajar, also: [kelas] }\n      - { value: sell, label: Jualan, description: Menjual barang }\n    next: { learn: ask_phone, sell: look_up }',
    to: `    choices:\n${ELEVEN}\n    next: { v1: look_up, else: ask_phone }`,
    at: 'value: v0',
    step: 'ask_kind',
    also: ['missing_translation', 'extra_translation', 'unknown_answer', 'answer_without_road'],
  },
  {
    kind: 'duplicate_value',
    from: 'value: sell, label',
    to: 'value: learn, label',
    at: 'label: Jualan',
    step: 'ask_kind',
    also: ['unknown_answer', 'extra_translation', 'missing_translation'],
  },
  {
    kind: 'same_words',
    from: 'label: Jualan,',
    to: 'label: Jualan, also: [Kelas!],',
    at: 'Kelas!',
    step: 'ask_kind',
  },
  { kind: 'number_as_words', from: 'also: [kelas]', to: "also: ['2']", at: "'2'", step: 'ask_kind' },
  {
    kind: 'unknown_answer',
    from: 'sell: look_up }\n  ask_phone',
    to: 'sel: look_up, else: look_up }\n  ask_phone',
    at: 'sel: look_up',
    step: 'ask_kind',
  },
  {
    kind: 'answer_without_road',
    from: '{ learn: ask_phone, sell: look_up }',
    to: '{ learn: ask_phone }',
    at: '{ learn: ask_phone }',
    step: 'ask_kind',
  },
  {
    kind: 'answer_without_road',
    from: '{ learn: check_all, sell: look_up }',
    to: '{ learn: check_all }',
    at: '{ learn: check_all }',
    step: 'by_kind',
  },
  { kind: 'cannot_hear', from: 'hears: [phone]', to: 'hears: [kind]', at: 'hears: [kind]', step: 'ask_name' },
  {
    kind: 'unknown_field',
    from: 'review: [name, kind',
    to: 'review: [nama, kind',
    at: 'review: [nama',
    step: 'check_all',
  },
  {
    kind: 'missing_title',
    from: '    title: Nomor\n',
    to: '',
    at: '  ask_phone:',
    step: 'ask_phone',
    also: ['extra_translation'],
  },
  {
    kind: 'unknown_variable',
    from: '    branch: kind',
    to: '    branch: sort',
    at: 'branch: sort',
    step: 'by_kind',
  },
  {
    kind: 'unknown_answer',
    file: 'flows/inner.yaml',
    from: 'value: no,',
    to: 'value: maybe,',
    at: 'value: maybe',
    step: 'ask',
    also: ['missing_translation', 'extra_translation'],
  },

  // ── Texts and variables ──
  {
    kind: 'markup',
    from: 'Halo dari {pengelola}.',
    to: 'Halo *dari {pengelola}.',
    at: 'Halo *dari',
    step: 'hello',
    also: ['placeholders_differ'],
  },
  {
    kind: 'placeholder',
    from: 'Halo dari {pengelola}.',
    to: 'Halo dari {pengelola.',
    at: '{pengelola.',
    step: 'hello',
    also: ['placeholders_differ'],
  },
  {
    kind: 'text_too_long',
    from: 'Halo dari {pengelola}.',
    to: `Halo dari {pengelola}. ${'panjang '.repeat(520)}`,
    at: 'panjang panjang',
    step: 'hello',
  },
  {
    kind: 'unknown_placeholder',
    from: 'Halo {name}, mau',
    to: 'Halo {nama}, mau',
    at: '{nama}',
    step: 'ask_kind',
    also: ['placeholders_differ'],
  },
  {
    kind: 'unsaved_variable',
    from: '    text: Nomor HP?',
    to: '    text: Nomor HP, {number}?',
    at: '{number}?',
    step: 'ask_phone',
    also: ['placeholders_differ'],
  },
  {
    kind: 'sensitive_shown',
    from: '    title: Nama\n',
    to: '    title: Nama\n    sensitive: true\n',
    at: 'text: Halo {name}',
    step: 'ask_kind',
  },
  {
    kind: 'two_types',
    from: '    save: phone',
    to: '    save: name',
    at: 'save: name\n    example: 0812',
    step: 'ask_phone',
    also: ['cannot_hear', 'unknown_field', 'missing_title'],
  },

  // ── Calls and sub-flows ──
  {
    kind: 'unknown_call',
    from: '    call: look_up',
    to: '    call: lookup',
    at: 'call: lookup',
    step: 'look_up',
    also: ['unknown_placeholder', 'unsaved_variable'],
  },
  {
    kind: 'outcome_without_road',
    from: '{ found: ask_row, nothing: check_all }',
    to: '{ found: ask_row }',
    at: '{ found: ask_row }',
    step: 'look_up',
  },
  {
    kind: 'unknown_outcome',
    from: 'nothing: check_all }',
    to: 'nothing: check_all, many: check_all }',
    at: 'many:',
    step: 'look_up',
  },
  {
    kind: 'missing_input',
    from: "{ name: '{name}', note: '{shown}' }",
    to: "{ note: '{shown}' }",
    at: 'with: { note',
    step: 'store',
  },
  {
    kind: 'unknown_input',
    from: "note: '{shown}' }",
    to: "note: '{shown}', nota: x }",
    at: 'nota: x',
    step: 'store',
  },
  {
    kind: 'unknown_variable',
    from: "{ name: '{name}', note",
    to: "{ name: '{nama}', note",
    at: "'{nama}'",
    step: 'store',
  },
  {
    kind: 'wrong_type',
    from: "{ name: '{name}', note",
    to: "{ name: '{phone}', note",
    at: "'{phone}'",
    step: 'store',
    also: ['unsaved_variable'],
  },
  {
    kind: 'unknown_output',
    from: 'save: { number: stored }',
    to: 'save: { nummer: stored }',
    at: 'nummer',
    step: 'store',
  },
  {
    kind: 'no_rows',
    from: '    save: { number: stored }',
    to: '    rows: list',
    at: 'rows: list',
    step: 'store',
  },
  { kind: 'unknown_flow', from: '    run: inner', to: '    run: iner', at: 'run: iner', step: 'sub' },
  { kind: 'unknown_flow', from: '    end: true', to: '    end: mneu', at: 'end: mneu', step: 'finish' },
  {
    kind: 'unknown_input',
    from: "{ topic: '{row}' }",
    to: "{ topik: '{row}' }",
    at: 'topik',
    step: 'sub',
    also: ['missing_input'],
  },
  {
    kind: 'flow_in_itself',
    file: 'flows/inner.yaml',
    from: '    next: done\n  done:',
    to: '    next: again\n  again:\n    run: main\n    next: done\n  done:',
    at: 'run: main',
    step: 'again',
    also: ['flow_in_itself'],
  },
  {
    kind: 'unknown_variable',
    from: '    text: name\n    next: finish',
    to: '    text: nama\n    next: finish',
    at: 'text: nama',
    step: 'to_staff',
  },

  // ── Translations ──
  {
    kind: 'missing_translation',
    file: EN,
    from: '  hello:\n    say: Halo dari {pengelola}.\n',
    to: '',
    at: undefined as never,
    step: 'hello',
  },
  {
    kind: 'missing_translation',
    file: EN,
    from: '    retry: Namanya saja, ya.\n',
    to: '',
    at: '  ask_name:',
    step: 'ask_name',
  },
  {
    kind: 'missing_translation',
    file: EN,
    from: '      learn: Belajar\n',
    to: '',
    at: '    choices:',
    step: 'ask_kind',
  },
  {
    kind: 'extra_translation',
    file: EN,
    from: '  hello:\n',
    to: '  gone:\n    say: Halo.\n  hello:\n',
    at: '  gone:',
    step: 'gone',
  },
  {
    kind: 'extra_translation',
    file: EN,
    from: '    retry: Namanya saja, ya.',
    to: '    retry: Namanya saja, ya.\n    skip: Later',
    at: 'skip: Later',
    step: 'ask_name',
  },
  {
    kind: 'placeholders_differ',
    file: EN,
    from: 'Halo dari {pengelola}.',
    to: 'Hello.',
    at: 'Hello.',
    step: 'hello',
  },
  {
    kind: 'button_too_long',
    file: EN,
    from: 'learn: Belajar',
    to: 'learn: Learning how to sell it',
    at: 'Learning how',
    step: 'ask_kind',
  },

  // ── Shared words ──
  {
    kind: 'trigger_twice',
    file: 'flows/inner.yaml',
    from: 'start: ask\n',
    to: 'start: ask\ntriggers: [Mau coba!]\n',
    at: 'triggers:',
  },
  { kind: 'trigger_is_command', from: 'triggers: [mau coba]', to: 'triggers: [kembali]', at: 'triggers:' },
  { kind: 'missing_text', file: COMMON, from: '  greeting: Halo!\n', to: '', at: 'texts:' },
  {
    kind: 'unknown_text',
    file: COMMON,
    from: '  greeting: Halo!\n',
    to: '  greeting: Halo!\n  greetings: Halo!\n',
    at: 'greetings:',
  },
  {
    kind: 'unknown_placeholder',
    file: COMMON,
    from: '  greeting: Halo!',
    to: '  greeting: Halo {name}!',
    at: 'greeting: Halo {name}',
    also: ['placeholders_differ'],
  },
  { kind: 'unknown_command', file: COMMON, from: '  help: help', to: '  helpp: help', at: 'helpp' },
  { kind: 'missing_command', file: COMMON, from: '  start: main\n', to: '', at: 'commands:' },
  { kind: 'unknown_flow', file: COMMON, from: '  help: help', to: '  help: hlep', at: 'hlep' },
  {
    kind: 'button_too_long',
    file: COMMON,
    from: 'more: Lainnya',
    to: 'more: Lainnya yang belum ditunjukkan',
    at: 'belum ditunjukkan',
  },
]

const lineOf = (text: string, piece: string): number => text.slice(0, text.indexOf(piece)).split('\n').length

describe('a planted mistake is told with its file, line, step and remedy', () => {
  test('without one there is nothing to tell', () => {
    expect(checkFlows(MAIN, INNER).problems).toEqual([])
  })

  test.each(PLANTED.map((each, nth) => ({ nth: nth + 1, ...each })))('$nth: $kind', planted => {
    const { kind, file = M, from, to, also = [] } = planted
    const files = plant(file, from, to)
    const { problems, flows } = check(files, TEST_CALLS)
    expect(flows).toBeUndefined()
    const told = planted.at === undefined ? M : file
    const text = files.find(each => each.path === told)?.text ?? ''
    const line = lineOf(text, planted.at ?? '  hello:')
    const found = problems.find(each => each.kind === kind && each.file === told && each.line === line)
    expect(found, JSON.stringify({ line, problems }, null, 1)).toBeDefined()
    if ('step' in planted) expect(found?.step).toBe(planted.step)
    expect(found?.column).toBeGreaterThan(0)
    expect(found?.message).not.toBe('')
    expect(found?.remedy).not.toBe('')
    const others = problems.filter(each => each.kind !== kind).map(each => each.kind)
    expect(others.filter(each => !also.includes(each))).toEqual([])
  })

  test('at least 40 mistakes, and one of every kind that the checker knows', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(40)
    const kinds = new Set(PLANTED.map(each => each.kind))
    const elsewhere = new Set(['missing_common', 'unknown_call', 'stranded'])
    expect(KINDS.filter(kind => !kinds.has(kind) && !elsewhere.has(kind))).toEqual([])
  })
})

const KINDS = [
  'answer_without_road', 'bad_name', 'button_too_long', 'cannot_hear', 'description_too_long', 'duplicate_key',
  'duplicate_value', 'endless_loop', 'extra_translation', 'flow_in_itself', 'key_of_other_kind', 'kind_not_taken',
  'list_too_long', 'markup', 'missing_choices', 'missing_command', 'missing_common', 'missing_example', 'missing_input',
  'missing_key', 'missing_text', 'missing_title', 'missing_translation', 'moved_existing', 'no_rows', 'no_step_kind',
  'number_as_words', 'outcome_without_road', 'placeholder', 'placeholders_differ', 'row_too_long', 'same_words',
  'sensitive_shown', 'stranded', 'text_too_long', 'title_too_long', 'trigger_is_command', 'trigger_twice', 'two_lists',
  'two_step_kinds', 'two_types', 'unknown_answer', 'unknown_call', 'unknown_command', 'unknown_field', 'unknown_flow',
  'unknown_input', 'unknown_key', 'unknown_list', 'unknown_outcome', 'unknown_output', 'unknown_placeholder',
  'unknown_step', 'unknown_text', 'unknown_variable', 'unreachable_step', 'unsaved_variable', 'wrong_id', 'wrong_type',
  'wrong_value', 'yaml',
] // prettier-ignore

describe('the checker as a whole', () => {
  const kindsOf = (problems: Problem[]) => [...new Set(problems.map(each => each.kind))]

  test('without the shared texts nothing can be said', () => {
    const files = flowFiles(MAIN, INNER).filter(each => !each.path.endsWith('common.yaml'))
    expect(kindsOf(check(files, TEST_CALLS).problems)).toEqual(['missing_common'])
  })

  test('without the call that opens tickets nobody could take over', () => {
    const { open_ticket: _, ...calls } = TEST_CALLS
    const { problems } = check(flowFiles(MAIN, INNER), calls)
    expect(problems).toContainEqual(expect.objectContaining({ kind: 'unknown_call', file: COMMON }))
  })

  test('a flow without its English file, and an English file without its flow', () => {
    const without = flowFiles(MAIN, INNER).filter(each => each.path !== EN)
    expect(check(without, TEST_CALLS).problems).toMatchObject([
      { kind: 'missing_translation', file: M, line: 4 },
    ])
    const stranger = [
      ...flowFiles(MAIN, INNER),
      { path: 'flows/en/gone.yaml', text: 'format: 1\nid: gone\ntitle: Gone\nsteps: {}\n' },
    ]
    expect(check(stranger, TEST_CALLS).problems).toMatchObject([
      { kind: 'extra_translation', file: 'flows/en/gone.yaml', line: 2 },
    ])
  })

  test('tells all mistakes at once, in the order of the file', () => {
    const files = plant(M, 'next: ask_kind', 'next: nowhere').map(each =>
      each.path === M ? { ...each, text: each.text.replace('branch: kind', 'branch: nothing') } : each,
    )
    expect(check(files, TEST_CALLS).problems.map(({ kind, line }) => [kind, line])).toEqual([
      ['unknown_step', 20],
      ['unknown_variable', 41],
    ])
  })

  test('every shared text that the engine can say is in the file', () => {
    expect(Object.keys(flowsOf(MAIN, INNER).common.texts).toSorted()).toEqual(
      Object.keys(COMMON_TEXTS).toSorted(),
    )
  })

  test('no text that ever passes makes the checker throw', () => {
    for (const text of [
      '',
      '[]',
      'null',
      '42',
      '- a',
      'id: main',
      '{',
      'steps: 3',
      '\t',
      'steps: { a: 1 }',
      'steps: { a: { say: 1 } }',
    ])
      expect(check([{ path: M, text }, ...flowFiles(INNER)], TEST_CALLS).flows).toBeUndefined()
  })
})

describe('live conversations', () => {
  const flows = flowsOf(MAIN, INNER)

  test('a removed step names the conversations that wait on it; a renamed one is found', () => {
    const problems = stranded(flows, [
      { flow: 'main', step: 'ask_name', conversations: [1] },
      { flow: 'main', step: 'old_name', conversations: [2] },
      { flow: 'main', step: 'removed', conversations: [3, 4] },
      { flow: 'gone', step: 'ask', conversations: Array.from({ length: 12 }, (_, at) => at + 10) },
    ])
    expect(problems.map(({ file, step, message }) => ({ file, step, message }))).toEqual([
      {
        file: 'flows/main.yaml',
        step: 'removed',
        message: '2 conversations wait on a step that is gone: 3, 4',
      },
      {
        file: 'flows/gone.yaml',
        step: 'ask',
        message:
          '12 conversations wait on a step that is gone: 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 2 more',
      },
    ])
  })
})

test('a small flow is a whole flow', () => {
  expect(
    checkFlows(mainFlow('hi', '  hi:\n    say: Halo.\n    next: end\n  end:\n    end: true\n')).problems,
  ).toEqual([])
})

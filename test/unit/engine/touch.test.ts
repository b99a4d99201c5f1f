import { describe, expect, test } from 'vitest'
import type { Incoming, Say } from '../../../src/engine/types.ts'
import { flowsOf, mainFlow, TICKET } from './flows.ts'
import { Runner } from './runner.ts'

/** What a turn does to messages that are in the chat already. */

const LETTERS = 'abcdefghijklm'.split('')
const choices = LETTERS.map(letter => `      - { value: ${letter}, label: Huruf ${letter} }`).join('\n')
const FLOW = mainFlow(
  'letter',
  `  letter:
    ask: choice
    text: Huruf apa?
    title: Huruf
    save: letter
    paged: true
    choices:
${choices}
    next: colors
  colors:
    ask: choices
    text: Warna apa saja?
    title: Warna
    save: colors
    choices:
      - { value: red, label: Merah }
      - { value: blue, label: Biru }
    next: nik
  nik:
    ask: nik
    text: NIK?
    title: NIK
    save: nik
    example: 3173••••
    skip: Nanti
    next: done
  done: { end: true }
`,
)
const start = () => {
  const runner = new Runner(flowsOf(FLOW), TICKET)
  runner.say('/start')
  return runner
}

const tap = (runner: Runner, label: string, message: string): Say[] => {
  const say = runner.says.findLast(each => each.more === label || each.choices?.some(c => c.label === label))
  const option = (say?.choices?.findIndex(choice => choice.label === label) ?? -1) + 1
  return runner.send({ kind: 'tap', wait: say?.wait ?? '', option, message })
}
const type = (runner: Runner, text: string, message = '41'): Incoming => {
  const incoming = { kind: 'text', text, message } as const
  runner.send(incoming)
  return incoming
}
const touches = (runner: Runner) => runner.last?.touches

describe('a list that goes on is edited, not repeated', () => {
  test('the next page stands where its button stood', () => {
    const runner = start()
    const [say] = tap(runner, 'Lainnya', '7')
    expect(say).toMatchObject({ replaces: '7', more: 'Lainnya' })
    expect(say?.choices?.map(choice => choice.label)).toEqual(['Huruf k', 'Huruf l', 'Huruf m'])
  })

  test('a page that was asked for by its number is a new message', () => {
    const runner = start()
    type(runner, '0')
    expect(runner.says.map(say => say.replaces)).toEqual([undefined])
  })

  test('several choices are collected in one message; the next question is a new one', () => {
    const runner = start()
    tap(runner, 'Huruf a', '7')
    expect(runner.says.map(say => say.replaces)).toEqual([undefined])
    const [more] = tap(runner, 'Merah', '8')
    expect(more).toMatchObject({ replaces: '8', text: [expect.stringContaining('Merah')] })
    tap(runner, 'Selesai', '8')
    expect(runner.says.map(say => [say.text, say.replaces])).toEqual([[['NIK?'], undefined]])
  })
})

describe('an old button goes', () => {
  test('when it is tapped, with a kind word and the open question', () => {
    const runner = start()
    const [say] = runner.send({ kind: 'tap', wait: 'old', option: 1, message: '3' })
    expect(say?.text.join('')).toMatch(/^Tombol itu sudah tidak berlaku\.\n\nHuruf apa\?/)
    expect(touches(runner)).toEqual([{ touch: 'unbutton', message: '3' }])
  })

  test('but not that of the question just answered: its message may show the next one by now', () => {
    const runner = start()
    const before = runner.says[0]
    tap(runner, 'Lainnya', '7')
    runner.send({ kind: 'tap', wait: before?.wait ?? '', option: 0, message: '7' })
    expect(runner.last?.heard).toBe('silence:second_tap')
    expect(touches(runner)).toEqual([])
  })
})

describe('a typed NIK leaves the chat once it is read', () => {
  const NIK = '3173054107850003'
  const toNik = () => {
    const runner = start()
    for (const label of ['Huruf a', 'Merah', 'Selesai']) tap(runner, label, '8')
    return runner
  }

  test.each([NIK, '3173 0541 0785 0003', `nik saya ${NIK} ya`, '317305410785000'])('%s', words => {
    const runner = toNik()
    type(runner, words, '41')
    expect(touches(runner)).toEqual([{ touch: 'delete', message: '41' }])
  })

  test.each(['nanti saja', 'apa itu NIK?', 'menu'])('%s stays', words => {
    const runner = toNik()
    type(runner, words)
    expect(touches(runner)).toEqual([])
  })

  test('also where none was asked for', () => {
    const runner = start()
    type(runner, `KK saya 3173-0541-0785-0003, hp 0812 3456 7890`)
    expect(touches(runner)).toEqual([{ touch: 'delete', message: '41' }])
    type(runner, '0812 3456 7890')
    expect(touches(runner)).toEqual([])
  })

  test('where the platform gives messages no number, nothing is tried', () => {
    const runner = toNik()
    runner.say(NIK)
    expect(touches(runner)).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import type { Values } from '../../../src/engine/types.ts'
import { checkFlows, flowsOf, mainFlow, TICKET } from './flows.ts'
import { Runner, type Calls } from './runner.ts'

const HOUR = 3_600_000

const MAIN = mainFlow(
  'name',
  `  name:
    ask: name
    text: Siapa nama Anda?
    title: Nama
    save: name
    example: Siti
    next: sure
  sure:
    ask: yesno
    text: Sudah benar?
    title: Benar
    save: sure
    next: done
  done:
    say: Terima kasih, {name}.
    next: end
  end:
    end: true
`,
)

/** What a reminder of an appointment is like: it looks the appointment up, and says nothing when that is gone. */
const REMIND = `
format: 1
id: remind
version: 1
title: pengingat
notice: true
start: look
input: { booking: choice }
steps:
  look:
    call: look_up
    save: { number: number, name: name }
    next: { found: tell, nothing: gone }
  tell:
    offer: 'Janji *{number}* besok, {name}.'
    choices:
      - { value: come, label: Datang, also: [hadir], run: come, with: { booking: "{booking}" } }
      - { value: move, label: Pindah, run: move, with: { booking: "{booking}" } }
      - { value: cancel, label: Batal, run: move, with: { booking: other } }
    lasts: 2d
  gone:
    end: true
`
const small = (id: string, steps: string) =>
  `\nformat: 1\nid: ${id}\nversion: 1\ntitle: ${id}\nstart: go\ninput: { booking: choice }\nsteps:\n${steps}`
const COME = small(
  'come',
  `  go:
    say: Sampai jumpa di {booking}.
    next: end
  end: { end: true }
`,
)
const MOVE = small(
  'move',
  `  go:
    ask: choice
    text: '{booking} ke hari apa?'
    title: Hari
    save: day
    choices: [{ value: mon, label: Senin }, { value: tue, label: Selasa }]
    next: said
  said:
    say: 'Pindah ke {day}.'
    next: end
  end: { end: true }
`,
)
const NEWS = `
format: 1
id: news
version: 1
title: kabar
notice: true
start: tell
input: { words: text }
steps:
  tell:
    say: 'Kabar: {words}'
    next: end
  end: { end: true }
`

const flows = flowsOf(MAIN, REMIND, COME, MOVE, NEWS)
const FOUND: Calls = {
  ...TICKET,
  look_up: () => ({ outcome: 'found', output: { number: 'J-7K3M', name: 'Siti' } }),
}

class Chat extends Runner {
  reminders = 0
  notice(notice: string, values: Values = { booking: 'J-7K3M' }): string {
    return this.read(this.send({ kind: 'notice', notice, id: String(++this.reminders), values }))
  }
}
const chat = (pageSize: 9 | 10 = 10, calls = FOUND) => new Chat(flows, calls, pageSize)
const within = (pageSize: 9 | 10 = 10) => {
  const runner = chat(pageSize)
  runner.say('/start')
  return runner
}
const SHOWN = 'Janji *J-7K3M* besok, Siti.\n[1] Datang\n[2] Pindah\n[3] Batal'

describe('a notice', () => {
  test('is said beside the open question, which stays exactly as it was', () => {
    const runner = within()
    const before = structuredClone(runner.state.stack)
    const timer = runner.timer
    runner.now += HOUR
    expect(runner.notice('remind')).toBe(SHOWN)
    expect(runner.state.stack).toEqual(before)
    expect(runner.timer).toEqual(timer)
    expect(runner.say('Siti')).toContain('Sudah benar?')
  })

  test('repeats the open question where there are no buttons, and has no numbers of its own', () => {
    const runner = within(9)
    const [said, again] = runner.send({ kind: 'notice', notice: 'remind', id: '1', values: { booking: 'x' } })
    expect(said?.words).toBe('Balas dengan kata:')
    expect(runner.read(again ? [again] : [])).toBe('Siapa nama Anda?')
  })

  test('that is no longer true says nothing, not even the question', () => {
    const runner = chat(9, { ...FOUND, look_up: () => ({ outcome: 'nothing' }) })
    runner.say('/start')
    expect(runner.notice('remind')).toBe('')
    expect(runner.last?.heard).toBe('silence:notice_empty')
    expect(runner.state.beside).toBeUndefined()
    expect(runner.say('Siti')).toContain('Sudah benar?')
  })

  test('of a flow that is gone, or is no notice, harms nothing', () => {
    const runner = within()
    for (const name of ['removed', 'move']) {
      expect(runner.notice(name)).toBe('')
      expect(runner.last?.heard).toBe('silence:notice_failed')
    }
    expect(runner.say('Siti')).toContain('Sudah benar?')
  })

  test('whose reminder was taken back is silent', () => {
    const runner = within()
    expect(runner.send({ kind: 'withdrawn' })).toEqual([])
    expect(runner.last?.heard).toBe('silence:withdrawn')
  })

  test('may only tell something', () => {
    expect(within().notice('news', { words: 'besok libur' })).toBe('Kabar: besok libur')
  })
})

describe('its buttons', () => {
  test('start their flow with the values of their reminder, and lead back to the open question', () => {
    const runner = within()
    runner.notice('remind')
    expect(runner.tap('Datang')).toBe('Sampai jumpa di J-7K3M.\n---\nKita lanjutkan, ya.\n\nSiapa nama Anda?')
  })

  test('stay good through other answers, until their time is over', () => {
    const runner = within()
    const [say] = runner.send({ kind: 'notice', notice: 'remind', id: '1', values: { booking: 'J-7K3M' } })
    const wait = say?.wait ?? ''
    runner.say('Siti')
    runner.now += 47 * HOUR
    expect(runner.read(runner.send({ kind: 'tap', wait, option: 2 }))).toContain('J-7K3M ke hari apa?')
    expect(runner.send({ kind: 'tap', wait, option: 2 })).toEqual([])
    expect(runner.last?.heard).toBe('silence:second_tap')
    runner.now += 2 * HOUR
    expect(runner.read(runner.send({ kind: 'tap', wait, option: 1 }))).toContain(
      'Tombol itu sudah tidak berlaku.',
    )
  })

  test('may be tapped one after the other: people change their minds', () => {
    const runner = chat()
    runner.notice('remind')
    const said = runner.says
    runner.tap('Datang')
    runner.says = said
    expect(runner.tap('Pindah')).toContain('J-7K3M ke hari apa?')
  })

  test('of an older notice stay good too, the newest five', () => {
    const runner = chat()
    const waits = [1, 2, 3, 4, 5, 6].map(n => {
      runner.notice('remind', { booking: `J-${n}` })
      return runner.says[0]?.wait ?? ''
    })
    expect(runner.read(runner.send({ kind: 'tap', wait: waits[1] ?? '', option: 1 }))).toBe(
      'Sampai jumpa di J-2.',
    )
    expect(runner.read(runner.send({ kind: 'tap', wait: waits[0] ?? '', option: 1 }))).toContain(
      'tidak berlaku',
    )
  })

  test('start a flow that is under way with other values anew, on top of it', () => {
    const runner = chat()
    runner.notice('remind', { booking: 'J-1' })
    runner.tap('Pindah')
    runner.notice('remind', { booking: 'J-2' })
    expect(runner.tap('Pindah')).toBe('J-2 ke hari apa?\n[1] Senin\n[2] Selasa')
    expect(runner.tap('Senin')).toContain('Pindah ke Senin.')
    expect(runner.state.stack).toHaveLength(0)
  })

  test('ask first where the open question wants to be asked, and wait where it lets nothing through', () => {
    const careful = (interrupt: string) =>
      flowsOf(
        MAIN.replace('    example: Siti\n', `    example: Siti\n    interrupt: ${interrupt}\n`),
        REMIND,
        COME,
        MOVE,
        NEWS,
      )
    const asked = new Chat(careful('confirm'), FOUND)
    asked.say('/start')
    asked.notice('remind')
    asked.tap('Pindah')
    expect(asked.state.stack).toHaveLength(1)
    expect(asked.tap('Ya, tinggalkan')).toContain('J-7K3M ke hari apa?')
    const blocked = new Chat(careful('block'), FOUND)
    blocked.say('/start')
    blocked.notice('remind')
    expect(blocked.tap('Pindah')).toContain('Siapa nama Anda?')
  })
})

describe('its words', () => {
  test('mean it as long as it is the last thing said, commands included', () => {
    const runner = within(9)
    runner.notice('remind')
    expect(runner.say('batal')).toBe('other ke hari apa?\n[1] Senin\n[2] Selasa')
  })

  test('never take a number, an answer on screen or a command that always works', () => {
    const runner = within(9)
    runner.say('Siti')
    runner.notice('remind')
    expect(runner.say('2')).not.toContain('ke hari apa')
    const other = within(9)
    other.notice('remind')
    expect(other.say('petugas')).not.toContain('ke hari apa')
  })

  test('mean the open conversation again once something else was answered', () => {
    const runner = within(9)
    runner.notice('remind')
    runner.say('Siti')
    expect(runner.say('batal')).toContain('Yakin')
  })

  test('still start it later where they mean nothing else', () => {
    const runner = within(9)
    runner.notice('remind')
    runner.say('Siti')
    runner.say('ya')
    expect(runner.say('pindah')).toContain('J-7K3M ke hari apa?')
    expect(runner.say('selasa')).toContain('Pindah ke Selasa.')
  })

  test('belong to the newest notice, and then to the one before', () => {
    const runner = chat(9)
    runner.notice('remind', { booking: 'J-1' })
    runner.notice('remind', { booking: 'J-2' })
    expect(runner.say('datang ya kak')).toBe('Sampai jumpa di J-2.')
    expect(runner.say('Hadir')).toBe('Sampai jumpa di J-1.')
  })
})

describe('the checker', () => {
  const kinds = (...files: string[]) => checkFlows(...files).problems.map(problem => problem.kind)
  const all = [MAIN, REMIND, COME, MOVE, NEWS]
  const change = (flow: string, from: string, to: string) =>
    all.map(each => (each === flow ? each.replace(from, to) : each))

  test('finds nothing wrong with these', () => expect(kinds(...all)).toEqual([]))

  test.each([
    [
      'a notice that asks',
      change(
        NEWS,
        "    say: 'Kabar: {words}'\n",
        '    ask: yesno\n    text: Ya?\n    title: Ya\n    save: yes\n',
      ),
      'not_in_notice',
    ],
    [
      'a notice that runs another flow',
      change(NEWS, "    say: 'Kabar: {words}'\n", '    run: come\n'),
      'not_in_notice',
    ],
    [
      'a notice with triggers',
      change(NEWS, 'start: tell\n', 'start: tell\ntriggers: [kabar]\n'),
      'not_in_notice',
    ],
    [
      'a flow that runs a notice',
      change(MAIN, '    say: Terima kasih, {name}.\n', '    run: news\n'),
      'notice_run',
    ],
    ['a flow that ends in a notice', change(MAIN, '    end: true\n', '    end: news\n'), 'notice_run'],
    [
      'an offer of a notice',
      change(REMIND, 'run: come, with: { booking: "{booking}" }', 'run: news'),
      'notice_run',
    ],
    ['an offer of no flow', change(REMIND, 'run: come,', 'run: comme,'), 'unknown_flow'],
    [
      'a value that the flow does not take',
      change(REMIND, 'run: come, with: { booking:', 'run: come, with: { number:'),
      'unknown_input',
    ],
    [
      'a flow that is not given what it needs',
      change(REMIND, 'run: come, with: { booking: "{booking}" }', 'run: come'),
      'missing_input',
    ],
    ['words of a person in a button', change(COME, 'booking: choice', 'booking: text'), 'wrong_type'],
    [
      'an unsaved variable',
      change(REMIND, 'run: move, with: { booking: other }', 'run: move, with: { booking: "{nobody}" }'),
      'unknown_variable',
    ],
    ['a word that answers any question', change(REMIND, 'also: [hadir]', 'also: [ya]'), 'words_taken'],
    ['a command that always works', change(REMIND, 'also: [hadir]', 'also: [petugas]'), 'words_taken'],
    ['two choices with one word', change(REMIND, 'also: [hadir]', 'also: [pindah]'), 'same_words'],
    [
      'a long label',
      change(REMIND, 'label: Datang', 'label: Saya pasti akan datang besok'),
      'button_too_long',
    ],
  ])('refuses %s', (_, files, kind) => {
    expect(kinds(...files)).toContain(kind)
  })
})

import { describe, expect, test } from 'vitest'
import { advance, newState } from '../../../src/engine/advance.ts'
import type { Flows } from '../../../src/engine/format.ts'
import type { State } from '../../../src/engine/state.ts'
import { FACTS, MORNING, Runner, type Calls } from './runner.ts'
import { flowsOf, mainFlow, TICKET } from './flows.ts'

const ROWS = Array.from({ length: 12 }, (_, at) => ({ value: `s${at}`, label: `Sesi ${at + 1}` }))
const CALLS: Calls = {
  ...TICKET,
  look_up: () => ({ outcome: 'found', output: { number: 'A-1', name: 'Siti' }, rows: ROWS }),
  store: ({ name }) =>
    name === 'penuh' ? { outcome: 'taken' } : { outcome: 'stored', output: { number: 'B-2' } },
}

const ask = (id: string, save: string, next: string, more = '') =>
  `  ${id}:\n    ask: text\n    text: ${id}?\n    title: ${save}\n    save: ${save}\n    example: contoh\n${more}    next: ${next}\n`
const END = '  end:\n    end: true\n'
const at = (runner: Runner) => runner.last?.open?.step
const vars = (runner: Runner, flow = 'main') => runner.state.stack.at(-1)?.vars[flow]

function begin(flows: Flows, calls = CALLS, pageSize: 9 | 10 = 10): Runner {
  const runner = new Runner(flows, calls, pageSize)
  runner.say('/start')
  return runner
}

describe('calls', () => {
  const flows = flowsOf(
    mainFlow(
      'name',
      `${ask('name', 'name', 'store')}  store:
    call: store
    with: { name: '{name}' }
    save: { number: number }
    next: { stored: told, taken: again }
  again:
    say: Sudah terisi.
    next: name
  told:
    say: 'Nomor *{number}*.'
    next: more
${ask('more', 'more', 'end')}${END}`,
    ),
  )

  test('the outcome decides the road, and its output is saved', () => {
    const runner = begin(flows)
    expect(runner.say('Siti')).toBe('Nomor *B-2*.\n---\nmore?')
    expect(runner.calls).toEqual([{ call: 'store', input: { name: 'Siti', note: null } }])
    expect(begin(flows).say('penuh')).toBe('Sudah terisi.\n---\nname?')
  })

  test('kembali stops at a call that writes', () => {
    const runner = begin(flows)
    runner.say('Siti')
    expect(runner.say('kembali')).toBe(
      'Jawaban sebelum ini sudah tersimpan, jadi tidak bisa kembali lagi.\n\nmore?',
    )
  })

  test('an outcome that the flow has no road for ends the conversation kindly', () => {
    const runner = begin(flows, { ...CALLS, store: () => ({ outcome: 'exploded' }) })
    expect(runner.say('Siti')).toContain('sedang ada gangguan')
    expect(runner.state.stack).toEqual([])
  })

  test('an outcome without a call ends the conversation kindly', () => {
    const step = advance(
      flows,
      newState(),
      { type: 'outcome', outcome: 'stored', output: {} },
      begin(flows).env,
    )
    expect(step.next.kind).toBe('end')
    expect(step.says).toHaveLength(1)
  })
})

describe('limits', () => {
  const loop = flowsOf(
    mainFlow(
      'name',
      `${ask('name', 'name', 'store')}  store:\n    call: store\n    with: { name: '{name}' }\n    next: { stored: end, taken: name }\n${END}`,
    ),
  )

  test('20 calls a turn', () => {
    const runner = begin(loop)
    const state = runner.state
    let step = advance(
      loop,
      { ...state, turn: { steps: 0, calls: 20 } },
      { type: 'inbound', incoming: { kind: 'text', text: 'x' } },
      runner.env,
    )
    expect(step.next.kind).toBe('call')
    step = advance(
      loop,
      { ...step.state, turn: { steps: 1, calls: 20 } },
      { type: 'outcome', outcome: 'taken', output: {} },
      runner.env,
    )
    const circling: Flows = { ...loop, byId: new Map([...loop.byId, ['main', circle(loop)]]) }
    expect(() => begin(circling, { ...CALLS, store: () => ({ outcome: 'taken' }) })).not.toThrow()
    const caught = begin(circling, { ...CALLS, store: () => ({ outcome: 'taken' }) })
    expect(caught.calls).toHaveLength(20)
    expect(caught.read(caught.says)).toContain('sedang ada gangguan')
  })

  test('100 steps a turn', () => {
    const saying: Flows = { ...loop, byId: new Map([...loop.byId, ['main', circleOfSays(loop)]]) }
    const runner = begin(saying)
    expect(runner.read(runner.says)).toContain('sedang ada gangguan')
    expect(runner.last?.next.kind).toBe('end')
  })

  /** Flows that the checker would refuse. */
  function circle(flows: Flows) {
    const main = mainOf(flows)
    const call = main.steps.get('store')
    if (call?.does !== 'call') throw new Error('no call')
    return { ...main, start: 'store', steps: new Map([['store', { ...call, next: 'store' }]]) }
  }
  function circleOfSays(flows: Flows) {
    const main = mainOf(flows)
    const text = { id: [{ text: 'a', bold: false }], en: [{ text: 'a', bold: false }] }
    return {
      ...main,
      start: 'a',
      steps: new Map([['a', { does: 'say' as const, id: 'a', text, file: undefined, next: 'a' }]]),
    }
  }
})

const mainOf = (flows: Flows) => {
  const main = flows.byId.get('main')
  if (!main) throw new Error('no main')
  return main
}

describe('lists from calls', () => {
  const flows = flowsOf(
    mainFlow(
      'look',
      `  look:
    call: look_up
    rows: sessions
    next: { found: pick, nothing: end }
  pick:
    ask: choice
    text: Sesi yang mana?
    title: Sesi
    save: session
    from: sessions
    next: told
  told:
    say: Sesi {session}.
    next: more
${ask('more', 'more', 'end')}${END}`,
    ),
  )

  test.each([9, 10] as const)('are paged by %s and keep the numbers of the page', pageSize => {
    const runner = begin(flows, CALLS, pageSize)
    expect(runner.says.at(-1)?.choices).toHaveLength(pageSize)
    if (pageSize === 9) runner.say('0')
    else runner.tap('Lainnya')
    expect(runner.says.at(-1)?.choices).toHaveLength(12 - pageSize)
    expect(runner.say('5')).toContain('Pilihannya hanya 1 sampai')
    runner.say('2')
    expect(vars(runner)?.session).toBe(`s${pageSize + 1}`)
    expect(runner.read(runner.says)).toContain(`Sesi Sesi ${pageSize + 2}.`)
  })

  test('numbers and taps mean the list that was shown, whatever the call would say now', () => {
    let rows = ROWS
    const runner = begin(flows, { ...CALLS, look_up: () => ({ outcome: 'found', rows }) })
    rows = []
    runner.tap('Sesi 3')
    expect(vars(runner)?.session).toBe('s2')
    runner.say('kembali')
    expect(runner.tap('Sesi 4')).toContain('Sesi Sesi 4.')
  })

  test('by name', () => {
    const runner = begin(flows)
    runner.say('sesi 11')
    expect(vars(runner)?.session).toBe('s10')
  })
})

const INNER = `format: 1
id: inner
version: 1
title: di dalam
start: ask
input: { topic: text }
steps:
  ask:
    ask: yesno
    text: 'Soal {hello}: jadi?'
    title: Jadi
    save: sure
    next: { yes: note, no: done }
  note:
    ask: text
    text: Catatan?
    title: Catatan
    save: note
    example: contoh
    next: done
  done:
    end: true
`.replace('{hello}: ', '')

describe('a flow in a flow', () => {
  const flows = flowsOf(
    mainFlow(
      'name',
      `${ask('name', 'name', 'sub')}  sub:
    run: inner
    with: { topic: '{name}' }
    save: { sure: sure, note: note }
    next: told
  told:
    say: 'Jawabannya {sure}, {note}.'
    next: last
${ask('last', 'last', 'end')}${END}`,
    ),
    INNER,
  )

  test('is given its input and gives its answers back', () => {
    const runner = begin(flows)
    runner.say('Siti')
    expect(runner.state.stack[0]?.path).toEqual(['main/sub', 'inner/ask'])
    expect(vars(runner, 'inner')).toEqual({ topic: 'Siti' })
    runner.say('ya')
    expect(runner.say('penting')).toBe('Jawabannya Ya, penting.\n---\nlast?')
    expect(vars(runner)).toMatchObject({ sure: 'yes', note: 'penting' })
  })

  test('what it did not save reads "belum diisi"', () => {
    const runner = begin(flows)
    runner.say('Siti')
    expect(runner.say('tidak')).toContain('Jawabannya Tidak, belum diisi.')
  })

  test('kembali crosses its border in both directions', () => {
    const runner = begin(flows)
    runner.say('Siti')
    runner.say('ya')
    runner.say('penting')
    expect(runner.say('kembali')).toBe('Catatan?')
    expect(runner.state.stack[0]?.path).toEqual(['main/sub', 'inner/note'])
    runner.say('kembali')
    expect(runner.say('kembali')).toBe('name?')
    expect(runner.state.stack[0]).toMatchObject({ path: ['main/name'], vars: {}, history: [] })
  })
})

describe('branch and end', () => {
  test('a value that is missing takes skipped or else', () => {
    const flows = flowsOf(
      mainFlow(
        'name',
        `${ask('name', 'name', 'by', '    skip: Nanti saja\n')}  by:\n    branch: name\n    next: { skipped: none, Siti: siti, else: other }\n  none:\n    say: Tanpa nama.\n    next: end\n  siti:\n    say: Halo Siti.\n    next: end\n  other:\n    say: Halo.\n    next: end\n${END}`,
      ),
    )
    expect(begin(flows).tap('Nanti saja')).toBe('Tanpa nama.')
    expect(begin(flows).say('Siti')).toBe('Halo Siti.')
    expect(begin(flows).say('Budi')).toBe('Halo.')
  })

  test('a flow may lead into another', () => {
    const flows = flowsOf(mainFlow('name', `${ask('name', 'name', 'end')}  end:\n    end: menu\n`))
    expect(begin(flows).say('Siti')).toBe('Menu?\n[1] Utama\n[2] Bantuan')
  })

  test('what lay below a flow that was answered is let go when nothing was answered there', () => {
    const flows = flowsOf(
      mainFlow(
        'name',
        `${ask('name', 'name', 'told')}  told:\n    say: Terima kasih.\n    next: end\n${END}`,
      ),
    )
    const runner = begin(flows)
    runner.say('batal')
    runner.say('menu')
    runner.tap('Utama')
    expect(runner.say('Siti')).toBe('Terima kasih.')
    expect(runner.state.stack).toEqual([])
  })
})

describe('handover', () => {
  const flows = flowsOf(
    mainFlow(
      'words',
      `${ask('words', 'words', 'pass')}  pass:\n    handover: complaint\n    text: words\n    next: more\n${ask('more', 'more', 'end')}${END}`,
    ),
  )

  test('opens a ticket and says its number and when it is answered', () => {
    const runner = begin(flows)
    expect(runner.say('Warung saya digusur')).toMatch(
      /Nomor tiket: \*T-7K3M\*\. Dijawab paling lambat Kamis, 26 November 2026\.[^]*\n---\nmore\?$/,
    )
    expect(runner.calls).toEqual([
      { call: 'open_ticket', input: { reason: 'complaint', text: 'Warung saya digusur' } },
    ])
    expect(runner.say('kembali')).toContain('sudah tersimpan')
  })
})

describe('what is kept in confidence', () => {
  const flows = flowsOf(
    mainFlow(
      'agree',
      `  agree:
    ask: choice
    text: Setuju dengan {pengelola}?
    title: Izin
    save: agreed
    save_text: shown
    strict: true
    choices: [{ value: yes, label: Setuju }, { value: no, label: Tidak setuju }]
    next: store
  store:
    call: store
    with: { name: '{agreed}', note: '{shown}' }
    next: { stored: secret, taken: end }
  secret:
    ask: nik
    text: NIK?
    title: NIK
    save: secret
    example: 16 angka
    next: more
${ask('more', 'more', 'end')}${END}`,
    ),
  )

  test('the exact text that was answered to is given to the call, and forgotten after it', () => {
    const runner = begin(flows)
    runner.tap('Setuju')
    expect(runner.calls[0]?.input).toEqual({ name: 'yes', note: `Setuju dengan ${FACTS.pengelola}?` })
    expect(JSON.stringify(runner.state)).not.toContain('Setuju dengan')
  })

  test('after a change of language it is the text in that language', () => {
    const runner = begin(flows)
    runner.say('english')
    runner.says = runner.says.slice(-1)
    runner.tap('Setuju')
    expect(runner.calls[0]?.input.note).toBe(`Setuju dengan ${FACTS.pengelola}?`)
  })

  test('a sensitive answer is in no history', () => {
    const runner = begin(flows)
    runner.tap('Setuju')
    runner.say('3173050101900001')
    const { history } = runner.state.stack[0] ?? { history: [] }
    expect(JSON.stringify(history)).not.toContain('3173')
  })
})

describe('flows that change under live conversations', () => {
  const before = flowsOf(mainFlow('one', `${ask('one', 'one', 'two')}${ask('two', 'two', 'end')}${END}`))
  const live = (): Runner => {
    const runner = begin(before)
    runner.say('satu')
    return runner
  }
  const goOn = (runner: Runner, flows: Flows): Runner => {
    const later = new Runner(flows, CALLS)
    later.state = runner.state
    later.says = runner.says
    return later
  }

  test('another version keeps the waits by the ids of their steps', () => {
    const after = flowsOf(
      mainFlow(
        'one',
        `${ask('one', 'one', 'two')}${ask('two', 'two', 'three')}${ask('three', 'three', 'end')}${END}`,
      ).replace('version: 1', 'version: 2'),
    )
    const runner = goOn(live(), after)
    expect(runner.say('dua')).toBe('three?')
    expect(runner.stats[0]).toEqual({ flow: 'main', version: 2, step: 'two', event: 'answered' })
  })

  test('a renamed step goes on under its new name, also in the history', () => {
    const renamed = `${ask('eins', 'one', 'zwei')}${ask('zwei', 'two', 'end')}${END}`
    const after = flowsOf(mainFlow('eins', renamed, 'moved: { one: eins, two: zwei }\n'))
    const runner = goOn(live(), after)
    expect(runner.say('kembali')).toBe('eins?')
    expect(runner.say('satu lagi')).toBe('zwei?')
    expect(at(runner)).toBe('zwei')
  })

  test.each(['kembali', 'halo', 'batal', '/start', 'ulangi', 'menu', 'ubah', 'lanjut'])(
    'a removed step: "%s" gets a kind sentence or the menu, never an exception',
    typed => {
      const after = flowsOf(mainFlow('other', `${ask('other', 'other', 'end')}${END}`))
      const runner = goOn(live(), after)
      const text = runner.say(typed)
      expect(text).not.toBe('')
      expect(text).toMatch(/sudah diganti|Menu|menu|dibatalkan/)
    },
  )

  test('a removed flow is met the same way', () => {
    const runner = live()
    const state: State = {
      ...runner.state,
      stack: runner.state.stack.map(each => ({ ...each, path: ['gone/step'] })),
    }
    const step = advance(
      before,
      state,
      { type: 'inbound', incoming: { kind: 'text', text: 'dua' } },
      runner.env,
    )
    expect(JSON.stringify(step.says)).toContain('sudah diganti')
  })

  test('a removed step under a timer is silent', () => {
    const after = flowsOf(mainFlow('other', `${ask('other', 'other', 'end')}${END}`))
    const runner = goOn(live(), after)
    const { id } = runner.state.stack[0]?.wait ?? { id: '' }
    runner.now += 4 * 3_600_000
    expect(runner.send({ kind: 'timer', timer: 'nudge', wait: id })).toEqual([])
  })

  test('a choice that is gone: its old button asks again', () => {
    const choices = (list: string) =>
      flowsOf(
        mainFlow(
          'c',
          `  c:\n    ask: choice\n    text: Mana?\n    title: Mana\n    save: c\n    choices: [${list}]\n    next: more\n${ask('more', 'more', 'end')}${END}`,
        ),
      )
    const runner = begin(
      choices('{ value: a, label: Apel }, { value: b, label: Belimbing }, { value: c, label: Cempedak }'),
    )
    const later = goOn(runner, choices('{ value: c, label: Cempedak }, { value: a, label: Apel }'))
    expect(later.tap('Belimbing')).toContain('Mana?')
    expect(later.last?.heard).toBe('retry')
    const other = goOn(runner, choices('{ value: c, label: Cempedak }, { value: a, label: Apel }'))
    other.tap('Cempedak')
    expect(vars(other)?.c).toBe('c')
  })
})

describe('statistics', () => {
  test('entered, answered and invalid, by number only', () => {
    const flows = flowsOf(mainFlow('one', `${ask('one', 'one', 'end')}${END}`))
    const runner = begin(flows)
    runner.say('😶')
    runner.say('satu')
    expect(runner.stats).toEqual([
      { flow: 'main', version: 1, step: 'one', event: 'entered' },
      { flow: 'main', version: 1, step: 'one', event: 'invalid' },
      { flow: 'main', version: 1, step: 'one', event: 'answered' },
      { flow: 'main', version: 1, step: 'end', event: 'entered' },
    ])
  })
})

describe('the long way', () => {
  test('a flow that asks in a circle does not let the state grow', () => {
    const flows = flowsOf(
      mainFlow(
        'one',
        `  one:\n    ask: text\n    text: Satu?\n    title: Satu\n    save: one\n    example: contoh\n    next: two\n${ask('two', 'two', 'one')}`,
      ),
    )
    const runner = begin(flows)
    let longest = 0
    for (let turn = 0; turn < 200; turn++) {
      runner.say('kata '.repeat(38).trim())
      longest = Math.max(longest, JSON.stringify(runner.state).length)
    }
    expect(longest).toBeLessThan(16_000)
    expect(runner.state.stack[0]?.history).toHaveLength(40)
  })

  test('the clock of the test is the clock of the engine', () => {
    expect(new Runner(flowsOf(mainFlow('one', `${ask('one', 'one', 'end')}${END}`))).now).toBe(MORNING)
  })
})

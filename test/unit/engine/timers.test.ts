import { describe, expect, test } from 'vitest'
import { awake } from '../../../src/engine/timers.ts'
import { flowsOf, mainFlow, TICKET } from './flows.ts'
import { Runner } from './runner.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const wib = (text: string) => Date.parse(`2026-11-${text}:00+07:00`)

const flows = flowsOf(
  mainFlow(
    'one',
    `  one:
    ask: yesno
    text: Satu?
    title: Satu
    save: one
    next: two
  two:
    ask: yesno
    text: Dua?
    title: Dua
    save: two
    next: three
  three:
    ask: yesno
    text: Tiga?
    title: Tiga
    save: three
    nudge: { after: 1h, text: Masih di sana? }
    expire: { after: 2d, to: gone }
    next: four
  four:
    ask: yesno
    text: Empat?
    title: Empat
    save: four
    nudge: 'off'
    next: gone
  gone:
    say: Sampai jumpa.
    next: end
  end:
    end: true
`,
  ),
)

function at(question: number, now = wib('25T10:00')): Runner {
  const runner = new Runner(flows, TICKET)
  runner.now = now
  runner.say('/start')
  for (let done = 1; done < question; done++) runner.tap('Ya')
  return runner
}
const timer = (runner: Runner) => runner.timer && [runner.timer.name, runner.timer.at - runner.now]

describe('the timer of an open question', () => {
  test('with nothing to lose there is only the silent end', () => {
    const runner = at(1)
    expect(timer(runner)).toEqual(['expire', 7 * DAY])
    expect(runner.advance(8 * DAY)).toBe('')
    expect(runner.last?.heard).toBe('silence:expired')
    expect(runner.state.stack).toEqual([])
  })

  test('nudge after 3 hours, card after 12, end after 7 days', () => {
    const runner = at(2)
    expect(timer(runner)).toEqual(['nudge', 3 * HOUR])
    expect(runner.advance(3 * HOUR)).toBe(
      'Kita berhenti sebentar di sini, ya. Jawaban Anda masih tersimpan; silakan dilanjutkan kapan saja.\n\nDua?\n[1] Ya\n[2] Tidak',
    )
    expect(timer(runner)).toEqual(['card', 17 * HOUR])
    expect(runner.advance(17 * HOUR)).toContain('Halo lagi! Tadi kita berhenti di percobaan.')
    expect(timer(runner)).toEqual(['expire', 7 * DAY - 20 * HOUR])
    expect(runner.advance(7 * DAY)).toContain('Percakapan sebelumnya sudah terlalu lama')
    expect(runner.state.stack).toEqual([])
    expect(runner.stats.at(-1)?.event).toBe('timeout')
    expect(runner.timer).toBeUndefined()
  })

  test('the buttons stay good, and an answer sets the timers anew', () => {
    const runner = at(2)
    runner.advance(3 * HOUR)
    expect(runner.tap('Tidak')).toContain('Tiga?')
    expect(timer(runner)).toEqual(['nudge', HOUR])
    expect(runner.advance(HOUR)).toContain('Masih di sana?')
  })

  test('any message of the person starts the time again; edits do not', () => {
    const runner = at(2)
    runner.advance(2 * HOUR)
    runner.send({ kind: 'edited' })
    expect(timer(runner)).toEqual(['nudge', HOUR])
    runner.send({ kind: 'media', media: 'voice' })
    expect(timer(runner)).toEqual(['nudge', 3 * HOUR])
  })

  test('a step may go elsewhere when its time is over', () => {
    const runner = at(3)
    expect(runner.advance(3 * DAY)).toContain('Sampai jumpa.')
  })

  test('a step may have no nudge', () => {
    expect(timer(at(4))).toEqual(['card', 20 * HOUR])
  })

  test('who says hello after a long pause sees where they were; after a short one, the question', () => {
    const runner = at(2)
    expect(runner.say('halo')).toBe('Halo!\n\nDua?\n[1] Ya\n[2] Tidak')
    runner.advance(2 * DAY)
    expect(runner.say('halo')).toContain('Jawaban sejauh ini:\nSatu: Ya')
    expect(runner.say('1')).toBe('Dua?\n[1] Ya\n[2] Tidak')
    runner.advance(2 * DAY)
    expect(runner.say('ya')).toContain('Tiga?')
  })

  test('the answers so far are shown with the card, also to somebody who comes back', () => {
    const runner = at(2)
    runner.advance(20 * HOUR)
    expect(runner.tap('Lanjutkan')).toBe('Dua?\n[1] Ya\n[2] Tidak')
    runner.advance(13 * HOUR)
    expect(runner.say('lanjut')).toBe('Dua?\n[1] Ya\n[2] Tidak')
    expect(runner.say('lanjut')).toContain('Tiga?')
  })

  test('who leaves politely is not asked again, and lanjut afterwards is no yes', () => {
    const runner = at(2)
    expect(runner.say('cukup, makasih')).toBe(
      'Kita berhenti sebentar di sini, ya. Jawaban Anda masih tersimpan; silakan dilanjutkan kapan saja.',
    )
    expect(runner.say('lanjut')).toBe('Dua?\n[1] Ya\n[2] Tidak')
    expect(runner.say('ya')).toContain('Tiga?')
  })
})

describe('stale, early and late timers', () => {
  test('one for a question that is no longer open does nothing', () => {
    const runner = at(2)
    const { wait } = runner.timer ?? { wait: '' }
    runner.tap('Ya')
    runner.now += 3 * HOUR
    expect(runner.send({ kind: 'timer', timer: 'nudge', wait })).toEqual([])
    expect(runner.last?.heard).toBe('silence:stale_timer')
  })

  test('one that comes too early waits for its time', () => {
    const runner = at(2)
    const { wait, at: due } = runner.timer ?? { wait: '', at: 0 }
    runner.now += HOUR
    expect(runner.send({ kind: 'timer', timer: 'nudge', wait })).toEqual([])
    expect(runner.timer?.at).toBe(due)
  })

  test('a nudge more than an hour late is dropped, and the card follows', () => {
    const runner = at(2)
    const { wait } = runner.timer ?? { wait: '' }
    runner.now += 5 * HOUR
    expect(runner.send({ kind: 'timer', timer: 'nudge', wait })).toEqual([])
    expect(runner.last?.heard).toBe('silence:late_nudge')
    expect(runner.timer?.name).toBe('card')
  })

  test('an end is never dropped', () => {
    const runner = at(2)
    runner.advance(2 * DAY)
    const { wait } = runner.timer ?? { wait: '' }
    runner.now += 30 * DAY
    expect(runner.read(runner.send({ kind: 'timer', timer: 'expire', wait }))).toContain('terlalu lama')
  })
})

describe('the night', () => {
  test.each([
    ['25T20:59', '25T20:59'],
    ['25T21:00', '26T06:00'],
    ['25T23:30', '26T06:00'],
    ['26T00:00', '26T06:00'],
    ['26T05:59', '26T06:00'],
    ['26T06:00', '26T06:00'],
  ])('%s → %s', (from, to) => {
    expect(awake(wib(from))).toBe(wib(to))
  })

  test('nothing is sent in it: a nudge due then comes in the morning', () => {
    const runner = at(2, wib('25T18:30'))
    expect(runner.timer?.at).toBe(wib('26T06:00'))
    expect(runner.advance(11 * HOUR)).toBe('')
    expect(runner.advance(HOUR)).toContain('Kita berhenti sebentar')
    expect(runner.timer?.at).toBe(wib('26T12:00'))
  })

  test('a card or an end that comes late in the night waits for the morning', () => {
    const runner = at(2)
    runner.advance(3 * HOUR)
    const { wait } = runner.timer ?? { wait: '' }
    runner.now = wib('26T23:00')
    expect(runner.send({ kind: 'timer', timer: 'card', wait })).toEqual([])
    expect(runner.last?.heard).toBe('silence:night')
    expect(runner.timer).toEqual({ name: 'card', wait, at: wib('27T06:00') })
  })

  test('replies are answered at any hour', () => {
    expect(at(2, wib('25T23:00')).says).toHaveLength(1)
  })
})

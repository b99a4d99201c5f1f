import { describe, expect, test } from 'vitest'
import { flowsOf, mainFlow, TICKET } from './flows.ts'
import { Runner } from './runner.ts'

const flows = flowsOf(
  mainFlow(
    'where',
    `  where:
    ask: place
    text: Di wilayah mana?
    title: Wilayah
    save: place
    example: kebon jeruk
    next: told
  told:
    say: Di {place}.
    next: more
  more:
    ask: yesno
    text: Lagi?
    save: again
    next: end
  end:
    end: true
`,
  ),
)
const begin = (pageSize: 9 | 10 = 10) => {
  const runner = new Runner(flows, TICKET, pageSize)
  runner.say('/start')
  return runner
}
const place = (runner: Runner) => runner.state.stack[0]?.vars.main?.place
const DURI_KEPA = '31.73.05.1005'

describe('a place', () => {
  test('by taps: kota, kecamatan, kelurahan', () => {
    const runner = begin()
    expect(runner.read(runner.says)).toContain('[4] Jakarta Selatan')
    expect(runner.tap('Jakarta Barat')).toContain('Jakarta Barat. Kecamatannya apa?')
    expect(runner.tap('Kebon Jeruk')).toContain('Kecamatan Kebon Jeruk, Jakarta Barat. Kelurahannya apa?')
    expect(runner.tap('Duri Kepa')).toContain('Di Duri Kepa, Kebon Jeruk, Jakarta Barat.')
    expect(place(runner)).toBe(DURI_KEPA)
  })

  test('by numbers', () => {
    const runner = begin(9)
    runner.say('3')
    const kecamatan = runner.says.at(-1)?.choices?.findIndex(choice => choice.label === 'Kebon Jeruk') ?? 0
    runner.say(String(kecamatan + 1))
    const kelurahan = runner.says.at(-1)?.choices?.findIndex(choice => choice.label === 'Duri Kepa') ?? 0
    runner.say(String(kelurahan + 1))
    expect(place(runner)).toBe(DURI_KEPA)
  })

  test('a typed kecamatan is named in the next question', () => {
    const runner = begin()
    expect(runner.say('saya tinggal di kebon jeruk')).toContain('Kecamatan Kebon Jeruk, Jakarta Barat.')
    runner.say('duri kepa')
    expect(place(runner)).toBe(DURI_KEPA)
  })

  test('a typed kelurahan fills what it implies after one confirmation', () => {
    const runner = begin()
    expect(runner.say('duri kepa')).toBe(
      'Maksudnya *Duri Kepa, Kebon Jeruk, Jakarta Barat*?\n[1] Ya, benar\n[2] Bukan',
    )
    runner.say('ya')
    expect(place(runner)).toBe(DURI_KEPA)
    const other = begin()
    other.say('duri kepa')
    expect(other.tap('Bukan')).toContain('Di wilayah mana?')
  })

  test('a typing mistake is confirmed', () => {
    const runner = begin()
    expect(runner.say('kbn jruk')).toContain('Maksudnya *Kebon Jeruk, Jakarta Barat*?')
    expect(runner.say('betul')).toContain('Kelurahannya apa?')
  })

  test('look-alikes are asked', () => {
    const runner = begin()
    const text = runner.say('jatinegara')
    expect(text).toContain('Ada beberapa yang mirip')
    expect(text).toContain('[2] Jatinegara, Cakung, Jakarta Timur')
    runner.say('2')
    expect(place(runner)).toMatch(/^31\.75\.06\./)
  })

  test('outside Jakarta is answered', () => {
    const runner = begin()
    expect(runner.say('bekasi')).toContain('Sepertinya itu di luar Jakarta')
    expect(runner.say('kebon jeruk')).toContain('Kelurahannya apa?')
  })

  test('kembali leads to the top of the list, then to the question before', () => {
    const runner = begin()
    runner.tap('Jakarta Barat')
    expect(runner.say('kembali')).toContain('Di wilayah mana?')
    expect(runner.say('kembali')).toContain('pertanyaan pertama')
  })

  test('Tambora has 11 kelurahan: pages, on both renderings', () => {
    for (const pageSize of [9, 10] as const) {
      const runner = begin(pageSize)
      runner.say('tambora')
      expect(runner.says.at(-1)?.choices).toHaveLength(pageSize)
      expect(runner.says.at(-1)?.more).toBe('Lainnya')
      const first = runner.says.at(-1)?.choices?.map(choice => choice.label) ?? []
      if (pageSize === 9) runner.say('0')
      else runner.tap('Lainnya')
      const second = runner.says.at(-1)?.choices?.map(choice => choice.label) ?? []
      expect(new Set([...first, ...second]).size).toBe(11)
      expect(runner.read(runner.says)).toContain('[0] Lainnya')
      runner.say('1')
      expect(runner.read(runner.says)).toContain(`Di ${second[0]}, Tambora, Jakarta Barat.`)
    }
  })
})

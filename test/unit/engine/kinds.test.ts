import { describe, expect, test } from 'vitest'
import type { Value } from '../../../src/engine/types.ts'
import { flowsOf, mainFlow, TICKET } from './flows.ts'
import { Runner } from './runner.ts'

const asking = (ask: string, more = '', answered = 'Tersimpan.') =>
  flowsOf(
    mainFlow(
      'ask',
      `  ask:\n    ask: ${ask}\n    text: Pertanyaan?\n    title: Jawaban\n    save: it\n    example: contoh jawaban\n${more}    next: told\n  told:\n    say: '${answered}'\n    next: more\n  more:\n    ask: yesno\n    text: Lagi?\n    save: again\n    next: end\n  end:\n    end: true\n`,
    ),
  )
const begin = (ask: string, more?: string, pageSize: 9 | 10 = 10, answered?: string): Runner => {
  const runner = new Runner(asking(ask, more, answered), TICKET, pageSize)
  runner.say('/start')
  return runner
}
const it = (runner: Runner): Value | undefined => runner.state.stack[0]?.vars.main?.it

describe.each<[string, string, Value]>([
  ['text', 'nasi  uduk\nBu Siti ', 'nasi uduk Bu Siti'],
  ['name', 'saya Siti Aminah', 'Siti Aminah'],
  ['phone', '0812 3456 7890', { number: '+6281234567890', own: false }],
  ['number', 'dua belas', 12],
  ['rupiah', '1,5 juta', 1_500_000],
  ['nik', '3173 0501 0190 0001', '3173050101900001'],
])('%s', (kind, typed, value) => {
  test(`"${typed.replace('\n', '⏎')}" is read and saved`, () => {
    const runner = begin(kind)
    expect(runner.say(typed)).toContain('Lagi?')
    expect(it(runner)).toEqual(value)
  })

  test('what is no answer is asked again with the example', () => {
    const runner = begin(kind)
    const text = runner.say('😶')
    expect(runner.last?.heard).toBe('retry')
    expect(text).toContain('Contoh: contoh jawaban')
    expect(it(runner)).toBeUndefined()
  })
})

describe('dates and times are read back before they are saved', () => {
  test('date', () => {
    const runner = begin('date', '', 10, 'Pada {it}.')
    expect(runner.say('besok')).toBe('Maksudnya *Kamis, 26 November 2026*?\n[1] Ya, benar\n[2] Bukan')
    expect(it(runner)).toBeUndefined()
    expect(runner.say('iya')).toContain('Pada Kamis, 26 November 2026.')
    expect(it(runner)).toBe('2026-11-26')
  })

  test('time', () => {
    const runner = begin('time')
    expect(runner.say('setengah 3')).toContain('*pukul 14.30 WIB*')
    runner.tap('Ya, benar')
    expect(it(runner)).toBe('14:30')
  })

  test('when: a day, a time or both are kept as said, before commands; other words are no answer', () => {
    for (const said of [
      'besok',
      'jam setengah 3',
      'senin depan jam 9',
      'pagi',
      'kemarin',
      '31/2',
      'kapan aja',
    ]) {
      const runner = begin('when')
      expect(runner.say(said), said).toContain('Lagi?')
      expect(it(runner)).toBe(said)
    }
    const runner = begin('when')
    expect(runner.say('asal saja')).toContain('Contoh: contoh jawaban')
    expect(runner.say('halo')).toContain('Halo!')
    expect(it(runner)).toBeUndefined()
  })

  test('bukan asks again, and another answer is read instead', () => {
    const runner = begin('date')
    runner.say('besok')
    expect(runner.say('bukan')).toBe('Pertanyaan?')
    runner.say('besok')
    expect(runner.say('lusa')).toContain('*Jumat, 27 November 2026*')
    runner.tap('Ya, benar')
    expect(it(runner)).toBe('2026-11-27')
  })

  test('several readings are offered', () => {
    const runner = begin('date')
    const text = runner.say('rabu')
    expect(text).toContain('Ada beberapa yang mirip')
    runner.tap('Rabu, 2 Desember 2026')
    expect(it(runner)).toBe('2026-12-02')
    const other = begin('date')
    other.say('rabu')
    expect(other.tap('Bukan semuanya')).toBe('Pertanyaan?')
  })
})

describe('repaired and rounded readings are confirmed', () => {
  test('rupiah', () => {
    const runner = begin('rupiah')
    expect(runner.say('2 jutaan')).toContain('*Rp2.000.000*')
    expect(it(runner)).toBeUndefined()
    runner.say('ya')
    expect(it(runner)).toBe(2_000_000)
  })

  test('the words of a person are never bold', () => {
    const runner = begin('name')
    const [say] = runner.send({ kind: 'text', text: '12345' })
    expect(say?.text.every(span => typeof span === 'string')).toBe(true)
  })
})

describe('phone', () => {
  test('own contact by button, also written without +', () => {
    const runner = begin('phone')
    expect(runner.says.at(-1)).toMatchObject({
      request: 'contact',
      choices: [{ label: 'Bagikan nomor saya' }],
    })
    runner.send({ kind: 'contact', phone: '6281234567890', own: true })
    expect(it(runner)).toEqual({ number: '+6281234567890', own: true })
  })

  test("somebody else's contact is not taken", () => {
    const runner = begin('phone')
    expect(runner.read(runner.send({ kind: 'contact', phone: '+6281299998888', own: false }))).toContain(
      'bukan nomor Anda sendiri',
    )
    expect(it(runner)).toBeUndefined()
  })

  test('where there are no buttons nothing is offered', () => {
    expect(begin('phone', '', 9).says.at(-1)).not.toHaveProperty('request')
  })
})

describe('location', () => {
  const flows = flowsOf(
    mainFlow(
      'ask',
      '  ask:\n    ask: location\n    text: Di mana?\n    save: it\n    next: more\n  more:\n    ask: yesno\n    text: Lagi?\n    save: again\n    next: end\n  end:\n    end: true\n',
    ),
  )

  test('is shared, not typed', () => {
    const runner = new Runner(flows, TICKET)
    runner.say('/start')
    expect(runner.say('di rumah')).toContain('Mohon kirim lokasinya')
    runner.send({ kind: 'location', latitude: -6.2, longitude: 106.8 })
    expect(it(runner)).toEqual({ latitude: -6.2, longitude: 106.8 })
  })
})

const PERMITS =
  '    choices:\n      - { value: nib, label: NIB }\n      - { value: pirt, label: PIRT }\n      - { value: halal, label: Halal }\n      - { value: none, label: Belum ada }\n'
describe('several choices', () => {
  const several = (pageSize: 9 | 10 = 10) => {
    const flows = flowsOf(
      mainFlow(
        'ask',
        `  ask:\n    ask: choices\n    text: Izin apa?\n    title: Izin\n    save: it\n${PERMITS}    next: told\n  told:\n    say: 'Izin: {it}.'\n    next: more\n  more:\n    ask: yesno\n    text: Lagi?\n    save: again\n    next: end\n  end:\n    end: true\n`,
      ),
    )
    const runner = new Runner(flows, TICKET, pageSize)
    runner.say('/start')
    return runner
  }

  test('one at a time until selesai', () => {
    const runner = several()
    expect(runner.tap('Halal')).toBe('Dipilih: Halal. Ada lagi?\n[1] NIB\n[2] PIRT\n[3] Selesai')
    expect(runner.tap('NIB')).toContain('Dipilih: NIB dan Halal.')
    expect(runner.tap('Selesai')).toContain('Izin: NIB dan Halal.')
    expect(it(runner)).toEqual(['nib', 'halal'])
  })

  test.each(['NIB sama halal', '1,3', 'nib dan halal'])('"%s" is the whole answer', typed => {
    const runner = several(9)
    runner.say(typed)
    expect(it(runner)).toEqual(['nib', 'halal'])
  })

  test('numbers mean the rows on screen, and all of them end the question', () => {
    const runner = several(9)
    runner.say('1')
    expect(runner.says.at(-1)?.choices?.map(choice => choice.label)).toEqual(['PIRT', 'Halal', 'Selesai'])
    runner.say('2')
    runner.say('1')
    expect(it(runner)).toEqual(['nib', 'pirt', 'halal'])
  })

  test.each(['selesai', 'udah', 'nggak ada lagi', 'engga', 'itu aja', 'lewat', 'simpan', 'ga ada'])(
    '"%s" after the first ends the list',
    typed => {
      const runner = several()
      runner.say('NIB')
      runner.say(typed)
      expect(it(runner)).toEqual(['nib'])
    },
  )

  test('belum ada is an answer alone', () => {
    for (const typed of ['belum ada', 'ga ada', '4']) {
      const runner = several()
      runner.say(typed)
      expect(it(runner), typed).toEqual(['none'])
    }
  })
})

describe('yes and no', () => {
  const YESNO =
    '    choices:\n      - { value: yes, label: Ya }\n      - { value: no, label: Tidak }\n      - { value: unknown, label: Belum tahu }\n'
  const flows = flowsOf(
    mainFlow(
      'ask',
      `  ask:\n    ask: yesno\n    text: Punya usaha?\n    save: it\n${YESNO}    next: more\n  more:\n    ask: yesno\n    text: Lagi?\n    save: again\n    next: end\n  end:\n    end: true\n`,
    ),
  )

  test.each([
    ['iya dong', 'yes'],
    ['enggak', 'no'],
    ['belum', 'no'],
    ['ga tau', 'unknown'],
    ['belum tahu', 'unknown'],
    ['ga jadi batal', 'no'],
  ])('%s is %s', (typed, value) => {
    const runner = new Runner(flows, TICKET)
    runner.say('/start')
    runner.say(typed)
    expect(it(runner)).toBe(value)
  })

  test('without choices of its own it is Ya and Tidak', () => {
    const runner = new Runner(flows, TICKET)
    runner.say('/start')
    expect(runner.say('ya')).toBe('Lagi?\n[1] Ya\n[2] Tidak')
  })
})

describe('skip', () => {
  const SKIP = '    skip: Nanti saja\n'

  test.each(['Nanti saja', 'lewati', 'skip', '1', 'ga usah'])('%s skips where that is allowed', typed => {
    const runner = begin('name', SKIP)
    runner.say(typed)
    expect(it(runner)).toBeNull()
  })

  test('tidak tahu and belum ada skip an amount', () => {
    const runner = begin('rupiah', SKIP)
    runner.say('belum ada')
    expect(it(runner)).toBeNull()
  })

  test('signs without words skip nothing', () => {
    for (const typed of ['🙏', '👍', '.', '…']) {
      const runner = begin('name', SKIP)
      runner.say(typed)
      expect(runner.last?.heard, typed).toBe('retry')
    }
  })

  test('a skipped answer reads "belum diisi"', () => {
    expect(begin('name', SKIP, 10, 'Nama {it}.').tap('Nanti saja')).toContain('Nama belum diisi.')
  })

  test('elsewhere it must be answered', () => {
    const runner = begin('name')
    expect(runner.say('lewati')).toContain('perlu dijawab dulu')
    expect(it(runner)).toBeUndefined()
  })
})

describe('sensitive answers', () => {
  test('are not in the card, and a wrong one never reaches a ticket', () => {
    const runner = begin('nik', '    tries: 1\n')
    runner.say('123')
    expect(runner.calls).toEqual([{ call: 'open_ticket', input: { reason: 'not_understood', text: null } }])
    runner.say('3173050101900001')
    expect(runner.say('/start')).not.toContain('3173')
  })
})

describe('tries', () => {
  test('how to answer, where we are, then a person; the question stays open', () => {
    const runner = begin('date')
    expect(runner.say('xyzzy')).toBe(
      'Maaf, tanggalnya belum saya tangkap. Coba tulis seperti ini: *besok*, *senin depan*, atau *5 Januari*.\n\nContoh: contoh jawaban',
    )
    expect(runner.say('xyzzy')).toBe(
      'Maaf, saya masih belum paham. Saat ini kita sedang di langkah: *Jawaban*. Ketik *menu* atau *petugas* kalau perlu bantuan.\n\nContoh: contoh jawaban\n\nPertanyaan?',
    )
    expect(runner.say('xyzzy')).toMatch(
      /^Sepertinya lebih enak dibantu orang.*\n---\nPesan Anda sudah diteruskan/,
    )
    expect(runner.last?.open?.step).toBe('ask')
    for (let more = 0; more < 6; more++) runner.say('xyzzy')
    expect(runner.calls).toHaveLength(1)
    runner.say('besok')
    runner.say('ya')
    expect(it(runner)).toBe('2026-11-26')
    expect(runner.stats.filter(each => each.event === 'invalid')).toHaveLength(9)
  })

  test('a flow may go its own way after them', () => {
    const runner = begin('name', '    tries: 2\n    after_tries: more\n')
    runner.say('😶')
    expect(runner.say('😶')).toContain('Lagi?')
    expect(runner.calls).toEqual([])
  })

  test('its own words come before the shared ones', () => {
    expect(begin('name', '    retry: Namanya saja, ya.\n').say('😶')).toBe(
      'Namanya saja, ya.\n\nContoh: contoh jawaban',
    )
  })

  test('too long', () => {
    expect(begin('text', '    max: 20\n').say('a'.repeat(21))).toContain('paling banyak 20 huruf')
  })

  test('a number beyond the list', () => {
    const flows = flowsOf(
      mainFlow(
        'ask',
        '  ask:\n    ask: choice\n    text: Mana?\n    save: it\n    choices: [{ value: a, label: Apel }, { value: b, label: Belimbing }]\n    next: end\n  end:\n    end: true\n',
      ),
    )
    const runner = new Runner(flows, TICKET)
    runner.say('/start')
    expect(runner.say('7')).toContain('Pilihannya hanya 1 sampai 2.')
  })
})

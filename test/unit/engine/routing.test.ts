import { describe, expect, test } from 'vitest'
import { flowsOf, mainFlow, TICKET } from './flows.ts'
import { plain, Runner } from './runner.ts'

const FLOW = mainFlow(
  'color',
  `  color:
    ask: choice
    text: Warna apa?
    title: Warna
    save: color
    choices:
      - { value: red, label: Merah }
      - { value: blue, label: Biru, also: [biru laut] }
    next: word
  word:
    ask: text
    text: Tulis apa saja.
    title: Kata
    save: word
    example: apa saja
    next: firm
  firm:
    ask: choice
    text: Yakin?
    title: Yakin
    save: firm
    interrupt: block
    choices:
      - { value: yes, label: Setuju }
      - { value: no, label: Tidak setuju }
    strict: true
    next: leaving
  leaving:
    ask: yesno
    text: Masih di sini?
    title: Di sini
    save: here
    interrupt: confirm
    next: bye
  bye:
    say: Selesai, {color} dan {word}.
    next: end
  end:
    end: true
`,
  'triggers: [mau coba]\n',
)
const flows = flowsOf(FLOW)
const begin = () => {
  const runner = new Runner(flows, TICKET)
  runner.say('/start')
  return runner
}
const atWord = () => {
  const runner = begin()
  runner.tap('Merah')
  return runner
}
const atFirm = () => {
  const runner = atWord()
  runner.say('halo dunia')
  return runner
}
const answer = (runner: Runner, name: string) => runner.state.stack[0]?.vars.main?.[name]

describe('commands and answers', () => {
  test('an exact command wins over a free-text question, a mistyped one never does', () => {
    const runner = atWord()
    expect(runner.say('bantuan')).toContain('Kapan saja Anda bisa mengetik')
    expect(answer(runner, 'word')).toBeUndefined()
    runner.say('bantuaan sembako')
    expect(answer(runner, 'word')).toBe('bantuaan sembako')
  })

  test('a mistyped command is heard where the answers are known', () => {
    expect(begin().say('petugss')).toContain('Silakan tulis pesan untuk petugas')
  })

  test('what is on screen is an answer before it is a command', () => {
    const runner = begin()
    runner.say('biru laut')
    expect(answer(runner, 'color')).toBe('blue')
  })

  test.each(['1', 'nomor satu', 'merah', 'MERAH!', '1. Merah', 'yang pertama', 'meraj'])(
    '%s chooses the first row',
    typed => {
      const runner = begin()
      runner.say(typed)
      expect(runner.last?.heard).toBe('answer')
      expect(answer(runner, 'color')).toBe('red')
    },
  )

  test('consent takes a tap, the exact words or the number, and nothing that is close', () => {
    for (const typed of ['setuju', '1', 'Setuju.']) {
      const runner = atFirm()
      runner.say(typed)
      expect(answer(runner, 'firm')).toBe('yes')
    }
    for (const typed of ['belum setuju', 'setujuu deh kayaknya', 'setjuu', 'ya', 'mungkin']) {
      const runner = atFirm()
      runner.say(typed)
      expect(runner.last?.heard, typed).toBe('retry')
      expect(answer(runner, 'firm')).toBeUndefined()
    }
    const refusing = atFirm()
    refusing.say('tidak setuju')
    expect(answer(refusing, 'firm')).toBe('no')
  })

  test('a trigger starts its flow', () => {
    const runner = new Runner(flows, TICKET)
    expect(runner.say('Mau coba!')).toContain('Warna apa?')
  })
})

describe('interrupt', () => {
  test('block keeps the question, but nothing blocks a person', () => {
    const runner = atFirm()
    expect(runner.say('menu')).toBe(
      'Mohon jawab yang ini dulu, ya. Sesudahnya bisa ke yang lain.\n\nYakin?\n[1] Setuju\n[2] Tidak setuju',
    )
    expect(runner.say('petugas')).toContain('Silakan tulis pesan untuk petugas')
  })

  test('a command with a road of its own leads there, and nothing is answered by it', () => {
    const roads = '    example: apa saja\n    commands: { move_booking: leaving }\n'
    const own = flowsOf(FLOW.replace('    example: apa saja\n', roads).replace(' dan {word}', ''))
    const runner = new Runner(own, TICKET)
    runner.say('/start')
    runner.tap('Merah')
    expect(runner.say('eh ganti hari')).toContain('Masih di sini?')
    expect(runner.stats.filter(each => each.event === 'answered').map(each => each.step)).toEqual(['color'])
    expect(runner.say('kembali')).toContain('Warna apa?')
  })

  test('confirm asks first', () => {
    const runner = atFirm()
    runner.tap('Setuju')
    expect(runner.say('menu')).toBe(
      'Anda sedang mengisi percobaan. Mau ditinggalkan dulu?\n[1] Ya, tinggalkan\n[2] Lanjutkan',
    )
    expect(runner.say('tidak')).toContain('Masih di sini?')
    runner.say('menu')
    expect(runner.say('ya')).toContain('Menu?')
  })

  test('a digression comes back to the open question under the same wait', () => {
    const runner = atWord()
    const { id } = runner.state.stack[0]?.wait ?? { id: '' }
    expect(runner.say('bantuan')).toContain('Kita lanjutkan, ya.\n\nTulis apa saja.')
    expect(runner.state.stack[0]?.wait?.id).toBe(id)
    runner.say('menu')
    expect(runner.state.stack.map(session => session.path[0])).toEqual(['main/word', 'menu/pick'])
    expect(runner.tap('Utama')).toBe('Kita lanjutkan, ya.\n\nTulis apa saja.')
  })

  test('a button of the question below ends the digression', () => {
    const runner = begin()
    const shown = runner.says
    runner.say('menu')
    runner.says = shown
    runner.tap('Biru')
    expect(answer(runner, 'color')).toBe('blue')
    expect(runner.state.stack).toHaveLength(1)
  })
})

describe('buttons', () => {
  test('a second tap on the wait just answered is acknowledged silently', () => {
    const runner = begin()
    const shown = runner.says
    runner.tap('Merah')
    runner.says = shown
    expect(runner.tap('Merah')).toBe('')
    expect(runner.last?.heard).toBe('silence:second_tap')
  })

  test('an older one is told kindly, with the open question', () => {
    const runner = begin()
    const old = runner.says
    runner.tap('Merah')
    runner.say('kata')
    runner.says = old
    expect(runner.tap('Biru')).toBe('Tombol itu sudah tidak berlaku.\n\nYakin?\n[1] Setuju\n[2] Tidak setuju')
  })

  test('with nothing open an old button leads to the menu', () => {
    const runner = new Runner(flows, TICKET)
    runner.says = runner.send({ kind: 'tap', wait: 'gone', option: 1 })
    expect(runner.read(runner.says)).toBe('Tombol itu sudah tidak berlaku.\n[1] Menu')
    expect(runner.tap('Menu')).toContain('Menu?')
  })

  test('wait ids begin with the clock and only grow, also after the state is lost', () => {
    const runner = begin()
    const first = parseInt(runner.state.stack[0]?.wait?.id ?? '', 36)
    expect(first).toBe(Math.floor(runner.now / 1000))
    runner.tap('Merah')
    expect(parseInt(runner.state.stack[0]?.wait?.id ?? '', 36)).toBe(first + 1)
    const other = new Runner(flows, TICKET)
    other.now += 60_000
    other.say('/start')
    expect(parseInt(other.state.stack[0]?.wait?.id ?? '', 36)).toBeGreaterThan(first + 1)
  })
})

describe('what is not an answer', () => {
  test.each([
    ['voice', 'belum bisa mendengarkan'],
    ['photo', 'tidak kami simpan'],
    ['sticker', '😊'],
    ['document', 'berkas tidak bisa diterima'],
    ['video', 'belum bisa saya baca'],
    ['other', 'belum bisa saya baca'],
  ] as const)('%s is answered kindly and the question repeated', (media, words) => {
    const runner = begin()
    const text = runner.read(runner.send({ kind: 'media', media }))
    expect(text).toContain(words)
    expect(text).toContain('Warna apa?')
    expect(runner.last?.heard).toBe('retry')
    expect(runner.read(new Runner(flows, TICKET).send({ kind: 'media', media }))).toContain(words)
  })

  test('contact and location where they are not asked', () => {
    const runner = begin()
    expect(runner.read(runner.send({ kind: 'contact', phone: '+6281234567890', own: true }))).toContain(
      'tidak memerlukan nomor',
    )
    expect(runner.read(runner.send({ kind: 'location', latitude: -6.2, longitude: 106.8 }))).toContain(
      'tidak memerlukan lokasi',
    )
    expect(JSON.stringify(runner.state)).not.toMatch(/106|812/)
  })

  test('edits, blocks and unreadable messages', () => {
    const runner = begin()
    for (const kind of ['edited', 'blocked', 'unblocked'] as const) {
      const before = runner.state
      expect(runner.send({ kind })).toEqual([])
      expect(runner.last?.heard).toBe(`silence:${kind}`)
      expect(runner.state).toEqual(before)
      expect(runner.timer).toBeDefined()
    }
    expect(runner.read(runner.send({ kind: 'unreadable' }))).toContain('tidak terbaca')
  })

  test('a group hears one sentence a day', () => {
    const runner = new Runner(flows, TICKET)
    expect(runner.send({ kind: 'group' })).toHaveLength(1)
    expect(runner.send({ kind: 'group' })).toEqual([])
    expect(runner.last?.heard).toBe('silence:group')
    runner.now += 86_400_000
    expect(runner.send({ kind: 'group' })).toHaveLength(1)
  })

  test('greetings and thanks are returned, and the question stands', () => {
    const runner = begin()
    expect(runner.say('assalamualaikum')).toBe('Waalaikumsalam.\n\nWarna apa?\n[1] Merah\n[2] Biru')
    expect(runner.say('halo kak')).toContain('Halo!\n\nWarna apa?')
    expect(runner.say('makasih ya')).toContain('Sama-sama')
    expect(new Runner(flows, TICKET).say('Assalamualaikum')).toMatch(/^Waalaikumsalam\.\n---\nWarna apa\?/)
  })
})

describe('nothing is open', () => {
  const idle = () => {
    const runner = begin()
    runner.say('batal')
    return runner
  }

  test('the first words ever are welcomed, whatever they are', () => {
    for (const typed of ['p', 'xyzzy', 'saya mau cari kerja', '🙏'])
      expect(new Runner(flows, TICKET).say(typed)).toContain('Warna apa?')
  })

  test('words that mean nothing: twice other words, then a person', () => {
    const runner = idle()
    expect(runner.say('xyzzy')).toContain('belum paham')
    expect(runner.last?.heard).toBe('retry')
    expect(runner.say('xyzzy')).toContain('[2] Bicara petugas')
    expect(runner.say('xyzzy lagi')).toBe(
      'Sepertinya lebih enak dibantu orang. Saya teruskan ke petugas, ya.\n---\nPesan Anda sudah diteruskan. Nomor tiket: *T-7K3M*. Dijawab paling lambat Kamis, 26 November 2026. Sambil menunggu, Anda tetap bisa melanjutkan di sini.',
    )
    expect(runner.calls).toEqual([
      { call: 'open_ticket', input: { reason: 'not_understood', text: 'xyzzy lagi' } },
    ])
    expect(runner.state.misses).toBeUndefined()
  })

  test('a command without a flow says so', () => {
    expect(idle().say('buat janji')).toBe('Maaf, bagian itu belum tersedia.\n[1] Menu\n[2] Bicara petugas')
    expect(begin().say('buat janji')).toContain('belum tersedia.\n\nWarna apa?')
  })

  test.each(['kembali', 'batal', 'ulangi', 'lanjut', 'ubah'])(
    '%s finds nothing to do and offers the menu',
    typed => {
      expect(idle().say(typed)).toContain('tidak ada yang sedang diisi')
    },
  )

  test('source is kept from a deep link', () => {
    const runner = new Runner(flows, TICKET)
    runner.say('/start poster-kebonjeruk')
    expect(runner.state.source).toBe('poster-kebonjeruk')
    runner.say('/start <script>')
    expect(runner.state.source).toBe('poster-kebonjeruk')
  })
})

describe('kembali, batal, ulang', () => {
  test('kembali at the first question says so', () => {
    expect(begin().say('kembali')).toBe('Ini sudah pertanyaan pertama.\n\nWarna apa?\n[1] Merah\n[2] Biru')
  })

  test('batal asks where answers would be lost, and leaves everything', () => {
    const runner = atWord()
    expect(runner.say('batal')).toContain('Yakin dibatalkan?')
    expect(runner.say('lanjutkan')).toContain('Tulis apa saja.')
    runner.say('batal')
    expect(runner.tap('Ya, batalkan')).toBe(
      'Baik, sudah dibatalkan. Anda bisa mulai lagi kapan saja.\n[1] Menu',
    )
    expect(runner.state.stack).toEqual([])
    expect(runner.last?.next.kind).toBe('end')
    expect(runner.timer).toBeUndefined()
    expect(runner.stats.at(-1)).toEqual({ flow: 'main', version: 1, step: 'word', event: 'abandoned' })
  })

  test('batal without answers leaves at once', () => {
    expect(begin().say('batal')).toContain('sudah dibatalkan')
  })

  test('ulang dari awal starts over after a question', () => {
    const runner = atFirm()
    expect(runner.say('ulang dari awal')).toContain('Yakin diulang?')
    expect(runner.say('ya')).toContain('Warna apa?')
    expect(runner.state.stack[0]?.vars).toEqual({})
  })

  test('/start with answers offers to go on, change or start over', () => {
    const runner = atFirm()
    expect(runner.say('/start')).toBe(
      'Halo lagi! Tadi kita berhenti di percobaan. Jawaban sejauh ini:\nWarna: Merah\nKata: halo dunia\n\nMau dilanjutkan?\n[1] Lanjutkan\n[2] Ubah jawaban\n[3] Mulai lagi\n[4] Menu',
    )
    expect(runner.tap('Ubah jawaban')).toBe('Bagian mana yang mau diperbaiki?\n[1] Warna\n[2] Kata')
    expect(runner.tap('Warna')).toContain('Sekarang tercatat: Merah.')
    expect(runner.tap('Biru')).toContain('Yakin?')
    expect(answer(runner, 'word')).toBe('halo dunia')
  })
})

test('a say is never without words', () => {
  expect(begin().says.map(plain)).toEqual(['Warna apa?\n[1] Merah\n[2] Biru'])
})

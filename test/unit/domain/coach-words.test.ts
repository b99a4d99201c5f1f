import { describe, expect, test } from 'vitest'
import { readCoachWord } from '../../../src/domain/staff/coachWords.ts'

/** As coaches type on a phone between two sessions: the machine's schedule, not a resident's. Wednesday, 25 November 2026. */
const NOW = Date.parse('2026-11-25T09:30+07:00')
const read = (text: string, open: 'coach' | 'other' | 'nothing' = 'nothing') => readCoachWord(text, NOW, open)

describe('a schedule of a day', () => {
  test.each([
    ['jdwl bsk', '2026-11-26'],
    ['jadwal hr ini dong', '2026-11-25'],
    ['jadwal hari ini siapa aja?', '2026-11-25'],
    ['jadwal rabu', '2026-11-25'],
    ['jdwl jmt', '2026-11-27'],
    ['jadwal tgl 27', '2026-11-27'],
    ['jadwal senin depan', '2026-11-30'],
    ['sesi hari ini', '2026-11-25'],
    ['jadwal mgg ini', 'week'],
    ['jadwal minggu depan', 'week'],
  ])('%s', (text, span) => {
    for (const open of ['nothing', 'other', 'coach'] as const)
      expect(read(text, open)).toEqual({
        is: 'agenda',
        span: expect.stringMatching(`^(${span}|today|tomorrow)$`),
      })
  })

  test.each(['sesi besok bahas harga', 'jadwal kelas dasar', 'jadwal kapan ya'])('%s is none', text => {
    expect(read(text)).toBeUndefined()
  })
})

describe('who cannot come', () => {
  test.each([
    'izin bsk',
    'ijin ga masuk hari ini',
    'gw ga bisa masuk bsk',
    'saya sakit hari ini',
    'anak sakit hari ini ga bisa masuk',
    'berhalangan jumat',
    'libur senin depan',
    'cuti tgl 1 sampai 5',
    'ga bisa jam 2',
    'saya tidak bisa',
    'cuti',
  ])('%s', text => {
    expect(read(text)).toEqual({ is: 'absent' })
    expect(read(text, 'coach')).toBeUndefined()
    expect(read(text, 'other')).toBeUndefined()
  })

  test.each(['ga jadi libur', 'batal cuti', 'ga jadi berhalangan besok', 'cabut izin besok'])(
    '%s: can after all',
    text => {
      expect(read(text)).toEqual({ is: 'back' })
    },
  )

  test.each(['izin usaha', 'cara urus izin edar?', 'kapan libur sekolah', 'klinik libur kapan?'])(
    '%s asks something else',
    text => {
      expect(read(text)).toBeUndefined()
    },
  )
})

test('the menu, and a message to somebody', () => {
  expect(read('jadwal')).toEqual({ is: 'menu' })
  expect(read('Coach', 'other')).toEqual({ is: 'menu' })
  expect(read('jadwal', 'coach')).toBeUndefined()
  expect(read('kirim pesan ke budi')).toEqual({ is: 'people' })
  expect(read('hubungi siti')).toEqual({ is: 'people' })
  expect(read('wa dong')).toBeUndefined()
})

import { describe, expect, test } from 'vitest'
import { NEWCOMER, realFlows } from './flows.ts'
import { Runner } from './runner.ts'

const flows = realFlows()

function upTo(step: string): Runner {
  const runner = new Runner(flows, NEWCOMER)
  runner.say('/start')
  for (const label of ['Daftar', 'Sudah', 'Setuju', 'Boleh']) runner.tap(label)
  if (step === 'intake_job') return runner
  for (const label of ['Tidak', 'Ya', 'Tidak']) runner.tap(label)
  return runner
}
const registration = (runner: Runner) => runner.state.stack[0]?.vars.registration ?? {}
const step = (runner: Runner) => runner.last?.open?.step

describe('answers that come early', () => {
  test('a later need under the first question is noted, told, and not asked again', () => {
    const runner = upTo('intake_job')
    expect(runner.say('mau mulai usaha')).toMatch(
      /^Sudah saya catat: Mulai usaha: Ya\.\n\nPertanyaan 1 dari 3\./,
    )
    expect(step(runner)).toBe('intake_job')
    expect(runner.tap('Tidak')).toContain('Pertanyaan 3 dari 3.')
    expect(registration(runner)).toMatchObject({ wants_job: 'no', wants_start: 'yes' })
  })

  test('two needs at once', () => {
    const runner = upTo('intake_job')
    expect(runner.say('saya mau cari kerja sama mulai usaha')).toMatch(
      /^Sudah saya catat: Mulai usaha: Ya\.\n\nPertanyaan 3/,
    )
    expect(registration(runner)).toMatchObject({ wants_job: 'yes', wants_start: 'yes' })
  })

  test('no to this one, and another', () => {
    const runner = upTo('intake_job')
    runner.say('tidak, saya mau mulai usaha')
    expect(registration(runner)).toMatchObject({ wants_job: 'no', wants_start: 'yes' })
  })

  test('its own need told in words is a yes', () => {
    const runner = upTo('intake_job')
    runner.say('iya lagi nganggur')
    expect(registration(runner).wants_job).toBe('yes')
    expect(step(runner)).toBe('intake_start')
  })

  test.each(['2', 'nomor dua', 'tidak'])('"%s" is only the answer to what is on screen', typed => {
    const runner = upTo('intake_job')
    expect(runner.say(typed)).toMatch(/^Pertanyaan 2/)
    expect(registration(runner)).toMatchObject({ wants_job: 'no' })
  })

  test('name and place in one message: the place goes on where it was left', () => {
    const runner = upTo('ask_name')
    expect(runner.say('Siti, kebun jeruk, jualan nasi uduk')).toContain(
      'Sudah saya catat: Wilayah: Kebon Jeruk, Jakarta Barat.',
    )
    expect(registration(runner).name).toBe('Siti')
    runner.tap('Ibu')
    expect(runner.say('0812 3456 7890')).toContain('Kecamatan Kebon Jeruk, Jakarta Barat. Kelurahannya apa?')
  })

  test('a whole place is not asked again, is in the review, and can be changed there', () => {
    const runner = upTo('ask_name')
    runner.say('Siti, duri kepa')
    runner.tap('Ibu')
    expect(runner.say('0812 3456 7890')).not.toContain('wilayah mana')
    expect(registration(runner).place).toBe('31.73.05.1005')
  })

  test('kembali takes the early answers of a message back with it', () => {
    const runner = upTo('ask_name')
    runner.say('Siti, duri kepa')
    runner.say('kembali')
    expect(runner.state.stack[0]?.kept).toBeUndefined()
    runner.say('Siti')
    runner.tap('Ibu')
    expect(runner.say('0812 3456 7890')).toContain('di wilayah mana')
  })

  test('a look-alike is not taken early', () => {
    const runner = upTo('ask_name')
    runner.say('Siti, jatinegara')
    expect(runner.state.stack[0]?.kept).toBeUndefined()
  })
})

describe('language', () => {
  test('a switch asks the open question again in the other language, and back', () => {
    const runner = upTo('intake_job')
    expect(runner.say('english')).toBe(
      'All right, we will use English.\n\nQuestion 1 of 3.\nAre you *looking for a job*?\n[1] Yes\n[2] No\n[3] Not sure',
    )
    expect(runner.last?.state.language).toBe('en')
    expect(runner.say('bahasa indonesia')).toContain('Pertanyaan 1 dari 3.')
  })

  test('replies in both languages are read, whatever is spoken', () => {
    const runner = upTo('intake_job')
    runner.say('yes')
    expect(registration(runner).wants_job).toBe('yes')
    runner.say('english')
    runner.say('tidak')
    expect(registration(runner).wants_start).toBe('no')
    runner.say('not sure')
    expect(step(runner)).toBe('intake_help')
    runner.say('Naik kelas')
    expect(registration(runner).closest).toBe('naik_kelas')
  })

  test('the flow that asks for a language sets it and comes back', () => {
    const runner = upTo('intake_job')
    expect(runner.say('ganti bahasa')).toContain('Which language')
    expect(runner.tap('English')).toBe(
      'All right, we will use English.\n---\nLet us go on.\n\nQuestion 1 of 3.\nAre you *looking for a job*?\n[1] Yes\n[2] No\n[3] Not sure',
    )
  })

  test('the language outlives the flow', () => {
    const runner = upTo('intake_job')
    runner.say('english')
    runner.say('cancel')
    runner.say('yes')
    expect(runner.state).toMatchObject({ language: 'en', stack: [] })
    expect(runner.say('hello')).toContain('Welcome to the *OK OCE Assistant*')
  })
})

describe('review', () => {
  const atReview = () => {
    const runner = upTo('ask_name')
    for (const each of [
      'Siti Aminah',
      'Ibu',
      '0812 3456 7890',
      'kebon jeruk',
      'Duri Kepa',
      'nanti saja',
      'Jasa',
      'sudah',
      '500rb',
      'Modal',
    ])
      runner.say(each)
    expect(step(runner)).toBe('review')
    return runner
  }

  test('shows what was answered, without what is sensitive', () => {
    const runner = atReview()
    const text = runner.read(runner.says)
    expect(text).toContain(
      'Nama: Siti Aminah\nSapaan: Ibu\nNomor HP: 0812-3456-7890\nWilayah: Duri Kepa, Kebon Jeruk, Jakarta Barat',
    )
    expect(text).not.toContain('500')
  })

  test.each(['ya', 'sudah benar', 'simpan', '1', 'oke'])('"%s" saves', typed => {
    expect(atReview().say(typed)).toContain('Pendaftaran tersimpan ✅')
  })

  test.each(['salah', 'perbaiki', 'ubah', '2', 'belum'])('"%s" asks which part', typed => {
    expect(atReview().say(typed)).toContain('Bagian mana yang mau diperbaiki?')
  })

  test('a field by its name; a change opens only the questions that it brings', () => {
    const runner = atReview()
    runner.say('perbaiki')
    expect(runner.say('cari kerja')).toContain('Pertanyaan 1 dari 3.')
    expect(runner.tap('Ya')).toBe(
      'Pendidikan terakhir Anda?\n[1] SD/sederajat\n[2] SMP/sederajat\n[3] SMA/SMK/sederajat\n[4] D1–D3\n[5] D4/S1\n[6] S2 ke atas\n[7] Tidak ingin menjawab',
    )
    for (const each of ['SMA', 'kasir', 'tidak', 'mulai usaha']) runner.say(each)
    expect(step(runner)).toBe('review')
    expect(registration(runner)).toMatchObject({
      wants_job: 'yes',
      job_field: 'kasir',
      start_field: 'jasa',
      primary_need: 'mulai_usaha',
    })
  })

  test('answers of a road that is no longer taken are not sent', () => {
    const runner = atReview()
    runner.say('perbaiki')
    runner.tap('Mulai usaha')
    runner.tap('Tidak')
    expect(step(runner)).toBe('review')
    runner.say('simpan')
    const sent = runner.calls.find(({ call }) => call === 'register')?.input
    expect(sent).toMatchObject({
      wants_start: 'no',
      start_field: null,
      start_block: null,
      name: 'Siti Aminah',
    })
  })

  test('kembali leaves the list of parts', () => {
    const runner = atReview()
    runner.say('perbaiki')
    runner.say('kembali')
    expect(step(runner)).toBe('start_block')
  })

  test('batal asks before the answers are lost', () => {
    expect(atReview().tap('Batal')).toContain('Yakin dibatalkan?')
  })
})

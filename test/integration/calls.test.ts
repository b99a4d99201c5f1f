import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCall } from '../../src/app/calls.ts'
import { CallInputError } from '../../src/app/calls/input.ts'
import { PAPER_CALLS } from '../../src/app/specs/papers.ts'
import { PEOPLE } from '../../src/app/specs/people.ts'
import { REGISTRATION } from '../../src/app/specs/registration.ts'
import { RIGHTS } from '../../src/app/specs/rights.ts'
import { WORKBOOK_CALLS } from '../../src/app/specs/workbooks.ts'
import type { Speaker } from '../../src/domain/people.ts'
import { workbookKey, WORKBOOKS } from '../../src/domain/workbooks.ts'
import { DAY } from '../../src/lib/time.ts'
import { callsOf } from '../support/calls.ts'
import { addCoach, DURI_KEPA, newChat, NOW, openWorld, type World } from '../support/people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
  await addCoach(world.db, 'Faran', ['mulai_usaha'])
})
afterAll(() => world.close())

const { call, unseen } = callsOf(() => world, {
  ...REGISTRATION,
  ...RIGHTS,
  ...PEOPLE,
  ...WORKBOOK_CALLS,
  ...PAPER_CALLS,
})

const FORM = {
  name: 'Siti Aminah',
  form_of_address: 'Ibu',
  phone: { number: '+6281234567890', own: true },
  place: DURI_KEPA,
  nik: null,
  source: 'poster-kebonjeruk',
  wants_job: 'no',
  wants_start: 'yes',
  wants_grow: 'no',
  primary_need: null,
  start_field: 'kuliner',
  start_tried: 'yes',
  start_capital: 500_000,
}

async function consent(chat: Speaker) {
  await call(chat, 'record_consent', { purpose: 'data', answer: 'yes', shown: 'Apakah Anda setuju?' })
  await call(chat, 'record_consent', { purpose: 'reminders', answer: 'no', shown: 'Bolehkah?' })
}

describe('registration', () => {
  it('registers once, says who it is when they come back, and finds the own number from another chat', async () => {
    const chat = await newChat(world.db, 'calls')
    expect((await call(chat, 'who')).outcome).toBe('new')
    expect((await call(chat, 'register', FORM)).outcome).toBe('no_consent')
    await consent(chat)
    expect((await call(chat, 'find_own', { phone: FORM.phone })).outcome).toBe('free')
    const done = await call(chat, 'register', FORM)
    expect(done).toMatchObject({
      outcome: 'registered',
      output: { name: 'Siti Aminah', centre: 'Kebon Jeruk', kota: 'Jakarta Barat', coach: 'Coach Faran' },
    })
    expect(done.output.stage).toBe('P1 (pendaftaran, tahap 1 dari 7)')
    expect((await call(chat, 'register', FORM)).outcome).toBe('known')
    const english = await call(chat, 'who', {}, { language: 'en' })
    expect(english).toMatchObject({ outcome: 'known', output: { stage: 'P1 (registration, step 1 of 7)' } })

    const other = await newChat(world.db, 'new phone')
    expect((await call(other, 'find_own', { phone: { ...FORM.phone, own: false } })).outcome).toBe('free')
    expect(await call(other, 'find_own', { phone: FORM.phone })).toMatchObject({
      outcome: 'known',
      output: { masked: 'S••• A•••' },
    })
    const claim = { phone: FORM.phone, name: 'siti aminah', place: DURI_KEPA }
    expect((await call(other, 'claim_own', { ...claim, name: 'Budi' })).outcome).toBe('unsure')
    expect((await call(other, 'claim_own', { ...claim, place: '31.71.01.1001' })).outcome).toBe('unsure')
    expect((await call(other, 'claim_own', claim)).outcome).toBe('linked')
    expect(await call(other, 'who')).toMatchObject({ output: { number: done.output.number } })
  })

  it('counts needs, and after "belum tahu" adds the closest to those that are a yes already', async () => {
    const chat = await newChat(world.db, 'needs')
    const no = { wants_job: 'no', wants_start: 'no', wants_grow: 'no' }
    expect((await call(chat, 'count_needs', no)).outcome).toBe('none')
    const one = await call(chat, 'count_needs', { ...no, wants_grow: 'yes' })
    expect(one).toMatchObject({ outcome: 'one', output: { primary_need: 'naik_kelas' } })
    expect((await call(chat, 'count_needs', { ...no, wants_grow: 'yes', wants_job: 'yes' })).outcome).toBe(
      'several',
    )
    const guessed = await call(chat, 'guess_needs', {
      closest: 'mulai_usaha',
      wants_job: 'yes',
      wants_start: 'unknown',
    })
    expect(guessed.output).toEqual({ wants_job: 'yes', wants_start: 'yes', wants_grow: 'no' })
  })

  it('says menyusul without a coach', async () => {
    const chat = await newChat(world.db, 'no coach')
    await consent(chat)
    const done = await call(chat, 'register', { ...FORM, place: '31.71.02.1001', phone: null })
    expect(done).toMatchObject({ outcome: 'waiting', output: { coach: 'menyusul, kami kabari begitu ada' } })
  })

  it('confirms the number of a WhatsApp chat and knows none elsewhere', async () => {
    const chat = await newChat(world.db, '6281234567890@s.whatsapp.net', { channel: 'whatsapp' })
    expect((await call(chat, 'phone_of_chat')).output).toEqual({
      phone: { number: '+6281234567890', own: true },
    })
    const hidden = await newChat(world.db, '123456789@lid', { channel: 'whatsapp' })
    expect((await call(hidden, 'phone_of_chat')).outcome).toBe('unknown')
  })

  it('takes a NIK only where the setting says so, and sees who is under 18 to the day', async () => {
    const chat = await newChat(world.db, 'nik')
    expect((await call(chat, 'nik_wanted', {}, { facts: { nik: 'off' } })).outcome).toBe('no')
    expect((await call(chat, 'nik_wanted', {}, { facts: { nik: 'on' } })).outcome).toBe('yes')
    expect((await call(chat, 'check_nik', { nik: '3173056511080001' })).outcome).toBe('adult')
    expect((await call(chat, 'check_nik', { nik: '3173056611080001' })).outcome).toBe('minor')
  })

  it('refuses what it cannot take and names the fields, never their content', async () => {
    const chat = await newChat(world.db, 'bad')
    const wrong = { ...FORM, place: 'rahasia', wants_job: 7, start_field: 'x'.repeat(200) }
    const error = await call(chat, 'register', wrong).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(CallInputError)
    expect(String(error)).toMatch(/place/)
    expect(String(error)).not.toMatch(/rahasia|xxx/)
    await consent(chat)
    await expect(call(chat, 'register', { ...FORM, start_field: 'judi' })).rejects.toThrow('startField')
    await expect(world.within(repos => runCall('nothing', {}, { repos } as never))).rejects.toThrow(
      CallInputError,
    )
  })
})

describe('people’s say over their data', () => {
  it('shows, copies once a day, corrects, reminds, withdraws, resumes and erases', async () => {
    const chat = await newChat(world.db, 'rights')
    for (const name of ['show_data', 'copy_data', 'load_form', 'withdraw', 'resume'] as const)
      expect((await call(chat, name)).outcome).toBe('nobody')
    expect((await call(chat, 'set_reminders', { answer: 'yes', shown: 'x' })).outcome).toBe('nobody')
    expect((await call(chat, 'correct_profile')).outcome).toBe('nobody')
    const no = { wants_job: 'no', wants_start: 'no', wants_grow: 'no' }
    expect((await call(chat, 'correct_answers', no)).outcome).toBe('nobody')
    await consent(chat)
    await call(chat, 'register', { ...FORM, name: 'Wati', phone: null, nik: '3173055203900001' })
    const shown = await call(chat, 'show_data')
    expect(shown.output.text).toContain('Nama: Wati')
    expect(shown.output.text).toContain('NIK: •••• •••• •••• 0001')
    expect(shown.output.text).toContain('Wilayah: Duri Kepa, Kebon Jeruk, Jakarta Barat')
    expect(shown.output.text).toContain('Perkiraan modal: Rp500.000')
    const copy = await call(chat, 'copy_data')
    expect(JSON.parse(String(copy.output.json))).toMatchObject({
      profile: { name: 'Wati' },
      answers: { startCapital: 500_000 },
    })
    expect((await call(chat, 'copy_data', {}, { now: NOW + DAY - 1 })).outcome).toBe('later')
    expect((await call(chat, 'copy_data', {}, { now: NOW + DAY })).outcome).toBe('ready')

    const form = await call(chat, 'load_form')
    expect(form.output).toMatchObject({
      name: 'Wati',
      wants_start: 'yes',
      start_tried: 'yes',
      grow_permits: [],
    })
    const profile = { name: 'Wati Lestari', form_of_address: null, phone: FORM.phone, place: null, nik: null }
    expect((await call(chat, 'correct_profile', profile)).output.number).toMatch(/^B-/)
    const answers = { ...form.output, wants_start: 'no', wants_grow: 'yes', grow_permits: ['belum_ada'] }
    expect(await call(chat, 'correct_answers', answers)).toMatchObject({
      output: { step: expect.stringContaining('NIB') as string },
    })
    expect((await call(chat, 'load_form')).output).toMatchObject({
      name: 'Wati Lestari',
      phone: { number: FORM.phone.number },
      start_field: null,
      start_capital: null,
      grow_permits: ['belum_ada'],
      primary_need: 'naik_kelas',
    })

    expect((await call(chat, 'set_reminders', { answer: 'yes', shown: 'Ingatkan?' })).outcome).toBe('on')
    expect((await call(chat, 'set_reminders', { answer: 'no', shown: 'Ingatkan?' })).outcome).toBe('off')
    expect((await call(chat, 'withdraw')).output.due).toBe('Sabtu, 28 November 2026, pukul 10.00 WIB')
    expect((await call(chat, 'withdraw')).outcome).toBe('nobody')
    expect((await call(chat, 'who')).outcome).toBe('restricted')
    expect((await call(chat, 'resume')).outcome).toBe('nobody')
    await consent(chat)
    expect((await call(chat, 'resume')).outcome).toBe('resumed')

    const erased = await call(chat, 'erase', { whom: 'one' })
    expect(erased).toMatchObject({
      outcome: 'erased',
      output: { at: 'Rabu, 25 November 2026, pukul 10.00 WIB' },
    })
    expect((await call(chat, 'who')).outcome).toBe('new')
  })

  it('erases messages and pending consents of somebody who never registered', async () => {
    const chat = await newChat(world.db, 'unregistered')
    await consent(chat)
    expect((await call(chat, 'erase', { whom: 'one' })).outcome).toBe('erased')
    expect((await call(chat, 'register', { ...FORM, phone: null })).outcome).toBe('no_consent')
    const minor = await newChat(world.db, 'minor')
    expect((await call(minor, 'forget', { why: 'minor' })).outcome).toBe('forgotten')
  })
})

describe('several people in one chat', () => {
  it('lists, switches and erases one of them', async () => {
    const chat = await newChat(world.db, 'counter')
    expect((await call(chat, 'people')).outcome).toBe('nobody')
    await consent(chat)
    const first = await call(chat, 'register', { ...FORM, phone: null })
    expect((await call(chat, 'people')).outcome).toBe('one')
    await consent(chat)
    const long = { ...FORM, phone: null, name: 'Nama Yang Panjang Sekali Benar' }
    const second = await call(chat, 'register', long, { now: NOW + 1 })
    const list = await call(chat, 'people')
    expect(list.outcome).toBe('several')
    expect(list.rows?.map(row => row.value)).toEqual([first.output.number, second.output.number])
    for (const row of list.rows ?? []) expect(row.label.length).toBeLessThanOrEqual(24)
    const switched = await call(chat, 'switch_person', { person: String(first.output.number) })
    expect(switched.output).toEqual({ name: 'Siti Aminah', form_of_address: 'Ibu' })
    const left = await call(chat, 'erase', { whom: 'one' })
    expect(left).toMatchObject({ outcome: 'left', output: { name: 'Nama Yang Panjang Sekali Benar' } })
    expect((await call(chat, 'switch_person', { person: String(first.output.number) })).outcome).toBe('gone')
    expect((await call(chat, 'erase', { whom: 'all' })).outcome).toBe('erased')
  })
})

describe('open_ticket', () => {
  it('keeps words only after a consent, and does not pile up', async () => {
    const chat = await newChat(world.db, 'ticket')
    const first = await call(chat, 'open_ticket', { reason: 'petugas', text: 'rahasia' })
    expect(first.output.answered_by).toBe('Rabu, 25 November 2026, pukul 16.00 WIB')
    const row = () => world.db.ticket.findUniqueOrThrow({ where: { number: String(first.output.ticket) } })
    expect((await row()).text).toBeNull()
    expect((await call(chat, 'open_ticket', { reason: 'petugas' })).output.ticket).toBe(first.output.ticket)
    await consent(chat)
    const second = await call(chat, 'open_ticket', { reason: 'petugas', text: 'halo' })
    expect(second.output.ticket).not.toBe(first.output.ticket)
    const late = await call(
      chat,
      'open_ticket',
      { reason: 'petugas' },
      { now: Date.parse('2026-11-27T15:00:00+07:00') },
    )
    expect(late.output.answered_by).toBe('Senin, 30 November 2026, pukul 16.00 WIB')
  })
})

describe('workbooks', () => {
  const reminders = (id: string) => world.within(repos => repos.reminders.of(`workbook:${id}`))
  const given = (residentId: string) => world.within(repos => repos.workbooks.of(residentId))

  it('anybody may have one; only who is registered is remembered', async () => {
    const chat = await newChat(world.db, 'passer-by')
    const file = { key: workbookKey('buku_kas'), name: 'Buku-Kas-Harian.xlsx', as: 'document' }
    expect(await call(chat, 'give_workbook', { workbook: 'buku_kas' })).toMatchObject({
      ...{ outcome: 'given', output: { file, title: 'Buku kas harian' } },
    })
    expect((await call(chat, 'give_workbook', { workbook: 'lain' })).outcome).toBe('unknown')
    expect((await call(chat, 'given_workbook', { delivery: '1' })).outcome).toBe('gone')
    expect((await call(chat, 'answer_workbook', { delivery: '1', used: 'yes' })).outcome).toBe('gone')
  })

  it('asks a week later about the last one, if reminders are wanted; the version and the answer are kept', async () => {
    const chat = await newChat(world.db, 'bookkeeper')
    await consent(chat)
    await call(chat, 'register', FORM)
    const [resident] = await world.within(repos => repos.residents.of(chat.id))
    const id = resident?.id ?? ''
    expect((await call(chat, 'give_workbook', { workbook: 'stok' })).outcome).toBe('given')
    await call(chat, 'set_reminders', { answer: 'yes', shown: 'Bolehkah?' })
    expect((await call(chat, 'give_workbook', { workbook: 'neraca' })).outcome).toBe('followed')
    expect((await call(chat, 'give_workbook', { workbook: 'hpp' }, { language: 'en' })).output.title).toBe(
      'Cost and price',
    )
    const all = await given(id)
    expect(all.map(each => [each.workbook, each.version, each.used])).toEqual([
      ...[
        ['stok', WORKBOOKS.stok.version, null],
        ['neraca', WORKBOOKS.neraca.version, null],
        ['hpp', WORKBOOKS.hpp.version, null],
      ],
    ])
    const [, earlier, last] = all.map(each => String(each.id))
    expect(await reminders(earlier ?? '')).toMatchObject([{ kind: 'workbook_used', status: 'dropped' }])
    expect(await reminders(last ?? '')).toMatchObject([{ dueAt: NOW + 7 * DAY, status: 'waiting' }])
    const asked = await call(chat, 'given_workbook', { delivery: last ?? '' })
    expect(asked).toMatchObject({ outcome: 'waiting', output: { title: 'HPP dan harga jual' } })
    expect((await call(chat, 'answer_workbook', { delivery: last ?? '', used: 'apa saja' })).outcome).toBe(
      'gone',
    )
    expect((await call(chat, 'answer_workbook', { delivery: last ?? '', used: 'stuck' })).outcome).toBe(
      'noted',
    )
    expect((await given(id)).at(-1)).toMatchObject({ used: 'stuck', answeredAt: NOW })
    expect((await call(chat, 'given_workbook', { delivery: last ?? '' })).outcome).toBe('gone')
  })
})

describe('pictures, months and the report', () => {
  const ALL = [
    ['book_picture', { what: 'week' }],
    ['book_month', { what: 'this_month' }],
    ['book_report', {}],
  ] as const

  it.each(ALL)('%s: of nobody, of an empty book, of a book', async (name, input) => {
    const chat = await newChat(world.db, name)
    const own = {
      ...FORM,
      phone: { number: `+62812000000${10 + ALL.findIndex(each => each[0] === name)}`, own: true },
    }
    expect((await call(chat, name, input)).outcome).toBe('nobody')
    await consent(chat)
    await call(chat, 'register', own)
    expect((await call(chat, name, input)).outcome).toBe('empty')
    const said = { kind: 'sale', amount: 50_000, date: '2026-11-25', category: 'penjualan' } as const
    await world.within(async repos => {
      const resident = await repos.residents.active(chat.id)
      await repos.books.add(resident?.id ?? '', BigInt(chat.id), [{ does: 'add', said }], NOW)
    })
    const made = await call(chat, name, input)
    expect(made).toMatchObject({
      outcome: 'made',
      output: { file: { key: expect.stringMatching(/^own\//) } },
    })
  })
})

it('every outcome of every call has been seen', () => {
  expect(unseen()).toEqual([])
})

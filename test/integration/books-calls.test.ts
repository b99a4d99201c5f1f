import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOOKS } from '../../src/app/specs/books.ts'
import { standing } from '../../src/domain/ledger/book.ts'
import type { Resident, Speaker } from '../../src/domain/people.ts'
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts'
import { callsOf } from '../support/calls.ts'
import { newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

let world: World
let stranger: Speaker
beforeAll(async () => {
  world = await openWorld()
  stranger = await newChat(world.db, 'stranger')
})
afterAll(() => world.close())

const { call, unseen } = callsOf(() => world, BOOKS)
const note = (chat: Speaker, text: string, now = NOW, more = {}) =>
  call(chat, 'record_entry', { text, ...more }, { now })

async function newBook(address: string): Promise<{ chat: Speaker; resident: Resident }> {
  const chat = await newChat(world.db, address)
  return { chat, resident: await registered(world, chat) }
}
const entriesOf = async ({ id }: Resident) => standing(await world.within(({ books }) => books.rows(id)))
const amounts = async (resident: Resident) => (await entriesOf(resident)).map(entry => entry.amount)

describe('an entry', () => {
  it('is undone, brought back within a day, undone again; each of a batch by itself', async () => {
    const { chat, resident } = await newBook('undo')
    const { output } = await note(chat, 'gaji udin 500rb, gaji siti 450rb')
    const [udin = '', siti = ''] = String(output.entry).split(',')
    expect((await call(chat, 'book_entry', { entry: String(output.entry) })).outcome).toBe('several')
    expect((await call(chat, 'book_entry', { entry: siti })).outcome).toBe('one')
    const undone = await call(chat, 'undo_entry', { entry: udin })
    expect(await amounts(resident)).toEqual([450_000])
    expect((await call(chat, 'undo_entry', { entry: udin })).outcome).toBe('gone')
    expect((await call(chat, 'book_entry', { entry: udin })).outcome).toBe('gone')
    const row = String(undone.output.row)
    const late = { now: NOW + DAY + MINUTE }
    expect((await call(chat, 'redo_entry', { row }, late)).outcome).toBe('late')
    expect((await call(chat, 'redo_entry', { row })).outcome).toBe('redone')
    expect((await call(chat, 'redo_entry', { row })).outcome).toBe('gone')
    expect(await amounts(resident)).toEqual([500_000, 450_000])
    const again = await call(chat, 'undo_entry', { entry: udin })
    expect(await amounts(resident)).toEqual([450_000])
    await call(chat, 'redo_entry', { row: String(again.output.row) })
    expect(await amounts(resident)).toEqual([500_000, 450_000])
  })

  it('is changed by what differs or by a whole sentence; what cannot be read changes nothing', async () => {
    const { chat, resident } = await newBook('fix')
    const { output } = await note(chat, 'jual bakso 50rb')
    const fixed = await call(chat, 'fix_entry', { entry: String(output.entry), text: '55rb' })
    expect(await entriesOf(resident)).toMatchObject([{ kind: 'sale', amount: 55_000 }])
    const now = String(fixed.output.entry)
    expect((await call(chat, 'fix_entry', { entry: now, text: 'terima kasih' })).outcome).toBe('unread')
    expect((await call(chat, 'fix_entry', { entry: now, text: 'jual 10 porsi 15 rb' })).outcome).toBe('ask')
    await call(chat, 'fix_entry', { entry: now, text: 'jual 10 porsi 15 rb', pick: '1' })
    expect(await entriesOf(resident)).toMatchObject([{ amount: 150_000, qty: 10 }])
    expect((await call(chat, 'fix_entry', { entry: now, text: '1rb' })).outcome).toBe('gone')
  })

  it('said again minutes later is asked, never dropped and never doubled; hours later it is another', async () => {
    const { chat, resident } = await newBook('again')
    await note(chat, 'jual bakso 50rb')
    expect((await note(chat, 'jual bakso 50rb', NOW + MINUTE)).outcome).toBe('again')
    expect((await note(chat, 'jual bakso 50rb', NOW + MINUTE, { sure: 'yes' })).outcome).toBe('recorded')
    expect((await note(chat, 'jual bakso 50rb', NOW + 3 * HOUR)).outcome).toBe('recorded')
    expect(await amounts(resident)).toEqual([50_000, 50_000, 50_000])
  })

  it('of the small hours stands at once; whose day it is is asked once, moves what the night wrote, and is remembered', async () => {
    const { chat, resident } = await newBook('night')
    const night = Date.parse('2026-11-26T01:30+07:00')
    const dates = async () => (await entriesOf(resident)).map(entry => entry.date)
    const first = await note(chat, 'jual bakso 50rb', night)
    expect(first).toMatchObject({ outcome: 'recorded', output: { next: 'night' } })
    expect((await note(chat, 'jual es 20rb', night + MINUTE)).output['next']).not.toBe('night')
    await note(chat, 'kemarin jual teh 10rb', night + 2 * MINUTE)
    expect(await dates()).toEqual(['2026-11-26', '2026-11-26', '2026-11-25'])
    const moved = { day: 'yesterday', entry: String(first.output['entry']) }
    expect((await call(chat, 'night_day', moved, { now: night + 3 * MINUTE })).outcome).toBe('moved')
    expect((await call(chat, 'night_day', moved, { now: night + 4 * MINUTE })).outcome).toBe('noted')
    expect(await amounts(resident)).toEqual([10_000, 50_000, 20_000])
    await note(chat, 'jual kopi 15rb', night + 5 * MINUTE)
    await note(chat, 'jual es 30rb', night + 8 * HOUR)
    expect(await dates()).toEqual([...Array<string>(4).fill('2026-11-25'), '2026-11-26'])
  })

  it('that was taken back and brought back is changed, not doubled', async () => {
    const { chat, resident } = await newBook('changed')
    const { output } = await note(chat, 'jual bakso 50rb')
    const undone = await call(chat, 'undo_entry', { entry: String(output['entry']) }, { now: NOW + MINUTE })
    await call(chat, 'redo_entry', { row: String(undone.output['row']) }, { now: NOW + 2 * MINUTE })
    const fix = { entry: String(output['entry']), text: '55rb' }
    expect((await call(chat, 'fix_entry', fix, { now: NOW + 3 * MINUTE })).outcome).toBe('fixed')
    expect(await amounts(resident)).toEqual([55_000])
  })

  it('raises one question at most, learns its answer for the whole phrase, and can forget it', async () => {
    const { chat, resident } = await newBook('learn')
    const asked = await note(chat, 'jual 10 porsi 15 rb')
    expect(asked.rows?.map(row => row.value)).toEqual(['0', '1'])
    await note(chat, 'jual 10 porsi 15 rb', NOW, { pick: '1' })
    await note(chat, 'jual 10 porsi 16 rb', NOW + HOUR)
    expect(await amounts(resident)).toEqual([150_000, 160_000])
    const phrases = await call(chat, 'learned_phrases')
    expect(phrases.output.text).toBe('• “jual porsi” = satuan')
    await call(chat, 'forget_phrase', { phrase: 'jual porsi' })
    expect((await call(chat, 'learned_phrases')).outcome).toBe('none')
    expect((await note(chat, 'jual 10 porsi 17 rb', NOW + 2 * HOUR)).outcome).toBe('ask')
  })

  it('is taken back or corrected in words; a plan, a question or a secret is none', async () => {
    const { chat, resident } = await newBook('words')
    await note(chat, 'jual bakso 50rb')
    await note(chat, 'eh salah, 45rb', NOW + MINUTE)
    expect(await amounts(resident)).toEqual([45_000])
    expect((await note(chat, 'hapus yang tadi', NOW + 2 * MINUTE)).outcome).toBe('removed')
    expect(await amounts(resident)).toEqual([])
    expect((await note(chat, 'besok mau beli gas 22rb')).outcome).toBe('plan')
    for (const text of ['bakso berapaan ya?', 'kode OTP 123456', 'halo', '3173055203900001'])
      expect((await note(chat, text)).outcome, text).toBe('unread')
    expect(await amounts(resident)).toEqual([])
  })
})

describe('a book', () => {
  it('shows days, debts and progress, and nothing to strangers', async () => {
    const { chat } = await newBook('show')
    expect((await call(chat, 'book_status')).outcome).toBe('empty')
    expect((await call(chat, 'show_book', { span: 'day' })).outcome).toBe('empty')
    expect((await call(chat, 'show_debts')).outcome).toBe('none')
    await note(chat, 'saya utang ke bang ucup ayam 340rb')
    expect((await call(chat, 'show_debts')).outcome).toBe('owing')
    await note(chat, 'bu ani ngutang bakso 30rb', NOW + MINUTE)
    const debts = await call(chat, 'show_debts')
    expect(debts).toMatchObject({ outcome: 'owed', rows: [{ value: 'bu ani' }] })
    expect((await call(chat, 'debt_text', { party: 'bu ani' })).output.text).toContain('Rp30.000')
    expect((await call(chat, 'debt_text', { party: 'pak x' })).outcome).toBe('gone')
    expect((await call(chat, 'book_status')).output.progress).toContain('1 dari 1 hari')
    expect((await call(chat, 'show_book', { span: 'month' })).outcome).toBe('shown')
    for (const name of Object.keys(BOOKS) as (keyof typeof BOOKS)[]) {
      const input = Object.fromEntries(
        Object.entries(BOOKS[name].input).map(([field, type]) => [field, type === 'rupiah' ? 1 : '1']),
      )
      expect(['nobody', 'silent'], name).toContain((await call(stranger, name, input)).outcome)
    }
  })

  it('asks for the opening cash on the third day, once, and offers the evening summary once', async () => {
    const { chat, resident } = await newBook('next')
    const next: string[] = []
    for (let day = 0; day < 5; day++)
      next.push(String((await note(chat, `jual bakso ${50 + day}rb`, NOW + day * DAY)).output.next))
    expect(next).toEqual(['none', 'none', 'opening', 'evening', 'none'])
    await call(chat, 'opening_cash', { amount: 200_000 })
    expect((await entriesOf(resident)).filter(entry => entry.opening)).toMatchObject([{ amount: 200_000 }])
    expect((await call(chat, 'day_off')).outcome).toBe('noted')
    expect((await call(chat, 'share_book', { answer: 'yes' })).outcome).toBe('shared')
    expect((await call(chat, 'share_book', { answer: 'no' })).outcome).toBe('closed')
  })

  it('has one evening summary planned at a time, and the next one when it is said', async () => {
    const { chat, resident } = await newBook('evening')
    const planned = async () =>
      (await world.within(({ reminders }) => reminders.of(`books:${resident.id}`)))
        .filter(reminder => reminder.status === 'waiting')
        .map(reminder => new Date(reminder.dueAt).toISOString())
    await call(chat, 'set_evening', { hour: 'h20' })
    await call(chat, 'set_evening', { hour: 'h19' })
    expect(await planned()).toEqual(['2026-11-25T12:00:00.000Z'])
    const evening = { now: Date.parse('2026-11-25T19:00+07:00') }
    expect((await call(chat, 'evening_book', {}, evening)).outcome).toBe('nothing')
    expect(await planned()).toContain('2026-11-26T12:00:00.000Z')
    expect((await call(chat, 'evening_later')).outcome).toBe('noted')
    await note(chat, 'jual bakso 50rb')
    expect((await call(chat, 'evening_book', {}, evening)).outcome).toBe('summary')
    const sunday = { now: Date.parse('2026-11-29T19:00+07:00') }
    expect(await call(chat, 'evening_book', {}, sunday)).toMatchObject({
      outcome: 'picture',
      output: { picture: { as: 'picture' }, text: expect.stringContaining('50.000') as string },
    })
    const first = { now: Date.parse('2026-12-01T19:00+07:00') }
    expect(await call(chat, 'evening_book', {}, first)).toMatchObject({
      outcome: 'month',
      output: { picture: { as: 'picture' }, workbook: { as: 'document' } },
    })
    expect((await call(chat, 'set_evening', { hour: 'off' })).outcome).toBe('off')
    expect(await planned()).toEqual([])
    expect((await call(chat, 'evening_book', {}, evening)).outcome).toBe('silent')
  })
  it('whose evening summary had become rare, or had ended, has it again once they write', async () => {
    const { chat, resident } = await newBook('back')
    const next = async () =>
      (await world.within(({ reminders }) => reminders.of(`books:${resident.id}`)))
        .filter(reminder => reminder.status === 'waiting')
        .map(reminder => reminder.dueAt)
    const evening = (day: number) => Date.parse('2026-11-25T20:00+07:00') + day * DAY
    await call(chat, 'set_evening', { hour: 'h20' })
    for (const day of [0, 1, 2]) await call(chat, 'evening_book', {}, { now: evening(day) })
    await note(chat, 'jual bakso 50rb', evening(3) - HOUR)
    expect(await next()).toEqual([evening(3)])
    for (const day of [4, 5, 6, 13, 20]) await call(chat, 'evening_book', {}, { now: evening(day) })
    expect((await next()).filter(dueAt => dueAt > evening(20))).toEqual([])
    await call(chat, 'day_off', {}, { now: evening(30) - HOUR })
    expect(await next()).toEqual([evening(30)])
  })
})

it('every outcome of every call on books has been seen', () => {
  expect(unseen()).toEqual([])
})

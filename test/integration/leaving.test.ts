import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CALLED_OFF } from '../../src/app/specs/calledOff.ts'
import { importCli } from '../../src/cli/import.ts'
import { dismissCli, type DismissRequest } from '../../src/cli/people/dismiss.ts'
import { listCli } from '../../src/cli/people/list.ts'
import { invite } from '../../src/db/staff.ts'
import { EMPTY_INTAKE, type Intake, type Speaker } from '../../src/domain/people.ts'
import { reply } from '../../src/domain/staff/desk.ts'
import { callsOf } from '../support/calls.ts'
import { addCoach, KEBON_JERUK, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

/** Coaches and operators who leave: their access ends at once, and nobody they worked with is left without a word. */
const GROW = { ...EMPTY_INTAKE, wantsGrow: true, growField: 'kuliner', primaryNeed: 'naik_kelas' as const }
const WORK = { ...EMPTY_INTAKE, wantsJob: true, jobField: 'kantor', primaryNeed: 'cari_kerja' as const }
let world: World
let faran: string
let count = 0
const { call } = callsOf(() => world, CALLED_OFF)

beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.db
    .$executeRaw`TRUNCATE conversations, residents, consents, coaches, operators, invitations CASCADE`
  faran = (await addCoach(world.db, 'Faran', ['naik_kelas', 'cari_kerja'])).id
  const day = { opens: 8 * 60, closes: 16 * 60, centreCode: KEBON_JERUK }
  await world.db.coachHours.createMany({
    data: [1, 2, 3, 4, 5].map(weekday => ({ ...day, weekday, coachId: faran })),
  })
})

const dismiss = (request: Partial<DismissRequest>) =>
  dismissCli(world.db, world.sealer, {
    ...{ role: 'coach', name: 'Faran', centre: undefined, dryRun: false, now: NOW },
    ...request,
  })

/** A participant of Faran's: nobody else was there when they registered. */
async function participant(intake: Intake = GROW): Promise<Speaker & { residentId: string; number: string }> {
  const chat = await newChat(world.db, `person ${++count}`)
  const { id, number } = await registered(world, chat, { name: 'Siti Aminah', phone: null, intake })
  return { ...chat, residentId: id, number }
}
async function book(chat: Speaker, slot: string): Promise<string> {
  const ask = { topic: 'perizinan', centre: null, slot }
  await call(chat, 'hold_slot', ask)
  expect((await call(chat, 'confirm_booking', ask)).outcome).toBe('booked')
  return (
    await world.db.booking.findFirstOrThrow({ where: { status: 'booked' }, orderBy: { createdAt: 'desc' } })
  ).id
}
async function works(staffId: string, role: 'coach' | 'operator', address: string): Promise<Speaker> {
  const chat = await newChat(world.db, address)
  const row = { conversationId: chat.id, staffId, role, linkedAt: new Date(NOW) }
  await world.db.staffChat.create({ data: row })
  return chat
}
const addOperator = async (name: string, centreCode: string | null) =>
  (await world.db.operator.create({ data: { name, centreCode, createdAt: new Date(NOW) } })).id
/** What each person is still to be told, by kind. */
async function heard(residentId: string): Promise<string[]> {
  const rows = await world.db.reminder.findMany({ where: { residentId, status: 'waiting' } })
  return rows.map(row => row.kind)
}

describe('a coach who leaves', () => {
  it('loses the chat at once, participants go evenly to colleagues, and each person hears of it once', async () => {
    const people = []
    for (let one = 0; one < 5; one++) people.push(await participant())
    const seeker = await participant(WORK)
    const [first, ...others] = people
    if (!first) throw new Error('nobody')
    const booking = await book(first, '2026-11-26T09:00')
    const chat = await works(faran, 'coach', 'faran')
    for (const name of ['Lina', 'Rudi']) await addCoach(world.db, name, ['naik_kelas'])
    await world.db.$transaction(tx => invite(tx, world.sealer, { role: 'coach', staffId: faran }, NOW))

    const lines = [
      'Coach Faran (Kebon Jeruk) tidak bertugas lagi:',
      '  chat kerjanya berakhir sekarang, dan undangan yang belum dipakai tidak berlaku',
      '  1 janji dibatalkan; warganya dikabari dan ditawari coach atau waktu lain',
      expect.stringMatching(/^ {2}peserta pindah: Coach (Lina 3, Coach Rudi 2|Rudi 3, Coach Lina 2)$/),
      '  1 peserta menunggu coach: belum ada yang melayani kebutuhannya di sana',
    ]
    const tried = await dismiss({ dryRun: true })
    expect(tried.text.split('\n')).toEqual(['Percobaan saja, tidak ada yang disimpan.', ...lines])
    expect((await call(chat, 'coach_state')).outcome).toBe('coach')
    expect(await heard(first.residentId)).toEqual(['booking_day_before', 'booking_soon'])

    expect((await dismiss({})).text.split('\n')).toEqual(lines)
    expect((await call(chat, 'coach_state')).outcome).toBe('not_coach')
    expect(await world.db.invitation.count()).toBe(0)
    expect(await world.db.reminder.count({ where: { staffId: faran, status: 'waiting' } })).toBe(0)
    expect(await heard(first.residentId)).toEqual(['session_off'])
    for (const { residentId } of [...others, seeker]) expect(await heard(residentId)).toEqual(['coach_left'])

    const now = await world.within(repos => repos.residents.find(first.residentId))
    const said = await call(first, 'session_off', { booking, mentor: 'new' })
    expect(said.output.reason).toBe(
      `Coach Faran sudah tidak bertugas, dan coach Anda sekarang Coach ${now?.coach?.name}`,
    )
    expect((await call(first, 'coach_now', { person: first.number })).output).toEqual({
      coach: now?.coach?.name,
    })
    expect((await call(seeker, 'coach_now', { person: seeker.number })).outcome).toBe('none')
    expect((await call(seeker, 'coach_now', { person: first.number })).outcome).toBe('gone')
    expect((await dismiss({})).code).toBe(1)
  })

  it('leaves in the same way by an import that says they are not active', async () => {
    const person = await participant()
    await book(person, '2026-11-26T09:00')
    await addCoach(world.db, 'Lina', ['naik_kelas'])
    const text = `id,nama,kecamatan,kebutuhan,aktif\n${faran},Faran,Kebon Jeruk,naik_kelas,tidak\n`
    const bytes = Buffer.from(text)
    const bring = () =>
      importCli(world.db, world.sealer, { table: 'coaches', bytes, dryRun: false, now: NOW })
    expect((await bring()).text).toContain('1 janji dibatalkan, dan warganya dikabari')
    expect((await bring()).text).not.toContain('dibatalkan')
    expect(await heard(person.residentId)).toEqual(['session_off'])
    const resident = await world.within(repos => repos.residents.find(person.residentId))
    expect(resident?.coach?.name).toBe('Lina')
  })

  it('is found by name, and by centre where several have it', async () => {
    await addCoach(world.db, 'Faran', ['naik_kelas'], '31.73.08')
    expect(await dismiss({ name: 'Nobody' })).toEqual({
      text: 'Coach Nobody tidak ada. Lihat daftarnya: npm run people -- list',
      code: 1,
    })
    expect((await dismiss({})).text).toContain('Ada beberapa Coach Faran')
    expect((await dismiss({ centre: 'Kebon' })).text).toContain('Tidak ada satu center')
    expect((await dismiss({ name: 'faran', centre: 'kembangan' })).code).toBe(0)
    expect(await listCli(world.db)).toBe('1 orang:\n  Coach Faran, Kebon Jeruk (belum punya chat)')
  })
})

describe('an operator who leaves', () => {
  it('loses the chat; whoever they spoke with is back with the assistant, and colleagues have the ticket', async () => {
    const person = await participant()
    const [sari, tono] = [await addOperator('Sari', KEBON_JERUK), await addOperator('Tono', null)]
    const chat = await works(sari, 'operator', 'sari')
    const colleague = await works(tono, 'operator', 'tono')
    const ticket = await world.within(repos =>
      repos.tickets.open(
        { conversationId: person.id, residentId: person.residentId, reason: 'asked', text: 'Kapan?' },
        NOW,
      ),
    )
    const member = await world.within(repos => repos.staff.of(chat.id, 'operator'))
    if (!member) throw new Error('no operator')
    const words = { ticket, words: 'Sebentar.', inboundId: 1n }
    expect(await world.within(repos => reply(repos, member, words, NOW))).toBe('sent')
    expect((await call(colleague, 'desk_tickets')).outcome).toBe('none')

    const done = await dismiss({ role: 'operator', name: 'Sari' })
    expect(done.text).toContain('1 percakapan dikembalikan ke asisten')
    expect((await call(chat, 'desk_tickets')).outcome).toBe('not_operator')
    expect((await call(colleague, 'desk_tickets')).rows).toHaveLength(1)
    expect(await world.within(repos => repos.desk.holder(person.id, NOW))).toBeUndefined()
    const told = await world.db.reminder.findMany({ where: { status: 'waiting' }, orderBy: { id: 'asc' } })
    expect(told.map(row => [row.kind, row.staffId])).toEqual([
      ['desk', null],
      ['desk', null],
      ['ticket_new', tono],
    ])
    expect((await dismiss({ role: 'operator', name: 'Tono' })).code).toBe(0)
  })
})

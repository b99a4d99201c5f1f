import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Player } from '../../src/cli/chat/player.ts'
import { readHours } from '../../src/domain/staff/coaching.ts'
import { KEBON_JERUK } from '../support/people.ts'
import { openPlayers, type Players } from '../support/players.ts'

const NOW = Date.parse('2026-11-25T10:00+07:00')
let players: Players
let count = 0
beforeAll(async () => {
  players = await openPlayers()
})
afterAll(() => players.close())
beforeEach(async () => {
  const { db } = players.store
  await db.booking.deleteMany()
  await db.coachTimeOff.deleteMany()
  await db.resident.updateMany({ data: { coachId: null } })
  await db.coachHours.deleteMany()
  await db.coach.deleteMany({ where: { records: { none: {} } } })
})

const say = async (player: Player, text: string) => (await player.line(`> ${text}`)).join('\n')
/** Whatever is due in a chat is said. */
const listen = async (player: Player, span = '1s') => (await player.line(`@advance ${span}`)).join('\n')

async function newCoach(name: string): Promise<string> {
  const serves = ['cari_kerja', 'mulai_usaha', 'naik_kelas']
  const { id } = await players.store.db.coach.create({
    data: { name, centreCode: KEBON_JERUK, serves, createdAt: new Date('2026-11-01') },
  })
  const day = { opens: 8 * 60, closes: 16 * 60, coachId: id, centreCode: KEBON_JERUK }
  await players.store.db.coachHours.createMany({
    data: [1, 2, 3, 4, 5].map(weekday => ({ ...day, weekday })),
  })
  return id
}

/** Faran and his participant, each in their own chat. */
async function scene() {
  count += 1
  const { db } = players.store
  const coachId = await newCoach(`Faran ${count}`)
  const who = { id: `resident ${count}`, address: `1${count}` }
  await players.register('Siti Aminah', who, NOW)
  const coach = players.player({ id: `coach ${count}` }, NOW)
  const resident = players.player(who, NOW)
  const listens = async () => {
    await coach.line('> /start')
    const chat = await db.conversation.findFirstOrThrow({ where: { account: `terminal:coach ${count}` } })
    await db.staffChat.create({
      data: { conversationId: chat.id, staffId: coachId, role: 'coach', linkedAt: new Date(NOW) },
    })
  }
  await listens()
  const close = async () => {
    await resident.close()
    await coach.close()
  }
  return { coach, resident, coachId, close }
}

async function book(resident: Player, when: string): Promise<string> {
  await say(resident, 'buat janji')
  await resident.line('> [Pembukuan]')
  await say(resident, when)
  return say(resident, 'ya')
}

describe('a coach', () => {
  it('hears of the day at 07.00, of changes and cancellations at once, an hour before, and is asked afterwards', async () => {
    const { coach, resident, close } = await scene()
    expect(await book(resident, 'besok jam 9')).toContain('J-')
    expect(await listen(coach)).toBe('')
    await say(resident, 'pindah janji')
    await say(resident, 'jumat jam 10')
    await say(resident, 'ya')
    const moved = await listen(coach)
    expect(moved).toContain('Ada perubahan')
    expect(moved).toContain('09.00')
    expect(moved).toContain('10.00')
    expect(moved).not.toContain('0812')
    const thursday = await listen(coach, '30h')
    expect(thursday).toBe('')
    const friday = await listen(coach, '24h')
    expect(friday).toContain('Selamat pagi')
    expect(friday).toContain('10.00 Siti A.: Pembukuan')
    expect(friday).toContain('Satu jam lagi')
    expect(friday).toContain('sudah selesai?')
    expect(friday.split('Selamat pagi')).toHaveLength(2)
    expect(await say(coach, 'Tidak hadir')).toContain('Siti A. tidak hadir')
    expect(await players.store.db.booking.findFirstOrThrow()).toMatchObject({
      status: 'no_show',
      attendanceBy: 'coach',
    })
    await close()
  })

  it('hears of a cancellation, and nothing of that session any more', async () => {
    const { coach, resident, close } = await scene()
    await book(resident, 'besok jam 9')
    await say(resident, 'batal janji')
    await say(resident, 'ya')
    expect(await listen(coach)).toContain('batal atau pindah')
    expect(await listen(coach, '48h')).toBe('')
    await close()
  })

  it('is not there: each affected participant is told once and offered another time with whoever is there', async () => {
    const { coach, resident, close } = await scene()
    await newCoach('Lina')
    await book(resident, 'besok jam 9')
    await say(coach, 'berhalangan')
    await coach.line('> [Satu hari]')
    await say(coach, 'besok')
    expect(await say(coach, 'ya')).toContain('1 sesi dibatalkan')
    expect(await say(coach, 'ya')).toContain('Tercatat: 1 sesi dibatalkan')
    const told = await listen(resident)
    expect(told).toContain(`Coach Faran ${count} berhalangan`)
    expect(told).toContain('Coach Lina* bisa menerima Anda pada jam yang sama')
    await resident.line('> [Pilih waktu]')
    const offered = await say(resident, 'besok jam 9')
    expect(offered).toContain('Coach Lina')
    expect(await say(resident, 'ya')).toContain('J-')
    expect(await listen(coach, '48h')).toBe('')
    await close()
  })

  it('writes with a participant and hears the answer; no number is shown to either', async () => {
    const { coach, resident, coachId, close } = await scene()
    await players.store.db.resident.updateMany({ where: { sandbox: true }, data: { coachId: null } })
    const { residentId } = await players.store.db.conversationResident.findFirstOrThrow({
      where: { conversation: { account: `terminal:resident ${count}` } },
    })
    await players.store.db.resident.update({ where: { id: residentId }, data: { coachId } })
    await say(coach, 'coach')
    await coach.line('> [Peserta saya]')
    await coach.line('> [Siti A.]')
    await coach.line('> [Kirim pesan]')
    expect(await say(coach, 'Jangan lupa nota.')).toContain('Pesan dikirim')
    const heard = await listen(resident)
    expect(heard).toContain(`Pesan dari Coach Faran ${count}`)
    await resident.line('> [Balas pesan]')
    expect(await say(resident, 'Baik, Coach.')).toContain('Pesan dikirim')
    const answer = await listen(coach)
    expect(answer).toContain('Pesan dari Siti A.')
    expect(answer).toContain('Baik, Coach.')
    expect(heard + answer).not.toMatch(/08\d\d|\+62/)
    await close()
  })
})

describe('hours in words', () => {
  it.each([
    [
      '08.00-12.00, 13.00-16.00',
      [
        [480, 720],
        [780, 960],
      ],
    ],
    [
      'jam 8 sampai 12 dan 13 s/d 15:30',
      [
        [480, 720],
        [780, 930],
      ],
    ],
    ['libur', []],
    [
      '13-16, 8-12',
      [
        [480, 720],
        [780, 960],
      ],
    ],
  ] as [string, [number, number][]][])('%s', (typed, hours) => {
    expect(readHours(typed)).toEqual(hours.map(([opens, closes]) => ({ opens, closes })))
  })
  it.each(['pagi', '12-8', '8-12, 11-14', '8-25', '8.70-9', ''])('not %s', typed => {
    expect(readHours(typed)).toBeUndefined()
  })
})

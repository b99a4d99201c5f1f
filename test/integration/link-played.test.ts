import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Player } from '../../src/cli/chat/player.ts'
import { MINUTE } from '../../src/lib/time.ts'
import { openPlayers, type Players } from '../support/players.ts'
import { readTranscripts } from '../support/transcripts.ts'

let players: Players
beforeAll(async () => {
  players = await openPlayers()
  const serves = ['cari_kerja', 'mulai_usaha', 'naik_kelas']
  await players.store.db.coach.create({
    data: { name: 'Faran', centreCode: '31.73.05', serves, createdAt: new Date('2026-11-01') },
  })
})
afterAll(() => players.close())

let chats = 0
const NOW = Date.parse('2026-11-25T10:00+07:00')
const chat = (channel: 'telegram' | 'whatsapp', now = NOW): Player =>
  players.player({ channel, id: `link ${++chats}`, address: `link ${chats}` }, now)

/** The lines of the person of a transcript that registers Siti Aminah. */
const REGISTERS = (() => {
  const script = readTranscripts().find(one => one.name.includes('reminders/other-roads'))?.script ?? ''
  const lines = script.split('\n').filter(line => line.startsWith('>'))
  return lines.slice(0, lines.indexOf('> simpan') + 1)
})()

/** What the assistant answers to the last of these lines, numbers unmasked. */
async function says(player: Player, ...lines: string[]): Promise<string> {
  const played = await player.play(lines.map(line => (line.startsWith('>') ? line : `> ${line}`)).join('\n'))
  return played.slice(Math.max(0, played.lastIndexOf('\n> ')))
}

/** Transcripts mask codes, so the code is read where the person reads it: in what was sent. */
async function codeFrom(player: Player): Promise<string> {
  await says(player, 'hubungkan', '[Buat kode]')
  const rows = await players.store.db.outbound.findMany({ orderBy: { id: 'desc' }, take: 3 })
  for (const row of rows) {
    const place = `outbound:${row.conversationId}`
    const code = /H-[0-9A-Z]{6}/.exec(players.store.sealer.open(place, row.body as Uint8Array))?.[0]
    if (code !== undefined) return code
  }
  throw new Error('no code was said')
}

const residents = () => players.store.db.resident.findMany({ include: { conversations: true } })

describe.each([
  ['telegram', 'whatsapp'],
  ['whatsapp', 'telegram'],
] as const)('somebody registered on %s', (first, second) => {
  it(`brings the profile to ${second} by a code, once, and chooses where reminders go`, async () => {
    await players.store.db.resident.deleteMany()
    const [home, other] = [chat(first), chat(second)]
    await says(home, ...REGISTERS)
    const code = await codeFrom(home)
    expect(await says(home, 'hubungkan', '[Ketik kode]', code)).toContain('Kode itu dari chat ini')
    const linked = await says(other, 'hubungkan', code.toLowerCase().replace('-', ' '))
    expect(linked).toContain('Chat ini sekarang memakai profil Ibu Siti Aminah, nomor peserta *OKO-######*')
    expect(linked).toContain('Pengingat jadwal dikirim lewat mana?')
    expect(await says(other, second)).toMatch(/pengingat dikirim lewat (\{aplikasi\}|WhatsApp|Telegram)/)
    const [resident, ...others] = await residents()
    expect(others).toEqual([])
    expect(resident).toMatchObject({ preferredChannel: second })
    expect(resident?.conversations).toHaveLength(2)
    expect(resident?.conversations.every(link => link.active)).toBe(true)
    // the same profile in both, and the choice can be changed in either
    expect(await says(other, 'data saya', '[Lihat data saya]')).toContain('Siti Aminah')
    expect(await says(home, 'hubungkan', '[Tempat pengingat]')).toContain('Di chat terakhir')
    expect(await says(home, '[Di chat terakhir]')).toContain('tempat Anda terakhir menulis')
    expect((await residents())[0]?.preferredChannel).toBeNull()
    const third = chat(second)
    expect(await says(third, 'hubungkan', code)).toContain('sudah dipakai')
    await Promise.all([home, other, third].map(one => one.close()))
  })
})

describe('a code', () => {
  it('is over after ten minutes, and when a newer one is made', async () => {
    await players.store.db.resident.deleteMany()
    const home = chat('telegram')
    await says(home, ...REGISTERS)
    const old = await codeFrom(home)
    const code = await codeFrom(home)
    const early = chat('whatsapp')
    expect(await says(early, 'hubungkan', old)).toContain('tidak cocok')
    const late = chat('whatsapp', NOW + 10 * MINUTE + 1)
    expect(await says(late, 'hubungkan', code)).toContain('tidak cocok')
    await says(early, code)
    expect((await residents())[0]?.conversations).toHaveLength(2)
    await Promise.all([home, early, late].map(one => one.close()))
  })

  it('used in a chat of somebody else: both profiles stay, and the person is told how to change back', async () => {
    await players.store.db.resident.deleteMany()
    const [home, other] = [chat('telegram'), chat('whatsapp')]
    await says(home, ...REGISTERS)
    await says(
      other,
      ...REGISTERS.map(line => line.replace('Siti Aminah', 'Budi Santoso').replace('0812', '0813')),
    )
    const code = await codeFrom(home)
    const linked = await says(other, 'hubungkan', '[Ketik kode]', code)
    expect(linked).toContain('memakai profil Ibu Siti Aminah')
    expect(linked).toContain('Profil Budi Santoso tetap ada; ketik *ganti orang*')
    expect(await residents()).toHaveLength(2)
    await Promise.all([home, other].map(one => one.close()))
  })

  it('typed by two at once works for one of them', async () => {
    await players.store.db.linkAttempt.deleteMany()
    await players.store.db.resident.deleteMany()
    const home = chat('telegram')
    await says(home, ...REGISTERS)
    const code = await codeFrom(home)
    const guests = [chat('whatsapp'), chat('whatsapp')]
    await Promise.all(guests.map(guest => says(guest, 'hubungkan')))
    await Promise.all(guests.map(guest => says(guest, code)))
    const unheard = { where: { handledAt: null } }
    await expect.poll(() => players.store.db.inbound.count(unheard)).toBe(0)
    expect((await residents())[0]?.conversations).toHaveLength(2)
    expect(await players.store.db.linkAttempt.count({ where: { kind: 'wrong' } })).toBe(1)
    await Promise.all([home, ...guests].map(one => one.close()))
  })

  it('cannot be guessed: a chat is stopped after five, and so is everybody who tries with many chats', async () => {
    const { db } = players.store
    const many = await db.conversation.createManyAndReturn({
      data: Array.from({ length: 40 }, (_, n) => ({
        ...{
          channel: 'telegram',
          account: 'telegram:guess',
          address: `guess ${n}`,
          createdAt: new Date(NOW),
        },
      })),
    })
    const attempts = many.flatMap(({ id: conversationId }) =>
      [1, 2, 3, 4, 5].map(() => ({ conversationId, kind: 'wrong', at: new Date(NOW) })),
    )
    await db.linkAttempt.createMany({ data: attempts })
    const guest = chat('whatsapp')
    expect(await says(guest, 'hubungkan', 'H-222222')).toContain('Demi keamanan')
    await db.conversation.deleteMany({ where: { account: 'telegram:guess' } })
    await guest.close()
  })
})

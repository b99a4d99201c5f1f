import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ticketsCli } from '../../src/cli/tickets.ts'
import { DAY } from '../../src/lib/time.ts'
import { newChat, NOW, openWorld, registered, type World } from '../support/people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const cli = (number?: string, text?: string, now = NOW) =>
  ticketsCli(world.db, world.sealer, { number, text, now })

describe('npm run tickets', () => {
  it('lists who waits, answers once, and says what is wrong', async () => {
    expect(await cli()).toEqual({ text: 'Tidak ada tiket yang menunggu.', code: 0 })
    const chat = await newChat(world.db, 'asks')
    const resident = await registered(world, chat)
    const open = (residentId: string | null, text: string | null) =>
      world.within(({ tickets }) =>
        tickets.open({ conversationId: chat.id, residentId, reason: 'petugas', text }, NOW),
      )
    const number = await open(resident.id, 'Kapan kelas dasar?')
    const silent = await open(null, null)
    const { text } = await cli()
    expect(text).toContain('2 tiket menunggu')
    expect(text).toContain(`${number} · Rabu, 25 November 2026, pukul 10.00 WIB`)
    expect(text).toContain(`Siti Aminah, ${resident.number}, Kebon Jeruk, 0812-3456-7890 (telegram)`)
    expect(text).toContain('Kapan kelas dasar?')
    expect(text).toContain('(tanpa pesan)')
    expect(text).not.toContain('LEWAT WAKTU')
    expect((await cli(undefined, undefined, NOW + DAY)).text).toContain('LEWAT WAKTU')

    expect((await cli(number, ' ')).code).toBe(1)
    expect((await cli('T-0000', 'halo')).text).toContain('tidak ada')
    expect(await cli(number.slice(2).toLowerCase(), 'Senin jam 9, *gratis*.')).toMatchObject({ code: 0 })
    expect(await cli(number, 'lagi')).toMatchObject({
      code: 1,
      text: expect.stringContaining('sudah dijawab') as string,
    })
    const rows = await world.db.reminder.findMany({ where: { subject: `ticket:${number}` } })
    expect(rows).toMatchObject([{ kind: 'ticket_answer', residentId: resident.id, status: 'waiting' }])
    const [{ key, payload } = { key: '', payload: null }] = rows
    const values = JSON.parse(world.sealer.open(`reminders:${key}`, payload ?? new Uint8Array())) as unknown
    expect(values).toEqual({ number, words: 'Senin jam 9, *gratis*.' })

    await world.db.conversation.update({ where: { id: chat.id }, data: { blockedAt: new Date(NOW) } })
    expect((await cli(silent, 'halo')).text).toContain('memblokir')
    expect((await cli()).text).toContain('1 tiket menunggu')
  })
})

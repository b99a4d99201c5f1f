import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Player } from '../../src/cli/chat/player.ts'
import { inviteCli } from '../../src/cli/people/invite.ts'
import { DAY } from '../../src/lib/time.ts'
import { openPlayers, type Players } from '../support/players.ts'

const NOW = Date.parse('2026-11-25T10:00+07:00')
let players: Players
beforeAll(async () => {
  players = await openPlayers()
})
afterAll(() => players.close())

let count = 0
/** A resident with a ticket, and the operator of their centre, each in their own chat. */
async function scene(channel: 'telegram' | 'whatsapp' = 'telegram') {
  count += 1
  const who = { id: `resident ${count}`, channel, address: `1${count}` } as const
  await players.register('Siti Aminah', who, NOW)
  const resident = players.player(who, NOW)
  const { db, sealer } = players.store
  const request = { role: 'operator', name: `Sari ${count}`, centre: 'Kebon Jeruk' } as const
  const { text } = await inviteCli(db, sealer, {
    ...request,
    needs: [],
    languages: ['id'],
    bot: undefined,
    now: NOW,
  })
  const code = /Kode: (\w{8})/.exec(text)?.[1] ?? ''
  const operator = players.player({ id: `operator ${count}` }, NOW)
  await operator.line(`> /start o-${code}`)
  await say(resident, 'petugas')
  await say(resident, 'Kapan kelas dasar?')
  const { number } = await db.ticket.findFirstOrThrow({
    orderBy: { openedAt: 'desc' },
    where: { conversation: { address: who.address } },
  })
  return { resident, operator, number, account: `terminal:${who.id}` }
}

const say = async (player: Player, text: string) => (await player.line(`> ${text}`)).join('\n')
/** Whatever is due in a chat is said. */
const listen = async (player: Player) => (await player.line('@advance 1s')).join('\n')

describe('a ticket', () => {
  it('arrives in the chat of the operators of its centre, and an answer goes back on the resident’s channel', async () => {
    const { resident, operator, number } = await scene('whatsapp')
    const arrived = await listen(operator)
    expect(arrived).toContain('Dari Siti A., Kebon Jeruk')
    expect(arrived).toContain('Kapan kelas dasar?')
    expect(arrived).not.toContain('0812')
    expect(await say(operator, `${number} Senin jam 9.`)).toContain('terkirim')
    const heard = await listen(resident)
    expect(heard).toContain('Asisten diam dulu')
    expect(heard).toContain('(petugas): Senin jam 9.')
    await resident.close()
    await operator.close()
  })
})

describe('a ticket of an operator', () => {
  it('is for their colleagues: answering oneself would silence the assistant in one’s own chat', async () => {
    const { resident, operator } = await scene()
    const { db } = players.store
    await db.operator.updateMany({ data: { centreCode: null } })
    await say(operator, 'petugas')
    await say(operator, 'Kapan gajian?')
    const mine = await db.ticket.findFirstOrThrow({
      where: { conversation: { account: `terminal:operator ${count}` } },
    })
    expect(await say(operator, `${mine.number} Besok.`)).toContain('tidak ada')
    expect(await say(operator, 'tiket')).not.toContain(mine.number)
    expect(await db.conversation.count({ where: { id: mine.conversationId, heldBy: { not: null } } })).toBe(0)
    await resident.close()
    await operator.close()
  })
})

describe('fault 76: the assistant keeps answering after a person took over', () => {
  it('is silent until it is given back, hands on what is written, and says so at both changes', async () => {
    const { resident, operator, number } = await scene()
    await listen(operator)
    await say(operator, `${number} Senin jam 9.`)
    await listen(resident)
    expect(await say(resident, 'bisa hari lain?')).toBe('')
    expect(await say(resident, '1')).toBe('')
    expect(await say(resident, '(photo)')).toBe('')
    const passed = await listen(operator)
    expect(passed).toContain('bisa hari lain?')
    expect(passed).toContain('(mengirim foto; tidak disimpan)')
    await say(operator, 'Tutup tiket')
    expect(await listen(resident)).toContain('Asisten kembali menjawab')
    expect(await say(resident, 'menu')).toContain('Silakan pilih')
    await resident.close()
    await operator.close()
  })

  it('what was waiting to be sent when a person took over is not sent: asked at the moment of sending', async () => {
    const { resident, operator, number, account } = await scene()
    const { db, sealer } = players.store
    const { id } = await db.conversation.findFirstOrThrow({ where: { account } })
    await listen(operator)
    await say(operator, `${number} Senin jam 9.`)
    const body = sealer.seal(`outbound:${id}`, JSON.stringify({ text: ['Kata asisten'] }))
    const late = await db.outbound.create({
      data: { conversationId: id, account, purpose: 'reply', body, createdAt: new Date(NOW) },
    })
    const heard = await listen(resident)
    expect(heard).toContain('Senin jam 9.')
    expect(heard).not.toContain('Kata asisten')
    expect(await db.outbound.findUniqueOrThrow({ where: { id: late.id } })).toMatchObject({
      status: 'dropped',
    })
    await resident.close()
    await operator.close()
  })

  it('a person is never locked in: *menu* gives the conversation back, and the operator hears of it', async () => {
    const { resident, operator, number } = await scene()
    await listen(operator)
    await say(operator, `${number} Senin jam 9.`)
    await listen(resident)
    expect(await say(resident, 'menu')).toContain('Silakan pilih')
    expect(await listen(operator)).toContain('kembali ke asisten')
    await resident.close()
    await operator.close()
  })

  it('an operator who goes home leaves nobody in silence: after twelve hours the assistant is back, and says so', async () => {
    const { resident, operator, number } = await scene()
    await listen(operator)
    await say(operator, `${number} Senin jam 9.`)
    await listen(resident)
    expect((await resident.line('@advance 30h')).join('\n')).toContain('Asisten kembali menjawab')
    expect(await say(resident, 'menu')).toContain('Silakan pilih')
    await resident.close()
    await operator.close()
  })
})

describe('fault 77: the closing line comes twice, or the assistant talks over the colleague', () => {
  it('closing says its line once, whoever closes how often; a second operator does not cut in', async () => {
    const { resident, operator, number } = await scene()
    const { db, sealer } = players.store
    const request = { role: 'operator', name: 'Tono', centre: undefined } as const
    const { text } = await inviteCli(db, sealer, {
      ...request,
      needs: [],
      languages: ['id'],
      bot: undefined,
      now: NOW,
    })
    const second = players.player({ id: `second ${count}` }, NOW)
    await second.line(`> /start o-${/Kode: (\w{8})/.exec(text)?.[1] ?? ''}`)
    await listen(operator)
    await say(operator, `${number} Senin jam 9.`)
    await listen(resident)
    expect(await say(second, `${number} Selasa saja.`)).toContain('petugas lain')
    expect(await listen(resident)).toBe('')
    await say(operator, 'Tutup tiket')
    await say(operator, 'Tutup tiket')
    const closed = await listen(resident)
    expect(closed.split('Asisten kembali menjawab')).toHaveLength(2)
    expect(await listen(resident)).toBe('')
    for (const player of [resident, operator, second]) await player.close()
  })
})

describe('npm run people', () => {
  const invite = (changes: Partial<Parameters<typeof inviteCli>[2]>) =>
    inviteCli(players.store.db, players.store.sealer, {
      ...{ role: 'coach', name: 'Faran', centre: 'Kebon Jeruk', needs: ['naik_kelas'], languages: ['id'] },
      ...{ bot: 'okoce_bot', now: NOW, ...changes },
    })

  it('prints a link and a code that work once, within 7 days, and lie nowhere in clear', async () => {
    const { text, code: exit } = await invite({})
    expect(exit).toBe(0)
    const code = /start=c-(\w{8})/.exec(text)?.[1] ?? ''
    expect(text).toContain(`Kode: ${code}`)
    expect(JSON.stringify(await players.store.db.invitation.findMany())).not.toContain(code)
    const [first, second, late] = ['first', 'second', 'late'].map(id => players.player({ id }, NOW))
    expect((await first?.line(`> /start c-${code}`))?.join()).toContain('Selamat datang, Coach Faran')
    expect((await second?.line(`> /start c-${code}`))?.join()).toContain('sudah dipakai')
    const next = /start=c-(\w{8})/.exec((await invite({ now: NOW - 7 * DAY })).text)?.[1] ?? ''
    expect((await late?.line(`> /start c-${next}`))?.join()).toContain('sudah lewat 7 hari')
    for (const player of [first, second, late]) await player?.close()
    expect(await players.store.db.coach.count({ where: { name: 'Faran' } })).toBe(1)
  })

  it('says what is wrong', async () => {
    expect(await invite({ centre: 'Bandung' })).toMatchObject({
      code: 1,
      text: expect.stringContaining('Tidak ada satu center') as string,
    })
    expect(await invite({ centre: undefined })).toMatchObject({ code: 1 })
    expect(await invite({ needs: ['kaya'] })).toMatchObject({ code: 1 })
    expect(await invite({ languages: ['jawa'] })).toMatchObject({ code: 1 })
    expect(await invite({ name: ' ' })).toMatchObject({ code: 1 })
  })
})

import { InputFile, type Api } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeWithApi } from '../support/telegram/bot.ts'
import type { FakeBotApi } from '../support/telegram/fake.ts'
import { BOT } from '../support/telegram/messages.ts'

const CHAT = 42
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
let fake: FakeBotApi
let api: Api
let url: string

beforeEach(async () => {
  ;({ fake, api, url } = await fakeWithApi({ guard: false }))
  fake.person(CHAT, { name: 'Siti' }).sends('/start')
})
afterEach(() => fake.stop())

const refused = (call: Promise<unknown>, error_code: number, description: string) =>
  expect(call).rejects.toMatchObject({ error_code, description: expect.stringContaining(description) })

describe('files', () => {
  it('a document goes up once, and again by its id, also to others', async () => {
    const bytes = Buffer.from('a,b\r\n1,2\r\n')
    const first = await api.sendDocument(CHAT, new InputFile(bytes, 'buku kas.csv'))
    const id = first.document?.file_id ?? ''
    fake.person(43).sends('/start')
    await api.sendDocument(43, id, { caption: '<b>Buku</b>', parse_mode: 'HTML' })
    expect(fake.person(43).received()).toMatchObject([
      { plain: 'Buku', document: { name: 'buku kas.csv', size: 10, fileId: id } },
    ])
    expect(fake.files.get(id)?.bytes).toEqual(bytes)
    await refused(api.sendDocument(CHAT, 'document-99'), 400, 'wrong file identifier')
    await refused(api.sendPhoto(CHAT, id), 400, "can't use file of type Document as Photo")
  })

  it('a photo must be one, and not empty', async () => {
    const sent = await api.sendPhoto(CHAT, new InputFile(PNG, 'grafik.png'), { caption: 'Laba' })
    expect(sent).toMatchObject({ photo: [{ file_size: 16 }], caption: 'Laba' })
    await refused(api.sendPhoto(CHAT, new InputFile(Buffer.from('bukan'), 'x.png')), 400, 'IMAGE_PROCESS')
    await refused(api.sendDocument(CHAT, new InputFile(Buffer.alloc(0), 'x')), 400, 'must be non-empty')
  })

  it('more than 50 MB do not go up, and more than 20 MB do not come down', async () => {
    const large = new InputFile(Buffer.alloc(51 * 1024 * 1024), 'besar.bin')
    await refused(api.sendDocument(CHAT, large), 413, 'Request Entity Too Large')
    const sent = await api.sendDocument(CHAT, new InputFile(Buffer.alloc(21 * 1024 * 1024), 'video'))
    await refused(api.getFile(sent.document?.file_id ?? ''), 400, 'file is too big')
  })

  it('what a person sends can be fetched', async () => {
    const bytes = Buffer.from('isi nota')
    fake.person(CHAT).sendsDocument('nota.txt', bytes)
    const id = (await api.getUpdates()).at(-1)?.message?.document?.file_id ?? ''
    const { file_path: path } = await api.getFile(id)
    const answer = await fetch(`${url}/file/bot${fake.token}/${path}`)
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(bytes)
    expect((await fetch(`${url}/file/bot1:wrong/${path}`)).status).toBe(401)
    expect((await fetch(`${url}/file/bot${fake.token}/documents/none`)).status).toBe(404)
  })

  it('a caption is edited as one, a text as a text', async () => {
    const file = await api.sendDocument(CHAT, new InputFile(Buffer.from('x'), 'x.txt'), { caption: 'lama' })
    await api.editMessageCaption(CHAT, file.message_id, { caption: 'baru' })
    expect(fake.person(CHAT).received()).toMatchObject([{ plain: 'baru', edits: 1 }])
    await refused(api.editMessageText(CHAT, file.message_id, 'teks'), 400, 'no text in the message')
    const text = await api.sendMessage(CHAT, 'teks')
    await refused(api.editMessageCaption(CHAT, text.message_id, { caption: 'x' }), 400, 'no caption')
  })
})

describe('what a bot may take back', () => {
  it('edits its own messages only, and none that brought a reply keyboard', async () => {
    const theirs = fake.person(CHAT).sends('halo').message?.message_id ?? 0
    await refused(api.editMessageText(CHAT, theirs, 'x'), 400, "message can't be edited")
    const keyboard = { keyboard: [[{ text: 'Bagikan', request_contact: true }]] }
    const asked = await api.sendMessage(CHAT, 'Nomor?', { reply_markup: keyboard })
    await refused(api.editMessageText(CHAT, asked.message_id, 'x'), 400, "message can't be edited")
  })

  it("deletes a person's message too, for two days", async () => {
    const siti = fake.person(CHAT)
    const secret = siti.sends('3173012345678901').message?.message_id ?? 0
    await api.deleteMessage(CHAT, secret)
    expect(siti.transcript()).toBe('> /start\n> 3173012345678901 (deleted)')
    await refused(api.deleteMessage(CHAT, secret), 400, 'message to delete not found')
    const old = siti.sends('lama').message?.message_id ?? 0
    fake.advance(49 * 3_600_000)
    await refused(api.deleteMessage(CHAT, old), 400, "can't be deleted")
  })

  it('deletes many at once and passes over those that are gone', async () => {
    const [one, two] = [await api.sendMessage(CHAT, 'satu'), await api.sendMessage(CHAT, 'dua')]
    await api.deleteMessage(CHAT, one.message_id)
    await api.deleteMessages(CHAT, [one.message_id, two.message_id, 9999])
    expect(fake.person(CHAT).received()).toEqual([])
  })
})

describe('groups', () => {
  it('a group that became a supergroup is refused with its new id, which can be written to', async () => {
    fake.person(CHAT).groupSays('halo', { group: -55 })
    await api.sendMessage(-55, 'Halo')
    const id = fake.upgradeGroup(-55)
    await expect(api.sendMessage(-55, 'lagi')).rejects.toMatchObject({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: id },
    })
    await api.sendMessage(id, 'lagi')
    expect((await api.getUpdates()).at(-1)?.message?.migrate_to_chat_id).toBe(id)
  })

  it('tells when the bot is added and removed, and refuses a group that removed it', async () => {
    fake.person(CHAT).groupMember('member', { group: -56 })
    await api.sendMessage(-56, 'Halo')
    fake.person(CHAT).groupMember('kicked', { group: -56 })
    await refused(api.sendMessage(-56, 'Halo'), 403, 'Forbidden: bot was kicked from the group chat')
    const changes = (await api.getUpdates()).flatMap(update => update.my_chat_member ?? [])
    expect(changes.map(change => [change.chat.type, change.new_chat_member.status])).toEqual([
      ['group', 'member'],
      ['group', 'kicked'],
    ])
  })
})

it('menus by scope and language are kept apart and can be taken away', async () => {
  const menu = (command: string) => [{ command, description: command }]
  await api.setMyCommands(menu('mulai'))
  await api.setMyCommands(menu('start'), { language_code: 'en' })
  await api.setMyCommands(menu('grup'), { scope: { type: 'all_group_chats' } })
  expect(await api.getMyCommands()).toEqual(menu('mulai'))
  expect(await api.getMyCommands({ language_code: 'en' })).toEqual(menu('start'))
  expect(await api.getMyCommands({ scope: { type: 'all_group_chats' } })).toEqual(menu('grup'))
  await api.deleteMyCommands({ language_code: 'en' })
  expect(await api.getMyCommands({ language_code: 'en' })).toEqual([])
})

it('a chat says who it is; one that never was is not found', async () => {
  expect(await api.getChat(CHAT)).toMatchObject({ id: CHAT, type: 'private', first_name: 'Siti' })
  await refused(api.getChat(5), 400, 'chat not found')
  expect((await api.getMe()).username).toBe(BOT.username)
})

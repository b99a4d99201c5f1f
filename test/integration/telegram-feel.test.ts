import { Api } from 'grammy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApp, type App } from '../../src/app.ts'
import { COMMAND_MENU } from '../../src/app/commandMenu.ts'
import { readConfig } from '../../src/config.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import { createLog } from '../../src/lib/log.ts'
import { SECOND } from '../../src/lib/time.ts'
import { readCommand } from '../../src/understand/index.ts'
import { testDatabase } from '../support/postgres.ts'
import { FakeBotApi } from '../support/telegram/fake.ts'
import type { Person } from '../support/telegram/person.ts'
import { converse, REGISTRATION } from '../support/telegram/resident.ts'

/** How the assistant feels on Telegram: the whole of it, with people who write, tap, block and come back. */

const MORNING = Date.parse('2026-11-25T10:00:00+07:00')
let fake: FakeBotApi
let app: App
let apiRoot: string
let people = 100

beforeAll(async () => {
  fake = new FakeBotApi({ token: '123456:TEST-FEEL-token', startsAt: MORNING })
  ;({ url: apiRoot } = await fake.start())
  const { url: databaseUrl } = await testDatabase()
  const config = readConfig({
    DATABASE_URL: databaseUrl,
    SECRET_KEY: 'a key for tests only, of 32 characters',
    TELEGRAM_BOT_TOKEN: fake.token,
    TELEGRAM_API_ROOT: apiRoot,
    NIK: 'on',
    PORT: '0',
  })
  app = await startApp(config, { clock: fake.clock, log: createLog('silent') })
})
afterAll(async () => {
  await app.stop()
  await fake.stop()
})

const someone = () => fake.person(++people)
const newest = (person: Person) => person.received().at(-1)
const conversation = (id: number) =>
  app.store.db.conversation.findFirstOrThrow({ where: { address: `${id}` } })
const until = (work: () => unknown) => expect.poll(work)
/** Says hello and waits for the welcome. */
async function greeted(): Promise<Person> {
  const person = someone()
  person.sends('halo')
  await person.next()
  return person
}

describe('the menu of commands', () => {
  const menu = (scope: 'all_private_chats' | 'all_group_chats' | 'default', language_code?: 'en') =>
    new Api(fake.token, { apiRoot }).getMyCommands({
      scope: { type: scope },
      ...(language_code ? { language_code } : {}),
    })

  test.each(COMMAND_MENU.flatMap(({ id, en }) => [id, en]))(
    '/$command is understood exactly',
    ({ command }) => {
      expect(readCommand(`/${command}`)).toMatchObject({ exact: true })
      expect(readCommand(`/${command}@asisten_uji_bot`)).toMatchObject({ exact: true })
    },
  )

  test('is Indonesian, English for who uses Telegram in English, and empty in groups', async () => {
    await until(async () => (await menu('all_private_chats', 'en')).length).toBeGreaterThan(0)
    expect(await menu('all_private_chats')).toEqual(COMMAND_MENU.map(({ id }) => id))
    expect(await menu('all_private_chats', 'en')).toEqual(COMMAND_MENU.map(({ en }) => en))
    expect([await menu('all_group_chats'), await menu('default')]).toEqual([[], []])
  })
})

describe('a message that takes its time', () => {
  /** Holds the conversation as a long turn would. @returns how to let it go */
  async function held(id: number): Promise<() => void> {
    let release = () => {}
    const { id: row } = await conversation(id)
    await new Promise<void>(holding => {
      void app.store.db.$transaction(
        async tx => {
          await tx.$queryRaw`SELECT id FROM conversations WHERE id = ${row} FOR NO KEY UPDATE`
          holding()
          await new Promise<void>(resolve => (release = resolve))
        },
        { timeout: 60_000 },
      )
    })
    return () => release()
  }
  const typed = (id: number) =>
    fake.journal.calls.filter(({ method, chat }) => method === 'sendchataction' && chat === id)

  test('"typing" is shown, the tap is answered at once (button keeps spinning), and the answer comes', async () => {
    const person = await greeted()
    const release = await held(person.id)
    const before = fake.journal.answeredTaps.length
    person.taps('Daftar')
    await until(() => fake.journal.answeredTaps.length).toBe(before + 1)
    fake.advance(2 * SECOND)
    await until(() => typed(person.id).length).toBeGreaterThan(0)
    release()
    await person.next()
    expect(newest(person)?.plain).toMatch(/18 tahun/)
  })

  test('who is answered quickly sees none of it', async () => {
    const letTimePass = fake.clock.hold() // quickly, also on a busy machine
    const person = await greeted()
    person.sends('menu')
    await person.next()
    letTimePass()
    expect(typed(person.id)).toEqual([])
  })

  test('query is too old: the tap counts all the same', async () => {
    const person = await greeted()
    fake.fault({ kind: '400', method: 'answerCallbackQuery', description: 'query is too old' })
    person.taps('Daftar')
    await person.next()
    expect(newest(person)?.plain).toMatch(/18 tahun/)
  })
})

describe('buttons', () => {
  test('an old one says so kindly, shows the open question, and is gone', async () => {
    const person = await greeted()
    const welcome = newest(person)
    person.taps('Daftar')
    await person.next()
    person.taps('Sudah')
    await person.next()
    person.taps('Daftar', { messageId: welcome?.messageId ?? 0 })
    await until(() => newest(person)?.plain).toMatch(/^Tombol itu sudah tidak berlaku\.\n\n/)
    expect(newest(person)?.buttons.length).toBeGreaterThan(0)
    await until(
      () => person.received().find(message => message.messageId === welcome?.messageId)?.buttons,
    ).toEqual([])
  })

  test('one tap arrives several times with different update ids: it counts once', async () => {
    const person = await greeted()
    const message = newest(person)
    const data = message?.buttons.find(button => button.label === 'Daftar')?.data ?? ''
    for (let i = 0; i < 3; i++) person.tapsData(data, message?.messageId ?? 0)
    const { db } = app.store
    const { id: conversationId } = await conversation(person.id)
    const heard = { where: { conversationId, handledAt: { not: null } } }
    const waiting = { where: { conversationId, status: 'waiting' } }
    await until(async () => [await db.inbound.count(heard), await db.outbound.count(waiting)]).toEqual([4, 0])
    expect(person.received().map(({ plain }) => plain.split('\n')[0])).toHaveLength(2)
  })
})

test('a registration: a long list turns its pages in place, the NIK leaves the chat, the poster that led here is kept', async () => {
  const person = someone()
  const answers = [[/wilayah mana/, 'tambora'], ...REGISTRATION] as const
  person.opensLink('poster-tambora')
  const list = await converse(person, answers, /Kelurahannya apa/)
  const before = person.received().length
  person.taps('Lainnya')
  await until(() => newest(person)?.edits).toBe(1)
  expect(newest(person)).toMatchObject({
    messageId: list.messageId,
    plain: expect.stringMatching(/Kelurahannya/),
  })
  expect(person.received()).toHaveLength(before)
  const [kelurahan] = newest(person)?.buttons ?? []
  await converse(person, [[/Kelurahannya apa/, kelurahan?.label ?? ''], ...answers], /OKO-\w{6}/)
  await until(() => person.transcript()).toContain('> 3173054107850003 (deleted)')
  const { id } = await conversation(person.id)
  const theirs = { conversations: { some: { conversationId: id } } }
  const resident = await app.store.db.resident.findFirstOrThrow({ where: theirs })
  expect(resident).toMatchObject({ source: 'poster-tambora', nikDigest: expect.any(String) })
})

describe('who is gone, and comes back', () => {
  async function programmeSays(id: number, words: string): Promise<bigint> {
    const { id: conversationId, account } = await conversation(id)
    const body = app.store.sealer.seal(bodyPlace(conversationId), JSON.stringify({ text: [words] }))
    const createdAt = new Date(fake.clock.now())
    const row = { conversationId, account, purpose: 'bulk', body, createdAt }
    return (await app.store.db.outbound.create({ data: row })).id
  }
  const statusOf = async (id: bigint) =>
    (await app.store.db.outbound.findUniqueOrThrow({ where: { id } })).status
  const blockedAt = async (id: number) => (await conversation(id)).blockedAt

  test('nothing is sent to who has blocked the bot, until they unblock it', async () => {
    const person = await greeted()
    person.blocks()
    await until(() => blockedAt(person.id)).not.toBeNull()
    const lost = await programmeSays(person.id, 'Klinik buka.')
    await until(() => statusOf(lost)).toBe('blocked')
    person.unblocks()
    await until(() => blockedAt(person.id)).toBeNull()
    const found = await programmeSays(person.id, 'Klinik buka lagi.')
    await until(() => statusOf(found)).toBe('sent')
    expect(newest(person)?.plain).toBe('Klinik buka lagi.')
  })

  test('a 403 is noticed by itself, and the next message brings the person back', async () => {
    const person = await greeted()
    fake.fault({ kind: '403', method: 'sendMessage', chat: person.id })
    await programmeSays(person.id, 'Klinik buka.')
    await until(() => blockedAt(person.id)).not.toBeNull()
    person.sends('menu')
    await until(() => blockedAt(person.id)).toBeNull()
    await until(() => person.received().length).toBeGreaterThan(1)
  })
})

describe('groups', () => {
  const said = (group: number) => fake.messages.of(group).map(({ plain }) => plain)

  test('hear one polite sentence, also when they move to another id; a group that throws the bot out hears nothing more', async () => {
    const [person, group] = [someone(), -77]
    person.groupSays('halo bot', { group })
    await until(() => said(group)).toEqual([expect.stringMatching(/hanya menjawab di chat pribadi/)])
    const { id } = await conversation(group)
    const moved = fake.upgradeGroup(group)
    await until(
      async () => (await app.store.db.conversation.findUniqueOrThrow({ where: { id } })).address,
    ).toBe(`${moved}`)
    person.groupSays('halo lagi', { group: moved })
    person.groupMember('kicked', { group: moved })
    await until(async () => (await conversation(moved)).blockedAt).not.toBeNull()
    expect(said(moved)).toEqual([])
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INVENTORY, NOT_PERSONAL } from '../support/inventory.ts'
import { asJson, recordOf } from '../../src/domain/record.ts'
import { asText } from '../../src/domain/recordText.ts'
import { erase, receive, withdraw } from '../../src/domain/rights.ts'
import { addCoach, newChat, NOW, openWorld, registered, type World } from '../support/people.ts'
import { tables } from '../support/whole-store.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

type Row = Record<string, unknown>
const rowsOf = (table: string) => world.db.$queryRawUnsafe<Row[]>(`SELECT * FROM "${table}"`)

async function coached(residentId: string): Promise<void> {
  const { id: coachId } = await addCoach(world.db, 'Catat', ['naik_kelas'])
  await world.within(async ({ coachRecords }) => {
    for (const entry of [
      { kind: 'note', text: 'catatan unik' },
      { kind: 'stage', stage: 'P3' },
      { kind: 'jobs', jobs: 2 },
    ] as const)
      await coachRecords.add({ residentId, coachId, entry }, NOW)
  })
}

const keepBooks = (residentId: string) =>
  world.within(async ({ books, workbooks }) => {
    const id = await workbooks.add(residentId, { workbook: 'buku_kas', version: 1 }, NOW)
    await workbooks.answer(residentId, id, 'stuck', NOW)
    const said = { kind: 'sale', amount: 50_000, date: '2026-11-25', item: 'bakso unik' } as const
    await books.add(residentId, BigInt(residentId.charCodeAt(0)), [{ does: 'add', said }], NOW)
    await books.markDayOff(residentId, '2026-11-24')
    await books.set(residentId, { eveningHour: 20 })
    const phrase = { phrase: 'bayar bu unik', question: 'business_home', answer: 'usaha' } as const
    await books.learn(residentId, phrase, NOW)
  })

/** What WhatsApp keeps of a chat, beside its messages. */
async function onWhatsApp(chat: { id: number; account: string; address: string }, residentId: string) {
  const { account, address, id: conversationId } = chat
  const [bytes, at] = [world.sealer.seal('x', 'x'), new Date(NOW)]
  const person = { lid: bytes, lidDigest: address, phone: bytes, phoneDigest: address, reach: 'lid' }
  const code = { conversationId, residentId, createdAt: at, expiresAt: at }
  await world.db.whatsAppPerson.create({ data: { account, address, ...person, wroteAt: at } })
  await world.db.whatsAppKey.create({ data: { account, type: 'session', id: address, value: bytes } })
  await world.db.whatsAppSent.create({
    data: { account, id: address, outbound: '1', part: 0, address, content: bytes, at, statusAt: at },
  })
  await world.db.movedChat.create({ data: { account, address: `${address} before`, current: address, at } })
  await world.db.linkCode.create({ data: { digest: address, ...code } })
  await world.db.linkAttempt.create({ data: { conversationId, kind: 'made', at } })
}

describe('the inventory', () => {
  it('has a rule to export and to erase for every column of the schema, and for no other', async () => {
    const real = await tables(world.db)
    for (const table of NOT_PERSONAL) real.delete(table)
    const listed = Object.entries(INVENTORY).map(([table, columns]) => [table, Object.keys(columns).sort()])
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries([...real].map(([table, columns]) => [table, columns.sort()])),
    )
  })

  it('is what a copy shows: every exported column of the profile, the answers and the records beside them', async () => {
    await addCoach(world.db, 'Faran', ['naik_kelas'])
    const chat = await newChat(world.db, 'export')
    const intake = {
      wantsJob: true,
      wantsStart: true,
      wantsGrow: true,
      primaryNeed: 'naik_kelas' as const,
      jobEducation: 'sma',
      jobField: 'kasir khusus',
      jobTraining: 'lihat_dulu',
      startField: 'kerajinan',
      startTried: true,
      startCapital: 1_234_567,
      startBlock: 'waktu',
      growName: 'Warung Unik',
      growField: 'fesyen',
      growSince: 'sampai_2_tahun',
      growSales: 'sampai_25jt',
      growWorkers: 'dua_sampai_empat',
      growPermits: ['nib', 'merek'],
      growBooks: 'kadang',
      growNeed: 'pekerja',
    }
    const resident = await registered(world, chat, { intake, nik: '3173055203900001', source: 'poster-unik' })
    await world.within(({ tickets }) =>
      tickets.open(
        { conversationId: chat.id, residentId: resident.id, reason: 'petugas', text: 'kata unik' },
        NOW,
      ),
    )
    await keepBooks(resident.id)
    await coached(resident.id)
    await world.within(repos => receive({ repos, speaker: chat, now: NOW }, 'view'))
    await world.within(repos => withdraw({ repos, speaker: chat, now: NOW }, resident))
    const { record, now } = await world.within(async repos => {
      const now = (await repos.residents.active(chat.id)) ?? resident
      return { record: await recordOf(repos, chat, now), now }
    })
    const json = JSON.parse(asJson(record)) as Record<string, Row & Row[]>
    const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    const renamed: Record<string, string> = { centre_code: 'centre', coach_id: 'coach' }
    for (const [table, section] of [
      ['residents', 'profile'],
      ['intakes', 'answers'],
    ] as const)
      for (const [column, rule] of Object.entries(INVENTORY[table] ?? {}))
        if (rule.export === section)
          expect(json[section], `${table}.${column}`).toHaveProperty(renamed[column] ?? camel(column))
    expect(JSON.stringify(json['books'])).toContain('bakso unik')
    for (const section of ['chats', 'consents', 'requests', 'tickets', 'workbooks', 'coaching', 'history'])
      expect(json[section]?.length, section).toBeGreaterThan(0)

    const text = asText(record, 'id')
    for (const words of [
      now.number,
      'Siti Aminah',
      '0812-3456-7890',
      '•••• 0001',
      'Duri Kepa, Kebon Jeruk, Jakarta Barat',
      'SMA/SMK/sederajat',
      'kasir khusus',
      'Lihat dulu',
      'Kerajinan',
      'Rp1.234.567',
      'Waktu atau keluarga',
      'Warung Unik',
      'Fesyen',
      '6 bulan–2 tahun',
      'Rp10–25 juta',
      '2–4 orang',
      'NIB, Merek',
      'Kadang-kadang',
      'Pekerja',
      'poster-unik',
      'kata unik',
      'Coach Catat: catatan unik',
      'Pekerjaan baru: 2',
      '1 catatan, Rabu, 25 November 2026',
      'Buku kas harian (versi 1), Rabu, 25 November 2026, pukul 10.00 WIB, bingung memakainya',
      '“bayar bu unik” = usaha',
      'Izin dicabut',
      'telegram export',
      'cabut izin',
      'cabut izin (Anda)',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('317305520390')
    expect(asText(record, 'en')).toContain('Name: Siti Aminah')
  })

  it('is what an erasure does to every column', async () => {
    const chat = await newChat(world.db, 'erasure')
    const resident = await registered(world, chat, { name: 'Hapus', nik: '3173055203900001' })
    const conversationId = chat.id
    const bytes = world.sealer.seal('x', 'x')
    const at = new Date(NOW)
    await world.within(({ tickets }) =>
      tickets.open({ conversationId, residentId: resident.id, reason: 'petugas', text: 'x' }, NOW),
    )
    await world.db.timer.create({ data: { conversationId, name: 'nudge', wait: 'w', dueAt: at } })
    await world.db.inbound.create({
      data: {
        conversationId,
        account: chat.account,
        externalId: 'e',
        kind: 'text',
        payload: bytes,
        sentAt: at,
        receivedAt: at,
        handledAt: at,
      },
    })
    await world.within(({ reminders }) =>
      reminders.plan(
        { subject: 'test' },
        [{ kind: 'ticket_answer', to: { resident: resident.id }, dueAt: NOW, values: { words: 'x' } }],
        NOW,
      ),
    )
    const reminder = await world.db.reminder.findFirstOrThrow({ where: { residentId: resident.id } })
    await world.db.outbound.create({
      data: {
        conversationId,
        account: chat.account,
        purpose: 'operator',
        reminderId: reminder.id,
        body: bytes,
        createdAt: at,
      },
    })
    await keepBooks(resident.id)
    await coached(resident.id)
    await onWhatsApp(chat, resident.id)
    await world.within(repos => repos.files.add(conversationId, { mime: 'text/plain', bytes }, NOW))
    await world.within(repos => receive({ repos, speaker: chat, now: NOW }, 'view'))
    await world.db.conversation.update({
      where: { id: conversationId },
      data: { state: bytes, flow: 'x', step: 'y', flowVersion: 1 },
    })
    const mine = (rows: Row[]) =>
      rows.filter(
        row =>
          row.resident_id === resident.id ||
          row.conversation_id === conversationId ||
          (row.account === chat.account && row.address === chat.address),
      )
    const consents = mine(await rowsOf('consents')).map(row => row.id)
    await world.within(repos => erase({ repos, speaker: chat, now: NOW }, 0n, [resident]))

    for (const [table, columns] of Object.entries(INVENTORY)) {
      const all = await rowsOf(table)
      const rows =
        table === 'consents'
          ? all.filter(row => consents.includes(row.id))
          : table === 'conversations'
            ? all.filter(row => row.id === conversationId)
            : mine(all)
      for (const [column, rule] of Object.entries(columns)) {
        if (rule.erase === 'row')
          expect(
            table === 'residents' ? all.filter(row => row.id === resident.id) : rows,
            `${table}.${column}`,
          ).toEqual([])
        if (rule.erase === 'emptied')
          for (const row of rows) expect(row[column], `${table}.${column}`).toBeNull()
        if (typeof rule.erase === 'object')
          expect(all.length, `${table}.${column} is kept`).toBeGreaterThan(0)
      }
    }
    expect(mine(await rowsOf('privacy_requests'))).toEqual([])
    const [conversation] = (await rowsOf('conversations')).filter(row => row.id === conversationId)
    expect(conversation).toMatchObject({ flow: null, step: null, flow_version: null })
    const state = world.sealer.open(
      `conversations:${conversationId}:state`,
      conversation?.state as Uint8Array,
    )
    expect(JSON.parse(state)).toEqual({ v: 1, language: 'id', seq: 0, stack: [] })
  })
})

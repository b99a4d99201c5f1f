import { checkRegistrations, faultsOf } from '../../bench/register5000.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assignWaiting, centresToAssign } from '../../src/db/coaches.ts'
import { EMPTY_INTAKE, NEEDS } from '../../src/domain/people.ts'
import { correct, register } from '../../src/domain/registration.ts'
import { HOUR } from '../../src/lib/time.ts'
import {
  addCoach,
  agree,
  draft,
  DURI_KEPA,
  KEBON_JERUK,
  newChat,
  NOW,
  openWorld,
  registered,
  type World,
} from '../support/people.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const within: World['within'] = work => world.within(work)

describe('register', () => {
  it('stores one person with a number, the centre of the kecamatan, stage and next step', async () => {
    const chat = await newChat(world.db, 'one')
    await agree(world, chat, false)
    const nik = '3173055203900001'
    const result = await within(repos =>
      register(repos, chat, draft({ nik, source: 'poster-kebonjeruk' }), NOW),
    )
    expect(result).toMatchObject({
      outcome: 'registered',
      resident: {
        name: 'Siti Aminah',
        phone: '+6281234567890',
        nik,
        stage: 'P1',
        nextStep: 'mulai_kelas',
        reminders: false,
        source: 'poster-kebonjeruk',
        coach: null,
        centre: { code: KEBON_JERUK, name: 'Kebon Jeruk' },
        intake: { primaryNeed: 'mulai_usaha', startField: 'kuliner' },
      },
    })
    const resident = await within(({ residents }) => residents.active(chat.id))
    expect(resident?.number).toMatch(/^OKO-[0-9A-HJKMNP-TV-Z]{6}$/)
    const consents = await within(async ({ consents }) => consents.of(resident?.id ?? ''))
    expect(consents.map(c => [c.purpose, c.answer, c.text])).toEqual([
      ['data', true, 'Apakah Anda setuju?'],
      ['reminders', false, 'Bolehkah?'],
    ])
  })

  it('stores nothing without a consent', async () => {
    const chat = await newChat(world.db, 'silent')
    expect(await within(repos => register(repos, chat, draft(), NOW))).toEqual({ outcome: 'no_consent' })
    const at = { speaker: chat, inboundId: 1n, purpose: 'data' as const, text: 'x' }
    await within(({ consents }) => consents.record({ ...at, answer: true }, null, NOW))
    await within(({ consents }) => consents.record({ ...at, answer: false }, null, NOW))
    expect(await within(repos => register(repos, chat, draft(), NOW))).toEqual({ outcome: 'no_consent' })
    expect(await world.db.conversationResident.count({ where: { conversationId: chat.id } })).toBe(0)
  })

  it('saying the same again finds the same person', async () => {
    const chat = await newChat(world.db, 'twice')
    const first = await registered(world, chat)
    const again = await within(repos => register(repos, chat, draft({ name: 'SITI  aminah' }), NOW))
    expect(again).toMatchObject({ outcome: 'known', resident: { id: first.id, number: first.number } })
    expect(await world.db.conversationResident.count({ where: { conversationId: chat.id } })).toBe(1)
  })

  it('a typed number finds nobody, the own shared contact finds the same name at the same centre', async () => {
    const first = await registered(world, await newChat(world.db, 'old phone'), {
      phone: '+6281299990000',
      name: 'Budi',
    })
    const other = await newChat(world.db, 'new phone')
    await agree(world, other)
    const said = draft({ phone: '+6281299990000', name: 'Budi' })
    const typed = await within(repos => register(repos, other, said, NOW + 1))
    expect(typed.outcome).toBe('registered')
    const third = await newChat(world.db, 'third phone')
    const shared = await within(repos => register(repos, third, { ...said, ownPhone: true }, NOW))
    expect(shared).toMatchObject({ outcome: 'known', resident: { id: first.id } })
    const sister = await newChat(world.db, 'sister')
    await agree(world, sister)
    const named = await within(repos =>
      register(repos, sister, { ...said, name: 'Ani', ownPhone: true }, NOW),
    )
    expect(named.outcome).toBe('registered')
  })

  it('two people on one phone: each has a profile, one is active, and either can be chosen', async () => {
    const chat = await newChat(world.db, 'family')
    const mother = await registered(world, chat)
    const son = await registered(world, chat, { name: 'Budi' })
    const active = () => within(async ({ residents }) => (await residents.active(chat.id))?.id)
    expect(await active()).toBe(son.id)
    await within(({ residents }) => residents.activate(chat.id, mother.id, NOW))
    expect(await active()).toBe(mother.id)
    expect((await within(({ residents }) => residents.of(chat.id))).map(r => r.id).sort()).toEqual(
      [mother.id, son.id].sort(),
    )
    expect(await world.db.consent.count({ where: { residentId: { in: [mother.id, son.id] } } })).toBe(4)
  })
})

describe('the check of many registrations', () => {
  it('finds nothing wrong in what was registered, and names what is', async () => {
    const clean = await openWorld()
    const coaches = [
      await addCoach(clean.db, 'A', ['mulai_usaha']),
      await addCoach(clean.db, 'B', ['mulai_usaha']),
    ]
    for (let n = 0; n < 5; n++) {
      const chat = await newChat(clean.db, `many ${n}`)
      const at = new Date(NOW)
      await clean.db.inbound.create({
        data: {
          ...{ conversationId: chat.id, account: chat.account, externalId: String(n), kind: 'text' },
          ...{ sentAt: at, receivedAt: at, handledAt: at },
        },
      })
      await registered(clean, chat, { name: `Orang ${n}` })
    }
    const check = await checkRegistrations(clean.db)
    expect(check).toMatchObject({ chats: 5, profiles: 5, largestSpread: 1 })
    expect(faultsOf(check, 5)).toEqual([])
    await clean.db.resident.updateMany({
      data: { coachId: coaches[0]?.id ?? null, nextStep: '', kelurahan: '31.71.01.1001' },
    })
    await clean.db.conversationResident.deleteMany()
    expect(faultsOf(await checkRegistrations(clean.db), 6).map(fault => fault.split(':')[0])).toEqual([
      'notExactlyOne',
      'wrongCentres',
      'incomplete',
      'profiles',
      'largestSpread',
    ])
    await clean.close()
  })
})

describe('coaches', () => {
  const GAMBIR = { kelurahan: '31.71.01.1001', centreCode: '31.71.01' }
  const need = (n: number) => {
    const wants = ['wantsJob', 'wantsStart', 'wantsGrow'][n % 3] ?? ''
    return { ...EMPTY_INTAKE, [wants]: true }
  }

  it('are given evenly to people who register at the same moment; sandbox people weigh nothing', async () => {
    for (const name of ['A', 'B', 'C']) await addCoach(world.db, name, [...NEEDS], GAMBIR.centreCode)
    await addCoach(world.db, 'D', ['cari_kerja'], GAMBIR.centreCode)
    const people = Array.from({ length: 60 }, (_, n) => n)
    const chats = await Promise.all(
      people.map(n =>
        newChat(world.db, `gambir ${n}`, {
          sandbox: n % 5 === 4,
          channel: n % 5 === 4 ? 'chatpage' : 'telegram',
        }),
      ),
    )
    for (let at = 0; at < people.length; at += 6)
      await Promise.all(
        chats
          .slice(at, at + 6)
          .map((chat, n) => registered(world, chat, { ...GAMBIR, intake: need(at + n), name: chat.address })),
      )
    const loads = await world.db.$queryRaw<{ least: number; most: number; need: string }[]>`
      SELECT need, min(n)::int AS least, max(n)::int AS most FROM (
        SELECT c.id, s.need, (SELECT count(*) FROM residents r JOIN intakes i ON i.resident_id = r.id
          WHERE r.coach_id = c.id AND i.primary_need = s.need AND NOT r.sandbox) AS n
        FROM coaches c, unnest(c.serves) AS s(need) WHERE c.centre_code = ${GAMBIR.centreCode}) loads GROUP BY need`
    expect(loads).toHaveLength(3)
    for (const { least, most } of loads) expect(most - least).toBeLessThanOrEqual(1)
    expect(await world.db.resident.count({ where: { centreCode: GAMBIR.centreCode, coachId: null } })).toBe(0)
  })

  it('who waits gets the first coach who serves the need, and is told in the morning', async () => {
    const place = { kelurahan: '31.71.03.1001', centreCode: '31.71.03' }
    const chat = await newChat(world.db, 'kemayoran')
    const waiting = await registered(world, chat, { ...place, name: 'Wati' })
    const noNeed = await registered(world, await newChat(world.db, 'none'), {
      ...place,
      intake: EMPTY_INTAKE,
    })
    expect([waiting.coach, noNeed.coach]).toEqual([null, null])
    expect(await centresToAssign(world.db)).not.toContain(place.centreCode)
    await addCoach(world.db, 'Job only', ['cari_kerja'], place.centreCode)
    expect(await assignWaiting(world.db, world.sealer, place.centreCode, NOW)).toBe(0)
    const coach = await addCoach(world.db, 'Faran', ['mulai_usaha'], place.centreCode)
    expect(await centresToAssign(world.db)).toContain(place.centreCode)
    const night = NOW + 13 * HOUR
    expect(await assignWaiting(world.db, world.sealer, place.centreCode, night)).toBe(1)
    expect(await assignWaiting(world.db, world.sealer, place.centreCode, night)).toBe(0)
    expect((await within(({ residents }) => residents.active(chat.id)))?.coach).toEqual({
      id: coach.id,
      name: 'Faran',
    })
    const rows = await world.db.reminder.findMany({ where: { residentId: waiting.id } })
    expect(rows).toMatchObject([
      { kind: 'coach_assigned', consent: false, dueAt: new Date('2026-11-26T06:00:00+07:00') },
    ])
    const [{ key, payload } = { key: '', payload: null }] = rows
    const values = JSON.parse(world.sealer.open(`reminders:${key}`, payload ?? new Uint8Array())) as unknown
    expect(values).toEqual({ coach: 'Faran', number: waiting.number })
  })

  it('a coach is kept through a correction and changes with the centre or a need he does not serve', async () => {
    const place = { kelurahan: '31.71.04.1001', centreCode: '31.71.04' }
    const starter = await addCoach(world.db, 'Starter', ['mulai_usaha'], place.centreCode)
    const grower = await addCoach(world.db, 'Grower', ['naik_kelas'], place.centreCode)
    const chat = await newChat(world.db, 'senen')
    const first = await registered(world, chat, place)
    expect(first.coach?.id).toBe(starter.id)
    const now = () => within(async ({ residents }) => (await residents.active(chat.id)) ?? first)
    await within(repos => correct(repos, first, { name: 'Siti A', phone: '+6281211112222' }, NOW + 1))
    expect(await now()).toMatchObject({
      name: 'Siti A',
      phone: '+6281211112222',
      coach: { id: starter.id },
      intake: { answeredAt: NOW },
    })
    const intake = { ...EMPTY_INTAKE, wantsGrow: true, growPermits: ['nib'], growField: 'jasa' }
    await within(async repos => correct(repos, await now(), { intake }, NOW + 2))
    expect(await now()).toMatchObject({
      coach: { id: grower.id },
      nextStep: 'catat_kas',
      intake: { startField: null },
    })
    await within(async repos =>
      correct(repos, await now(), { kelurahan: DURI_KEPA, centreCode: KEBON_JERUK }, NOW + 3),
    )
    expect(await now()).toMatchObject({ coach: null, centre: { name: 'Kebon Jeruk' } })
  })
})

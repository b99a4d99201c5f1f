import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runCall } from '../../src/app/calls.ts'
import { PAPERS } from '../../src/papers.ts'
import type { CallName } from '../../src/app/callSpecs.ts'
import { createInbox } from '../../src/db/inbox.ts'
import { createOutbox } from '../../src/db/outbox.ts'
import { openRequests } from '../../src/db/privacy.ts'
import { bodyPlace } from '../../src/db/saveTurns.ts'
import type { Speaker } from '../../src/domain/people.ts'
import type { Values } from '../../src/engine/types.ts'
import { createLog } from '../../src/lib/log.ts'
import { HOUR } from '../../src/lib/time.ts'
import { readChoice, type ChoiceOption } from '../../src/understand/index.ts'
import { DURI_KEPA, NOW, openWorld, type World } from '../support/people.ts'
import { onItsWay } from '../support/reminders.ts'
import { wholeStore } from '../support/whole-store.ts'

/** What `docs/privacy.md` promises, one test for each promise; numbered as there. */
let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const SECRETS = ['Rahasia', '6281298765432', '0812-9876-5432', '3173055203900001', 'nasi rahasia']
const ACCOUNT = 'telegram:1'
let messages = 0

/** A message through the real door, as the poll loop brings it. */
async function hear(address: string, text: string): Promise<{ chat: Speaker; inboundId: bigint }> {
  const externalId = String(++messages)
  await createInbox(world.db, world.sealer).accept(
    [
      {
        account: ACCOUNT,
        channel: 'telegram',
        address,
        externalId,
        sentAt: NOW,
        incoming: { kind: 'text', text },
      },
    ],
    NOW,
  )
  const row = await world.db.inbound.findFirstOrThrow({
    where: { externalId },
    include: { conversation: true },
  })
  return { chat: row.conversation, inboundId: row.id }
}

/** A call in its turn; then what the turn would write: an answer that repeats a word of the person, handled. */
async function turn(address: string, text: string, name: CallName, input: Values = {}) {
  const { chat, inboundId } = await hear(address, text)
  const result = await world.within(repos =>
    runCall(name, input, {
      conversation: { ...chat, channel: 'telegram' },
      ...{ inboundId, now: NOW, language: 'id', holidays: [], facts: {}, repos, papers: PAPERS },
    }),
  )
  await world.db.inbound.update({ where: { id: inboundId }, data: { handledAt: new Date(NOW) } })
  return result
}

const say = (chat: Speaker, text: string) =>
  world.db.outbound.create({
    data: {
      ...{ conversationId: chat.id, account: ACCOUNT, purpose: 'reply', createdAt: new Date(NOW) },
      body: world.sealer.seal(bodyPlace(chat.id), JSON.stringify({ text: [text] })),
    },
  })

const FORM = {
  name: 'Siti Rahasia',
  form_of_address: 'Ibu',
  phone: { number: '+6281298765432', own: true },
  place: DURI_KEPA,
  nik: '3173055203900001',
  wants_job: 'no',
  wants_start: 'no',
  wants_grow: 'yes',
  grow_name: 'nasi rahasia',
  grow_sales: 'sampai_10jt',
}
const YES = { purpose: 'data', answer: 'yes', shown: 'Apakah Anda setuju?' }

async function join(address: string): Promise<{ chat: Speaker; resident: string }> {
  await turn(address, 'setuju', 'record_consent', YES)
  await turn(address, 'boleh', 'record_consent', { purpose: 'reminders', answer: 'yes', shown: 'Bolehkah?' })
  const { output } = await turn(address, 'simpan, Siti Rahasia', 'register', FORM)
  const resident = await world.db.resident.findUniqueOrThrow({ where: { number: String(output.number) } })
  const { chat } = await hear(address, 'makasih')
  return { chat, resident: resident.id }
}

const found = (text: string) => SECRETS.filter(secret => text.includes(secret))
const PERSONAL = [
  'residents',
  'intakes',
  'consents',
  'tickets',
  'conversation_residents',
  'privacy_requests',
  'unread_texts',
]
const count = async (table: string) =>
  Number((await world.db.$queryRawUnsafe<{ n: bigint }[]>(`SELECT count(*) AS n FROM "${table}"`))[0]?.n)

describe('1 and 11. Before Setuju, after Tidak setuju, and under 18', () => {
  it.each(['declined', 'minor'])(
    'only the chat and its messages exist, and %s leaves nothing of what was said',
    async why => {
      const address = `before ${why}`
      const before = await Promise.all(PERSONAL.map(count))
      const { chat } = await hear(address, 'saya Siti Rahasia, 081298765432')
      expect(await Promise.all(PERSONAL.map(count))).toEqual(before)
      await say(chat, 'Halo Siti Rahasia')
      await world.db.inbound.updateMany({
        where: { conversationId: chat.id },
        data: { handledAt: new Date(NOW) },
      })
      await turn(address, why === 'minor' ? 'belum, Rahasia' : 'tidak setuju, Rahasia', 'forget', { why })
      expect(found((await wholeStore(world.db, world.sealer)).opened)).toEqual([])
      expect(await Promise.all(PERSONAL.map(count))).toEqual(before)
      expect(await world.db.audit.count({ where: { action: why } })).toBe(1)
    },
  )

  it('a NIK of somebody under 18 is told apart before anything is stored', async () => {
    const result = await turn('minor nik', 'nik', 'check_nik', { nik: '3173056611080001' })
    expect(result.outcome).toBe('minor')
  })
})

describe('2. The consent', () => {
  it('points to exactly the text that was shown, stored once; another text is another version', async () => {
    await turn('consent a', 'setuju', 'record_consent', YES)
    await turn('consent b', 'setuju', 'record_consent', YES)
    await turn('consent c', 'setuju', 'record_consent', { ...YES, shown: 'Apakah Anda setuju? (baru)' })
    const texts = await world.db.consentText.findMany({ where: { purpose: 'data' } })
    expect(texts.map(row => row.text).sort()).toEqual(['Apakah Anda setuju?', 'Apakah Anda setuju? (baru)'])
    const consent = await world.db.consent.findFirstOrThrow({
      orderBy: { id: 'desc' },
      include: { text: true },
    })
    expect(consent).toMatchObject({
      answer: true,
      channel: 'telegram',
      text: { text: 'Apakah Anda setuju? (baru)' },
    })
    expect(consent.inboundId).not.toBeNull()
  })
})

describe('3. What is not a yes is never read as consent', () => {
  const flow = parse(readFileSync('flows/consent.yaml', 'utf8')) as {
    steps: Record<string, { strict?: boolean; choices: ChoiceOption[] }>
  }
  it.each([
    'belum setuju',
    'tidak setuju',
    'ga setuju',
    'setuju ga ya',
    'belum',
    'nanti',
    'setju',
    'kurang setuju',
    'setuju tapi takut',
    'jangan',
  ])('%s', text => {
    const step = flow.steps.ask_consent
    expect(step?.strict).toBe(true)
    const reading = readChoice(text, step?.choices ?? [], { strict: true })
    expect(reading).not.toMatchObject({ kind: 'value', value: 'yes' })
  })
  it.each(['Setuju', 'setuju', 'saya setuju', '1'])('%s is', text => {
    expect(readChoice(text, flow.steps.ask_consent?.choices ?? [], { strict: true })).toMatchObject({
      kind: 'value',
      value: 'yes',
    })
  })
})

describe('4, 5 and 7. What is held is shown, nothing of it lies in clear, and an erasure leaves no trace', () => {
  it('in any table, sealed or not, in the outbox, the timers, the queue or the log', async () => {
    const lines: string[] = []
    const log = createLog('trace', { write: line => void lines.push(line) })
    const { chat, resident } = await join('whole')
    await say(chat, 'Terima kasih, Siti Rahasia')
    await onItsWay(world, chat, { resident, text: 'Besok, Siti Rahasia', now: NOW })
    await turn('whole', 'petugas', 'open_ticket', {
      reason: 'petugas',
      text: 'ini Siti Rahasia 0812-9876-5432',
    })
    await world.db.timer.create({
      data: { conversationId: chat.id, name: 'nudge', wait: 'w', dueAt: new Date(NOW) },
    })
    await world.db.inbound.updateMany({
      where: { conversationId: chat.id, handledAt: null },
      data: { handledAt: new Date(NOW) },
    })

    const held = await wholeStore(world.db, world.sealer)
    expect(found(held.raw).filter(secret => secret !== 'nasi rahasia')).toEqual([])
    expect(found(held.opened)).toContain('Rahasia')
    const shown = await turn('whole', 'data saya', 'show_data')
    for (const secret of ['Siti Rahasia', '0812-9876-5432', 'nasi rahasia', '•••• 0001'])
      expect(String(shown.output.text)).toContain(secret)

    log.info({ chat: chat.id, outcome: 'erase' }, 'a call')
    const erased = await turn('whole', 'HAPUS', 'erase', { whom: 'one' })
    expect(erased.output.number).toMatch(/^B-/)
    const left = await wholeStore(world.db, world.sealer)
    expect(found(left.opened)).toEqual([])
    expect(found(left.raw)).toEqual([])
    expect(left.raw).not.toContain(world.sealer.digest('phone', '+6281298765432'))
    expect(left.raw).not.toContain(world.sealer.digest('nik', FORM.nik))
    expect(found(lines.join('\n'))).toEqual([])
    expect(await world.db.outbound.count({ where: { conversationId: chat.id, status: 'waiting' } })).toBe(0)
    expect(await world.db.timer.count({ where: { conversationId: chat.id } })).toBe(0)
  })
})

describe('6. Every request has its 72 hours, and the alarm rings at 48', () => {
  it('by clock hours', async () => {
    await join('clock')
    const { output } = await turn('clock', 'cabut izin', 'withdraw')
    const request = await world.db.privacyRequest.findUniqueOrThrow({
      where: { number: String(output.number) },
    })
    expect(request.dueAt.getTime() - request.receivedAt.getTime()).toBe(72 * HOUR)
    expect((await openRequests(world.db, NOW + 48 * HOUR - 1)).alarm).toBe(0)
    expect((await openRequests(world.db, NOW + 48 * HOUR)).alarm).toBe(1)
  })
})

describe('12. A reminder after opt-out or withdrawal is never sent, even when it is queued already', () => {
  it.each([
    ['matikan pengingat', 'set_reminders', { answer: 'no', shown: 'Bolehkah?' }],
    ['cabut izin', 'withdraw', {}],
    ['HAPUS', 'erase', { whom: 'one' }],
  ] as const)('%s', async (text, name, input) => {
    const { chat, resident } = await join(`reminder ${name}`)
    await world.db.outbound.updateMany({ where: { status: 'waiting' }, data: { status: 'sent' } })
    await onItsWay(world, chat, { resident, text: 'Besok jam 9', now: NOW })
    const outbox = createOutbox(world.db, world.sealer)
    await turn(`reminder ${name}`, text, name, input)
    const lease = '00000000-0000-4000-8000-000000000001'
    const want = { account: ACCOUNT, lease, limit: 10, perSecond: undefined }
    expect((await outbox.leasePaced(want, NOW)).rows).toEqual([])
    expect(await world.db.outbound.count({ where: { conversationId: chat.id, status: 'waiting' } })).toBe(0)
  })

  it('while it is sent to who still wants it', async () => {
    const { chat, resident } = await join('wants')
    await onItsWay(world, chat, { resident, text: 'Besok jam 9', now: NOW })
    const outbox = createOutbox(world.db, world.sealer)
    const want = {
      account: ACCOUNT,
      lease: '00000000-0000-4000-8000-000000000002',
      limit: 10,
      perSecond: undefined,
    }
    const { rows: leased } = await outbox.leasePaced(want, NOW)
    expect(leased.map(row => row.say?.text)).toEqual([['Besok jam 9']])
  })
})
